"""The milestones of this section."""

import numpy as np

from autograder.author import case, milestone

from ..digits import one_digit
from .conv2d_manual import conv2d_manual
from .max_pool2d_manual import max_pool2d_manual
from .shared import SOBEL
from .sobel_edges import sobel_edges


@milestone(conv2d_manual)
def finds_edges(draw):
    """Your convolution finds edges

    With Sobel's kernel, the response is white where the digit gets brighter, black where it gets darker, and grey where
    nothing changes.
    """
    digit = one_digit(draw)
    yield "a handwritten digit", digit
    yield "your response, from left to right", case(digit, SOBEL)
    yield "your response, from top to bottom", case(digit, np.ascontiguousarray(SOBEL.swapaxes(2, 3)))


@milestone(sobel_edges, needs=conv2d_manual)
def outlines_a_digit(draw):
    """Your Sobel filter outlines a digit

    The strength of the edge is large along the outline of the digit, whatever its direction.
    """
    digit = one_digit(draw)
    yield "a handwritten digit", digit
    yield "the strength of its edges, by your code", case(digit[0, 0])


@milestone(max_pool2d_manual)
def shrinks_a_digit(draw):
    """Your pooling shrinks a digit and keeps its strokes

    Each pooling keeps the largest of 2 × 2 or of 4 × 4 values, so that thin strokes stay.
    """
    digit = one_digit(draw)
    yield "a handwritten digit", digit
    yield "your pooling by 2", case(digit, 2)
    yield "your pooling by 4", case(digit, 4)
