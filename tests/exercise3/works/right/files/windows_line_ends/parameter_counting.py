import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    area = math.prod(kernel_size) if isinstance(kernel_size, (tuple, list)) else kernel_size ** 2
    return out_channels * (in_channels * area + int(bias))


def linear_params(in_features, out_features, bias=True):
    with torch.device("meta"):
        layer = nn.Linear(in_features, out_features, bias)
    return sum(map(torch.numel, layer.parameters()))


class ParameterCounter:
    def __init__(self, theModel):
        self.theModel = theModel
        self.count = 0

    def addParameter(self, parameter):
        size = 1
        for i in range(len(parameter.shape)):
            size *= parameter.shape[i]
        self.count += size

    def getCount(self, trainableOnly):
        parameterList = list(self.theModel.parameters())
        for i in range(0, len(parameterList)):
            if (not trainableOnly) or parameterList[i].requires_grad:
                self.addParameter(parameterList[i])
        return self.count


def count_parameters(model, trainable_only=True):
    return ParameterCounter(model).getCount(trainable_only)
