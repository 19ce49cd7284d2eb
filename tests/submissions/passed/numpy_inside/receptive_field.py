import numpy as np


def _columns(layers):
    layers = [tuple(layer) + (1,) if len(layer) == 2 else tuple(layer) for layer in layers]
    return np.array(layers, dtype=np.int64).reshape(-1, 3).T


def receptive_field(layers):
    kernels, strides, dilations = _columns(layers)
    jumps = np.cumprod(np.concatenate([[1], strides]))[:-1]
    return 1 + np.sum(dilations * (kernels - 1) * jumps)


def receptive_field_table(layers):
    kernels, strides, dilations = _columns(layers)
    jumps = np.cumprod(np.concatenate([[1], strides]))
    fields = 1 + np.cumsum(dilations * (kernels - 1) * jumps[:-1])
    return list(zip(jumps[1:], fields))


def flatten_features(image_size, channels, num_pools):
    image = np.zeros((channels, image_size, image_size))
    for _ in range(num_pools):
        side = image.shape[1] // 2
        image = image[:, : 2 * side, : 2 * side].reshape(channels, side, 2, side, 2).max(axis=(2, 4))
    return image.size
