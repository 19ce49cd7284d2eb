import torch
from torch import nn


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    layer = nn.Conv2d(in_channels, out_channels, kernel_size, bias=bias, dtype=torch.float64, device="meta")
    return count_parameters(layer)


def linear_params(in_features, out_features, bias=True):
    return count_parameters(nn.Linear(in_features, out_features, bias=bias, dtype=torch.float64, device="meta"))


def count_parameters(model, trainable_only=True):
    total = torch.tensor(0)
    for parameter in model.parameters():
        if trainable_only and not parameter.requires_grad:
            continue
        total += parameter.numel()
    return total
