"""Hides the forbidden function in a layer that is made and thrown away.

earns: conv2d_manual 0
verdicts: failed
says: which this exercise asks you to do without
"""
import torch
from torch import nn


@torch.no_grad()
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    layer = nn.Conv2d(*weight.shape[1::-1], weight.shape[2:], stride, padding, dilation, bias=bias is not None)
    layer.weight.copy_(weight)
    if bias is not None:
        layer.bias.copy_(bias)
    return layer(x)
