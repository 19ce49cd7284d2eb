"""The milestone of this section."""

import numpy as np

from autograder.author import case, milestone

from ..shared import array, rows
from .convolve2d import convolve2d

SOBEL = rows([-1, 0, 1], [-2, 0, 2], [-1, 0, 1])


def ring(size=28, outer=11, inner=6):
    """A bright ring (size, size) on black."""
    places = np.arange(size) - (size - 1) / 2
    radius = np.hypot(*np.meshgrid(places, places))
    return ((radius < outer) & (radius > inner)).astype(np.float32)


@milestone(convolve2d)
def finds_edges(draw):
    """Your convolution finds edges

    With Sobel's kernel, the response is white where the ring gets brighter, black where it gets darker, and grey where
    nothing changes.
    """
    yield "a bright ring", ring()
    yield "your response, from left to right", case(array(ring()), array(SOBEL))
    yield "your response, from top to bottom", case(array(ring()), array(SOBEL.T.copy()))
