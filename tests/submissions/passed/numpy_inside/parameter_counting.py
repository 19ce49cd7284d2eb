import numpy as np


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    kernel = np.broadcast_to(kernel_size, 2)
    weights = np.prod([out_channels, in_channels, *kernel])
    return weights + out_channels * np.int64(bias)


def linear_params(in_features, out_features, bias=True):
    total = np.empty((out_features, in_features)).size
    if bias:
        total += np.empty(out_features).size
    return total


def count_parameters(model, trainable_only=True):
    seen = {}
    for p in model.parameters():
        if p.requires_grad or not trainable_only:
            seen[id(p)] = np.prod(p.shape)
    return np.sum(list(seen.values()), dtype=int)
