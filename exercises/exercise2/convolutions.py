"""What convolutions do

A function of images is *equivariant* to shifts if a shifted image gives the shifted map. A
convolution is: it uses the same weights everywhere. Only at the border, where the padding
begins, is this not exactly so. A function is *invariant* to shifts if a shifted image gives
the very same answer, as a classifier should. A convolution followed by global pooling comes
close to that.

A kernel responds most strongly where the image looks like the kernel. Kernels with negative
weights also give negative responses: an edge from dark to bright gives a positive value, and
the same edge from bright to dark the negative of it.

Which pixels does a value of the output really depend on? Gradients answer that: those of the
pixels outside of its receptive field are 0.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn


def is_equivariant(f: Callable[[Tensor], Tensor], x: Tensor, shift: tuple[int, int]) -> bool:
    """Whether `f` gives the shifted map for the shifted image, away from the border.

    x is (N, C, H, W), and f(x) has the same height and width. shift is (rows, columns), and
    torch.roll shifts in this way. Compare the middle only: leave out H // 4 rows at the top
    and at the bottom, and W // 4 columns on the left and on the right. Differences by
    rounding do not count. x stays as it is.

    >>> x = torch.arange(64.0).reshape(1, 1, 8, 8) ** 2
    >>> is_equivariant(torch.relu, x, (1, 0))
    True
    >>> is_equivariant(lambda x: x.flip(2), x, (1, 0))
    False
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def empirical_receptive_field(model: nn.Module, input_size: int) -> int:
    """The size of the receptive field along one axis, measured with gradients: from the first
    to the last row that the value in the middle of the output depends on, both included.

    The model takes images (1, 1, input_size, input_size) and puts out maps (1, C, H, W). It
    has convolutions whose weights are all positive, average poolings and perhaps ReLUs. An
    image of ones therefore hides no pixel: no ReLU is 0, and no gradients cancel. Rows in a
    gap of a dilated kernel count. The model stays as it is: its weights get no gradients.

    >>> model = nn.Sequential(nn.Conv2d(1, 1, 3), nn.AvgPool2d(2), nn.Conv2d(1, 1, 3))
    >>> for parameter in model.parameters():
    ...     _ = nn.init.ones_(parameter)
    >>> empirical_receptive_field(model, 32)
    8
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def cross_response() -> np.ndarray:
    """The response (3, 3) of the X kernel on the checkerboard: a convolution without padding.

    The X kernel is 3 × 3, with 1 on both diagonals and 0 elsewhere. The checkerboard is
    5 × 5 and has a 1 in the upper left corner; ones and zeros alternate.

    >>> cross_response().shape
    (3, 3)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def edge_response(image: np.ndarray, kernel: np.ndarray, row: int, column: int) -> float:
    """The value at (row, column) in the convolution of an image with a kernel, without padding
    and with stride 1: image and kernel are numpy arrays (H, W).

    The window of this value begins at (row, column). The response keeps its sign.

    >>> image = np.array([[0.0, 0, 1, 1]] * 3)
    >>> sobel_x = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    >>> edge_response(image, sobel_x, 0, 1)
    4.0
    >>> edge_response(1 - image, sobel_x, 0, 1)
    -4.0
    """
    # YOUR CODE HERE
    raise NotImplementedError()
