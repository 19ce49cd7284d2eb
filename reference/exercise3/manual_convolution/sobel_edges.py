"""sobel_edges."""

import numpy as np
import torch

from autograder.author import alternative, case, changed, check, matches, mistakes, reference, unchanged

from .conv2d_manual import conv2d_manual
from .shared import BRIGHT_SQUARE, SOBEL, whole

LITTLE = 2e-3  # an epsilon under the root, up to 1e-6, is no mistake: it keeps the gradient finite on even ground


@reference(points=3)
def sobel_edges(image):
    """One kernel finds edges in one direction only. What about the others?

    Convolve twice, with Sobel's kernel and with its transpose. The two results are the sides of a right-angled
    triangle, and the strength of the edge is the third. Your own convolution asks for four axes, the image has two.

    In the chapter: Sobel's filter on the bright square. Half of that response is negative, other than printed: its rows
    are 1 1 −1 −1 and 3 3 −3 −3.
    """
    kernel = torch.from_numpy(SOBEL).to(image)
    gx, gy = conv2d_manual(image[None, None], torch.cat([kernel, kernel.transpose(2, 3)]))[0]
    return (gx**2 + gy**2).sqrt()


@alternative(sobel_edges)
def edges_by_one_kernel_at_a_time(image):
    """Students call their conv2d_manual for each kernel, with one sign or the other."""
    kernel = torch.from_numpy(SOBEL).to(image)
    kernels = kernel, -kernel, kernel.transpose(2, 3), -kernel.transpose(2, 3)
    gx, _, gy, _ = (conv2d_manual(image[None, None], one)[0, 0] for one in kernels)
    return torch.hypot(gx, gy)


@check(sobel_edges, points=1, compare=matches(atol=LITTLE))
def upright_edges(draw):
    """Values that change from left to right make an edge"""
    for row in [0, 0, 1, 1], [0, 1, 1, 2], np.arange(7) + draw.integer(0, 3):
        yield case(np.tile(np.float32(row), (4, 1)))


@check(sobel_edges, points=0.75, compare=matches(atol=LITTLE))
def level_edges(draw):
    """Values that change from top to bottom make an edge"""
    for column in [0, 0, 1, 1, 1], [5, 3, 3, 0], whole(draw, 7, low=0, high=9):
        yield case(np.repeat(np.float32(column), 6).reshape(-1, 6))


@check(sobel_edges, points=0.75, compare=matches(atol=LITTLE))
def slanted_edges(draw):
    """The strength of an edge is √(gx² + gy²), whatever its direction"""
    yield case(BRIGHT_SQUARE)
    yield case(np.pad(BRIGHT_SQUARE, ((0, 1), (0, 2))))  # even ground at the right and at the bottom
    yield case(whole(draw, 6, 5, low=0, high=9))
    yield case(whole(draw, 5, 6, low=-300, high=900))
    yield case(draw.uniform(5, 7))


@check(sobel_edges, points=0.25, compare=matches(atol=LITTLE))
def thin_results(draw):
    """A result of one row, one column or one value keeps both axes"""
    for shape in (3, 6), (5, 3), (3, 3):
        slope = np.float32(20) * np.arange(shape[1], dtype=np.float32)  # no even ground
        yield case(whole(draw, *shape, low=0, high=9) + slope)


@check(sobel_edges, points=0.25, ask=changed, compare=unchanged(), needs=upright_edges)
def image_stays_as_it_is(draw):
    """The image stays as it is"""
    yield case(whole(draw, 5, 6, low=1, high=9))


