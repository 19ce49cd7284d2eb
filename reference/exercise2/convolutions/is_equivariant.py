"""is_equivariant."""

import numpy as np
import torch

from autograder.author import case, changed, check, make, mistakes, reference, unchanged

from ..judging import same_truth
from ..probes import (
    blurred,
    bright_line,
    brighter_at_the_right,
    brighter_below,
    checkered,
    coarse,
    last_bit,
    mirrored,
    slightly_uneven,
    summed_channels,
    wrong_in_one_image,
)


@reference(points=2)
def is_equivariant(f, x, shift):
    """There are two ways from the image to a shifted map. Which are they?

    Shift the image and then apply f, or apply f and then shift the map. Cut the middle out of both results and compare
    them with a tolerance.

    In the chapter: equivariance. In the documentation: torch.roll and torch.allclose.
    """
    one = f(torch.roll(x, shift, dims=(2, 3)))
    other = torch.roll(f(x), shift, dims=(2, 3))
    top, left = x.shape[2] // 4, x.shape[3] // 4
    one, other = (maps[:, :, top : maps.shape[2] - top, left : maps.shape[3] - left] for maps in (one, other))
    same = torch.allclose(one, other, rtol=1e-4, atol=1e-4)
    return bool(same)


def images(draw, *shape):
    """Images of whole numbers from 1 on, all different."""
    count = 1
    for length in shape:
        count *= length
    return (draw.permutation(count) + 1).astype("float32").reshape(shape)


@check(is_equivariant, points=0.5, compare=same_truth)
def convolution_or_mirror(draw):
    """A convolution is equivariant, a mirror is not"""
    x = images(draw, 1, 1, 24, 28)
    yield from (
        case(blurred, x, (1, 2)),
        case(mirrored, x, (1, 2)),
        case(blurred, x, (2, 0)),
        case(mirrored, x, (0, 1)),
    )
    yield case(blurred, -images(draw, 1, 1, 40, 36), (draw.integer(1, 2), draw.integer(1, 2)))


@check(is_equivariant, points=0.5, compare=same_truth)
def shift_by_rows_and_columns(draw):
    """A function can be equivariant to some shifts and not to others"""
    x = images(draw, 1, 1, 28, 24)
    for shift in (2, 0), (0, 2), (1, 1):
        yield from (case(brighter_below, x, shift), case(brighter_at_the_right, x, shift))
    for shift in (2, 2), (1, 2), (2, 1), (0, -2), (-1, 0):
        yield case(coarse, x, shift)
    grey = np.ones((1, 1, 24, 28), dtype=np.float32)  # the map and the shifted one have the same mean
    yield from (case(checkered, grey, shift) for shift in ((0, 1), (1, 1), (1, 0)))


@check(is_equivariant, points=0.25, compare=same_truth)
def all_images_and_channels(draw):
    """All images and channels count, and f may change their number"""
    x = images(draw, 2, 3, 24, 20)
    yield from (case(wrong_in_one_image, x, (1, 2)), case(summed_channels, x, (1, 2)), case(blurred, x, (2, -1)))


@check(is_equivariant, points=0.25, compare=same_truth)
def middle_of_the_maps(draw):
    """The middle begins at row H // 4 and column W // 4, and ends likewise"""
    x = images(draw, 1, 1, 23, 26)  # the middle has the rows 5 to 17 and the columns 6 to 19
    for row in 3, 4, 17, 18:
        yield case(make(bright_line, 2, row), x, (1, 0))
    for column in 4, 5, 19, 20:
        yield case(make(bright_line, 3, column), x, (0, 1))


@check(is_equivariant, points=0.25, compare=same_truth)
def rounding_does_not_count(draw):
    """Differences by rounding do not count, larger ones do"""
    x = draw.uniform(1, 1, 20, 24, low=1, high=2)
    yield from (case(last_bit, x, (0, 1)), case(slightly_uneven, x, (0, 1)))


@check(is_equivariant, points=0.25, ask=changed(but=["random state"]), compare=unchanged(), needs=convolution_or_mirror)
def shifted_image_stays(draw):
    """x stays as it is"""
    yield case(blurred, images(draw, 1, 2, 20, 24), (1, 2))


wrong = mistakes(
    is_equivariant,
    """
    border_compared_too: At the border the two maps differ: padding brings zeros there, and roll brings the other side.
        Only the middle counts.
        x.shape[2] // 4, x.shape[3] // 4 -> 0, 0
    invariance_for_equivariance: An invariant map stays as it is when the image is shifted; an equivariant one is
        shifted as well.
        torch.roll(f(x), shift, dims=(2, 3)) -> f(x)
    same_map_twice: Compared like this, every function counts as equivariant. The two sides have an order of their own,
        first the shift, then f, and first f, then the shift; and their middle is not empty.
        f(torch.roll(x, shift, dims=(2, 3))) -> torch.roll(f(x), shift, dims=(2, 3))
    shift_axes_swapped: shift is (rows, columns): the first number moves the image down, the second one to the right.
        f(torch.roll(x, shift, dims=(2, 3))) -> f(torch.roll(x, (shift := shift[::-1]), dims=(2, 3)))
    rows_shifted_only: The shift has two numbers: rows and columns.
        f(torch.roll(x, shift, dims=(2, 3))) -> f(torch.roll(x, (shift := (shift[0], 0)), dims=(2, 3)))
    columns_shifted_only: The shift has two numbers: rows and columns.
        f(torch.roll(x, shift, dims=(2, 3))) -> f(torch.roll(x, (shift := (0, shift[1])), dims=(2, 3)))
    shifted_back: The map is shifted in the same direction as the image.
        torch.roll(f(x), shift, dims=(2, 3)) -> torch.roll(f(x), (-shift[0], -shift[1]), dims=(2, 3))
    compared_without_tolerance: Sums in another order round differently: compare with a tolerance.
        torch.allclose(one, other, rtol=1e-4, atol=1e-4) -> torch.equal(one, other)
    compared_roughly: A difference of five percent is no rounding: the tolerance of torch.allclose is enough.
        rtol=1e-4 -> rtol=0.1
    means_compared: Two different maps can have the same mean: compare them value by value.
        torch.allclose(one, other, rtol=1e-4, atol=1e-4) -> abs(one.mean() - other.mean()) < 1e-4
    first_image_and_channel: Each image and each channel has to agree, not only the first one.
        torch.allclose(one, other, rtol=1e-4, atol=1e-4) -> torch.allclose(one[:1, :1], other[:1, :1], rtol=1e-4)
    image_shifted_in_place: x[:] = … changes the image of the caller; torch.roll returns a new tensor.
        return bool(same) -> x[:] = torch.roll(x, (1, 1), dims=(2, 3)); return bool(same)
    """,
)
