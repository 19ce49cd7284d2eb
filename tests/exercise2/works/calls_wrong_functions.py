import numpy as np
import torch


def effective_kernel_size(kernel_size, dilation=1):
    return dilation * kernel_size + 1


def same_padding(kernel_size, dilation=1):
    span = effective_kernel_size(kernel_size, dilation)
    if span % 2 == 0:
        raise ValueError(span)
    return span // 2


def full_padding(kernel_size, dilation=1):
    return effective_kernel_size(kernel_size, dilation) - 1


def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    return (input_size + padding - kernel_size) // stride


def trace_shapes(layers, input_shape):
    shape = input_shape
    found = []
    for layer in layers:
        if layer[0] == "conv":
            size = [pool_output_size(n, layer[2], layer[3], layer[4]) for n in shape[1:]]
            shape = (layer[1], *size)
        elif layer[0] == "pool":
            shape = (shape[0], pool_output_size(shape[1], layer[1]), pool_output_size(shape[2], layer[1], layer[1], 0))
        elif layer[0] == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        else:
            shape = (layer[1],)
        found.append(shape)
    return found


def max_pools(size):
    return 0 if size == 1 else 1 + max_pools(pool_output_size(size, 2))


def window_positions(size, kernel_size, stride=1, padding=0):
    return list(range(-padding, size - kernel_size, stride))


def pad2d(x, padding, value=0):
    return x + value


def convolve2d(image, kernel, stride=1, padding=0):
    image = np.pad(image, padding)
    rows = window_positions(image.shape[0], kernel.shape[0], stride)
    columns = window_positions(image.shape[1], kernel.shape[1], stride)
    h, w = kernel.shape
    return np.array([[(image[i : i + h, j : j + w] * kernel).sum() for j in columns] for i in rows])


def avg_pool2d_manual(x, kernel_size, stride=None):
    step = stride or kernel_size
    height = pool_output_size(x.shape[2], kernel_size, stride)
    width = pool_output_size(x.shape[3], kernel_size, stride)
    out = torch.zeros(*x.shape[:2], height, width)
    for i in range(height):
        for j in range(width):
            window = x[:, :, i * step : i * step + kernel_size, j * step : j * step + kernel_size]
            out[:, :, i, j] = window.mean((2, 3))
    return out


def im2col(x, kernel_size, stride=1, padding=0):
    framed = pad2d(x, padding)
    k = kernel_size
    rows = window_positions(x.shape[2], k, stride, padding)
    columns = window_positions(x.shape[3], k, stride, padding)
    windows = [framed[:, :, i + padding :, j + padding :][:, :, :k, :k] for i in rows for j in columns]
    return torch.stack([window.flatten(1) for window in windows], 2)


def conv_as_matrix(kernel, input_shape):
    found = []
    for i in window_positions(input_shape[0], kernel.shape[0]):
        for j in window_positions(input_shape[1], kernel.shape[1], 1, 0):
            image = torch.zeros(input_shape)
            image[i : i + kernel.shape[0], j : j + kernel.shape[1]] = kernel
            found.append(image.flatten())
    return torch.stack(found)


def true_convolution2d(image, kernel):
    return convolve2d(image, kernel[::-1, ::-1], padding=0)


def compose_kernels(first, second):
    h, w = second.shape
    framed = np.pad(first.numpy(), ((h - 1, h - 1), (w - 1, w - 1)))
    return true_convolution2d(framed, second.numpy())


def cross_response():
    image = np.zeros((5, 5))
    image[::2, ::2] = image[1::2, 1::2] = 1
    return convolve2d(image, np.array([[1.0, 0, 1], [0, 1, 0], [1, 0, 1]]))


def edge_response(image, kernel, row, column):
    return float(convolve2d(image, kernel)[row, column])
