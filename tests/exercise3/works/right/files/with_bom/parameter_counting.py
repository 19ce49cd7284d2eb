"""parameter_counting: Lösungen mit BOM"""
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    try:
        height, width = kernel_size
    except TypeError:
        height = width = kernel_size
    per_output = in_channels * height * width
    if bias:
        per_output += 1
    return per_output * out_channels


from functools import partial

def _dense(area, in_features, out_features, bias=True):
    n = area * in_features * out_features
    if bias:
        n += out_features
    return n

linear_params = partial(_dense, 1)


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
