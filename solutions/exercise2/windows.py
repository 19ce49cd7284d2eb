"""Windows

A window slides over an image and stops at every position that is a multiple of the stride.
With padding it begins before the image. At each stop the kernel's values meet the values of
the window, the products are summed, and the sum is one value of the output.

Here you write these loops yourself. Functions with an `image` take one image and one kernel,
both numpy arrays (height, width). Functions with an `x` take a torch tensor (N, C, H, W).

Deep learning calls this a convolution. The convolution of mathematics and signal processing
turns the kernel by 180° first. What networks use is called *cross-correlation* there.

At a corner, a window with padding meets few pixels and many zeros. With "same" padding the
corner pixel lies in 4 windows of 3 × 3, a pixel on an edge in 6, and every inner pixel in 9.
"""

import numpy as np
import torch
from torch import Tensor


def window_positions(
    size: int, kernel_size: int, stride: int = 1, padding: int = 0
) -> list[int]:
    """The index of the first value of each window along one axis, as a list.

    Indexes count from the first value of the image, so a window that begins in the padding
    has a negative one. A window that does not fit into the padded image is left out.

    >>> window_positions(6, 3)
    [0, 1, 2, 3]
    >>> window_positions(6, 3, stride=2)
    [0, 2]
    >>> window_positions(6, 3, stride=2, padding=1)
    [-1, 1, 3]
    """
    ### BEGIN SOLUTION
    last = size + padding - kernel_size
    return list(range(-padding, last + 1, stride))
    ### END SOLUTION


def pad2d(x: Tensor, padding: int, value: float = 0) -> Tensor:
    """A tensor (N, C, H, W) with a frame of `value` around each map: (N, C, H + 2 · padding,
    W + 2 · padding). The frame is `padding` wide on all four sides; x stays as it is.

    Do it without torch's and numpy's functions for padding.

    >>> pad2d(torch.ones(1, 1, 1, 2), 1)[0, 0]
    tensor([[0., 0., 0., 0.],
            [0., 1., 1., 0.],
            [0., 0., 0., 0.]])
    >>> pad2d(torch.ones(1, 1, 1, 2), 1, value=9)[0, 0, 1]
    tensor([9., 1., 1., 9.])
    """
    ### BEGIN SOLUTION
    batch, channels, height, width = x.shape
    shape = (batch, channels, height + 2 * padding, width + 2 * padding)
    framed = torch.full(shape, float(value))
    framed[:, :, padding : padding + height, padding : padding + width] = x
    return framed
    ### END SOLUTION


def convolve2d(
    image: np.ndarray, kernel: np.ndarray, stride: int = 1, padding: int = 0
) -> np.ndarray:
    """The convolution of one image (H, W) with one kernel (kernel height, kernel width), both
    numpy arrays.

    Padding puts zeros on all four sides. image and kernel stay as they are. Do it without
    torch's convolutions.

    >>> image = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9], [0, 1, 2]])
    >>> kernel = np.array([[1.0, 0], [0, -1]])
    >>> convolve2d(image, kernel)
    array([[-4., -4.],
           [-4., -4.],
           [ 6.,  6.]])
    >>> convolve2d(image, kernel, stride=2, padding=1)
    array([[-1., -3.],
           [-7., -4.],
           [ 0.,  1.]])
    """
    ### BEGIN SOLUTION
    padded = np.pad(image, padding)
    kernel_height, kernel_width = kernel.shape
    rows = window_positions(image.shape[0], kernel_height, stride, padding)
    columns = window_positions(image.shape[1], kernel_width, stride, padding)
    output = np.zeros((len(rows), len(columns)))
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            top, left = row + padding, column + padding
            window = padded[top : top + kernel_height, left : left + kernel_width]
            output[i, j] = np.sum(window * kernel)
    return output
    ### END SOLUTION


def true_convolution2d(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """The convolution of mathematics: as convolve2d without padding, but the kernel is turned
    by 180° first. Both are numpy arrays and stay as they are. Do it without torch's
    convolutions.

    >>> image = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9], [0, 1, 2]])
    >>> true_convolution2d(image, np.array([[1.0, 0], [0, -1]]))
    array([[ 4.,  4.],
           [ 4.,  4.],
           [-6., -6.]])
    >>> true_convolution2d(image, np.array([[10.0, 1]]))
    array([[21., 32.],
           [54., 65.],
           [87., 98.],
           [10., 21.]])
    """
    ### BEGIN SOLUTION
    return convolve2d(image, kernel[::-1, ::-1])
    ### END SOLUTION


def avg_pool2d_manual(x: Tensor, kernel_size: int, stride: int | None = None) -> Tensor:
    """The mean of each window of a tensor (N, C, H, W), as `nn.AvgPool2d` gives it, without
    torch's poolings.

    The window is kernel_size × kernel_size. The stride is the kernel size unless it is
    given. A window that does not fit is left out. Each channel is pooled on its own.

    >>> x = torch.tensor([[1.0, 3, 2, 4], [5, 3, 0, 2]]).reshape(1, 1, 2, 4)
    >>> avg_pool2d_manual(x, 2)[0, 0]
    tensor([[3., 2.]])
    >>> avg_pool2d_manual(x, 2, stride=1)[0, 0]
    tensor([[3., 2., 2.]])
    """
    ### BEGIN SOLUTION
    stride = kernel_size if stride is None else stride
    rows = window_positions(x.shape[2], kernel_size, stride)
    columns = window_positions(x.shape[3], kernel_size, stride)
    output = torch.zeros(*x.shape[:2], len(rows), len(columns))
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            window = x[:, :, row : row + kernel_size, column : column + kernel_size]
            output[:, :, i, j] = window.mean(dim=(2, 3))
    return output
    ### END SOLUTION
