"""What several sections share."""

import numpy as np

from autograder.author import make, matches

CONVOLUTIONS = (
    *("conv1d", "conv2d", "conv3d", "conv_tbc", "convolution", "_convolution", "mkldnn_convolution"),
    *("conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "slow_conv_transpose2d", "slow_conv_transpose3d"),
    *("thnn_conv2d", "_slow_conv2d_forward", "slow_conv3d", "slow_conv_dilated2d", "convolution_backward"),
    *("nn.Conv1d", "nn.Conv2d", "nn.Conv3d", "nn.ConvTranspose1d", "nn.ConvTranspose2d", "nn.ConvTranspose3d"),
)
ANY_VALUES = matches(rtol=1e9)  # for checks of the type alone; other checks look at the values
POOLINGS = tuple(
    f"{kind}avg_pool{axes}d" for kind in ("", "adaptive_", "mkldnn_", "mkldnn_adaptive_") for axes in (1, 2, 3)
)


def whole(draw, *shape, low=-3, high=3):
    """Small whole numbers, whose products and sums are exact in every order."""
    return draw.integers(low, high, *shape).astype(np.float32)


def symmetric(draw):
    """A kernel 3×3 of whole numbers that a flip or a transposition leaves as it is."""
    corner, side, middle = (draw.integer(low, high) for low, high in ((1, 3), (-3, -1), (4, 6)))
    return rows([corner, side, corner], [side, middle, side], [corner, side, corner])


def rows(*values):
    """A float32 array (H, W) from its rows."""
    return np.array(values, dtype=np.float32)


def array(values):
    """A numpy array as an argument; without this, students get a tensor."""
    return make("array", values)


def odd(draw, *shape):
    """Whole numbers without symmetry: no flip, transposition or shift leaves them as they are."""
    count = int(np.prod(shape))
    return (draw.permutation(count) * 2 - count // 2).astype(np.float32).reshape(shape)
