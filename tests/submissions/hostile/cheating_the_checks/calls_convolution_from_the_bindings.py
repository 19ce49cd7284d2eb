"""Calls the forbidden function where Python's part of torch has it from.

earns: conv2d_manual 0
verdicts: failed
says: which this exercise asks you to do without
"""
import torch


def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    return torch._C._VariableFunctions.conv2d(x, weight, bias, stride, padding, dilation)
