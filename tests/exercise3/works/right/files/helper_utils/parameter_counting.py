import math
from utils import pair


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    return out_channels * (in_channels * math.prod(pair(kernel_size)) + (1 if bias else 0))


def linear_params(in_features, out_features, bias=True):
    return out_features * in_features + (out_features if bias else 0)


def count_parameters(model, trainable_only=True):
    return sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable_only)