wrong = mistakes(
    sobel_edges,
    """
    horizontal_gradient_only: gx finds edges between left and right only; gy, with the kernel turned, finds those
        between top and bottom.
        (gx ** 2 + gy ** 2).sqrt() -> gx.abs()
    vertical_gradient_only: gy finds edges between top and bottom only; gx, with the kernel turned, finds those between
        left and right.
        (gx ** 2 + gy ** 2).sqrt() -> gy.abs()
    absolute_gradients_added: The two gradients are the sides of a right-angled triangle, and the magnitude is its
        hypotenuse.
        (gx ** 2 + gy ** 2).sqrt() -> gx.abs() + gy.abs()
    root_left_out: The magnitude is the root of the sum of squares.
        (gx ** 2 + gy ** 2).sqrt() -> gx ** 2 + gy ** 2
    negative_gradients_clipped: A change from bright to dark is an edge as well. The lecture notes show a Sobel-x
        response without negative values, but half of the bright square's response is negative: 1 1 −1 −1.
        gx ** 2 + gy ** 2 -> gx.relu() ** 2 + gy.relu() ** 2
    signed_gradients_added: Gradients of opposite sign would cancel; squares add up whatever the sign.
        (gx ** 2 + gy ** 2).sqrt() -> gx + gy
    zeros_around_the_image: Padding with zeros makes edges at the border that are not in the image; without it the
        result has two rows and two columns less.
        image[None, None] -> torch.nn.functional.pad(image[None, None], (1, 1, 1, 1))
    batch_axes_kept: The image is (H, W), so the result has two axes as well.
        (gx ** 2 + gy ** 2).sqrt() -> (gx ** 2 + gy ** 2).sqrt()[None, None]
    axes_of_one_squeezed: squeeze() without an axis removes every axis of length 1, also that of a result with one row.
        (gx ** 2 + gy ** 2).sqrt() -> (gx ** 2 + gy ** 2).sqrt().squeeze()
    image_scaled_in_place: image -= … changes the image of the caller; image - … makes a new one.
        image[None, None] -> image.sub_(image.min())[None, None]
    middle_row_not_doubled: Sobel's kernel weighs the middle row twice: 1, 2, 1. With 1, 1, 1 it is Prewitt's.
        SOBEL -> np.sign(SOBEL)
    scaled_to_one: The gradients keep their scale: an edge from 0 to 1 gives 4, however strong the other edges are.
        gx ** 2 + gy ** 2 -> (gx ** 2 + gy ** 2) / (gx ** 2 + gy ** 2).max()
    divided_by_eight: The gradients keep their scale: an edge from 0 to 1 gives 4, so the kernel is not divided by 8.
        (gx ** 2 + gy ** 2).sqrt() -> (gx ** 2 + gy ** 2).sqrt() / 8
    divided_by_four: The gradients keep their scale: an edge from 0 to 1 gives 4, so the kernel is not divided by 4.
        (gx ** 2 + gy ** 2).sqrt() -> (gx ** 2 + gy ** 2).sqrt() / 4
    larger_gradient_only: The two gradients are the sides of a right-angled triangle: the strength is its hypotenuse,
        not its longer side.
        (gx ** 2 + gy ** 2).sqrt() -> torch.maximum(gx.abs(), gy.abs())
    absolute_gradients_averaged: The two gradients are the sides of a right-angled triangle, and the strength is its
        hypotenuse, not their mean.
        (gx ** 2 + gy ** 2).sqrt() -> (gx.abs() + gy.abs()) / 2
    same_gradient_twice: Both kernels look from left to right. The second one is the first one transposed, with its rows
        as columns; a mirrored kernel still looks along the same axis.
        kernel.transpose(2, 3) -> kernel
    scharr_for_sobel: Sobel's kernel weighs the rows 1, 2, 1. With 3, 10, 3 it is Scharr's.
        SOBEL -> SOBEL * np.float32([[3], [5], [3]])
    clamped_to_bytes: The strength of an edge has no upper limit here; clamping to 255 makes strong edges equal.
        (gx ** 2 + gy ** 2).sqrt() -> (gx ** 2 + gy ** 2).sqrt().clamp(0, 255)
    clamped_to_one: The strength of an edge has no upper limit here: an edge from 0 to 1 gives 4, and clamping makes all
        edges equal.
        (gx ** 2 + gy ** 2).sqrt() -> (gx ** 2 + gy ** 2).sqrt().clamp(0, 1)
    square_image_of_edges: Images need not be square: rows and columns of the result are counted each for itself.
        (gx ** 2 + gy ** 2).sqrt() -> (gx ** 2 + gy ** 2).sqrt()[: min(gx.shape), : min(gx.shape)]
    epsilon_under_the_root: Something added under the root makes an edge of even ground: the root of 0.001 is 0.03.
        (gx ** 2 + gy ** 2).sqrt() -> (gx ** 2 + gy ** 2 + 1e-3).sqrt()
    """,
)
