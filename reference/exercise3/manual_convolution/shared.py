"""What several exercises of this section share."""

import numpy as np


def image(*rows):
    """One grey image (1, 1, H, W), or one kernel, from its rows."""
    return np.array(rows, dtype=np.float32)[None, None]


def whole(draw, *shape, low=-3, high=3):
    """Small whole numbers, whose products and sums are exact in every order."""
    return draw.integers(low, high, *shape).astype(np.float32)


def symmetric(draw, *channels):
    """Kernels 3×3 with whole numbers that a flip or a transposition leaves as they are."""
    corner, side, middle = (whole(draw, *channels, low=low, high=high) for low, high in ((1, 3), (-3, -1), (4, 6)))
    return np.stack([corner, side, corner, side, middle, side, corner, side, corner], -1).reshape(*channels, 3, 3)


BRIGHT_SQUARE = np.pad(np.ones((2, 2), np.float32), 2)
SOBEL = image([-1, 0, 1], [-2, 0, 2], [-1, 0, 1])
