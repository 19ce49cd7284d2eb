"""compose_kernels."""

import numpy as np
import torch
import torch.nn.functional as F

from autograder.author import alternative, case, changed, check, misconception, mistakes, reference, unchanged

from ..shared import odd, rows, symmetric
from ..windows.true_convolution2d import true_convolution2d


@reference(points=1.75)
def compose_kernels(first, second):
    """Take two kernels of one row, [a, b] and [c, d]. Which inputs does the second output see, and with which weights?

    Each value of the second kernel takes a copy of the first kernel, moved to its own place. The sum of these copies is
    the composed kernel. It is as large as the receptive field of both layers.

    In the chapter: two 3 × 3 convolutions see 5 × 5 pixels.
    """
    height, width = second.shape
    framed = F.pad(first, (width - 1, width - 1, height - 1, height - 1))
    composed = F.conv2d(framed[None, None], second.flip(0, 1)[None, None])
    return composed[0, 0]


@alternative(compose_kernels)
def composed_by_true_convolution(first, second):
    """Students pad the first kernel and call their true_convolution2d."""
    height, width = second.shape
    framed = F.pad(first, (width - 1, width - 1, height - 1, height - 1))
    return true_convolution2d(framed.numpy(), second.numpy())


@check(compose_kernels, points=0.5)
def symmetric_kernels(draw):
    """Copies of the first kernel overlap and add up: (3, 3), (3, 3) → (5, 5)"""
    yield case(np.ones((3, 3), np.float32), np.ones((3, 3), np.float32))
    yield case(symmetric(draw), symmetric(draw))
    yield case(rows([1, 4, 1]), rows([2, -3, 2]))


@check(compose_kernels, points=0.5)
def kernels_of_one_row(draw):
    """[a, b] and [c, d] become [ac, ad + bc, bd]"""
    yield case(rows([1, 2]), rows([1, 10]))
    yield case(rows([3, -1, 2]), rows([1, 10]))
    yield case(rows([1], [2], [5]), rows([1], [10]))
    yield case(rows([2, -5, 7, 1]), rows([3, 1, -4]))
    yield case(odd(draw, 1, 4), odd(draw, 1, 3))


@check(compose_kernels, points=0.5)
def composed_squares(draw):
    """The one kernel does the same as the two, and sees as much"""
    yield case(odd(draw, 2, 2), odd(draw, 2, 2))
    yield case(odd(draw, 3, 3), odd(draw, 3, 3))
    yield case(odd(draw, 2, 3), odd(draw, 3, 1))
    yield case(odd(draw, 1, 2), odd(draw, 4, 3))
    yield case(draw.normal(2, 3), draw.normal(3, 2))


@check(compose_kernels, points=0.25, ask=changed, compare=unchanged(), needs=symmetric_kernels)
def both_kernels_stay(draw):
    """Both kernels stay as they are"""
    yield case(odd(draw, 2, 3), odd(draw, 2, 2))


wrong = mistakes(
    compose_kernels,
    """
    second_kernel_not_turned: The composed kernel is the true convolution of the two kernels. Without the flip, the
        copies of the first kernel land at the mirrored places.
        second.flip(0, 1) -> second
    first_kernel_turned: Each copy of the first kernel keeps its orientation, as neither convolution flips its kernel.
        first -> first.flip(0, 1)
    only_whole_overlaps: The composed kernel sees more than each of the two: it has first + second − 1 rows and columns.
        framed[None, None] -> first[None, None]
    size_of_the_first: The composed kernel sees more than the first one: it has first + second − 1 rows and columns.
        composed[0, 0] -> composed[0, 0, height // 2 :, width // 2 :][: first.shape[0], : first.shape[1]]
    result_turned: The composed kernel is used without a flip as well, so it keeps the orientation of both.
        composed[0, 0] -> composed[0, 0].flip(0, 1)
    kernel_scaled_in_place: *= changes the kernel of the caller; first * number makes a new tensor.
        height, width = second.shape -> height, width = second.shape; first = first.clone() + 0 * first.mul_(2)
    """,
)


@misconception(compose_kernels)
def kernels_added(first, second):
    """Two convolutions in a row multiply their weights; adding kernels belongs to two branches whose results are
    added."""
    height, width = first.shape[0] + second.shape[0] - 1, first.shape[1] + second.shape[1] - 1
    total = torch.zeros(height, width)
    total[: first.shape[0], : first.shape[1]] += first
    total[: second.shape[0], : second.shape[1]] += second
    return total


@misconception(compose_kernels)
def outer_products(first, second):
    """Copies of the first kernel overlap, and overlapping values add up: neighbouring weights of the second kernel are
    one pixel apart."""
    return torch.kron(second, first)
