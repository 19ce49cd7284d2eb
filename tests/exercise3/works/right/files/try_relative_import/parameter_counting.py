import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = (kernel_size, kernel_size) if type(kernel_size) is int else kernel_size
    count = 0
    for _o in range(out_channels):
        for _i in range(in_channels):
            count += sum(1 for _r in range(kh) for _c in range(kw))
        if bias:
            count += 1
    return count


def linear_params(in_features, out_features, bias=True):
    if out_features == 0:
        return 0
    return in_features + (1 if bias else 0) + linear_params(in_features, out_features - 1, bias)


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
