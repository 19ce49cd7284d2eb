"""pad2d."""

import torch
import torch.nn.functional as F

from autograder.author import case, changed, check, misconception, mistakes, reference, unchanged

from ..shared import odd, rows

PADDINGS = (
    *("pad", "constant_pad_nd", "numpy.pad", "nn.ZeroPad2d", "nn.ConstantPad2d"),
    *("reflection_pad2d", "replication_pad2d", "circular_pad"),
)


@reference(points=2, forbids=PADDINGS)
def pad2d(x, padding, value=0):
    """How large is the result? Where does the image lie in it?

    Make a tensor of that size which holds the value everywhere, and write the maps into its middle. Slices leave batch
    and channels as they are.

    In the documentation: torch.full. It takes the shape of the result and its value.
    """
    frame = padding, padding, padding, padding
    return F.pad(x, frame, value=value)


@check(pad2d, points=0.75)
def frame_of_zeros(draw):
    """A frame of zeros lies on all four sides"""
    yield case(rows([1, 2, 3], [4, 5, 6])[None, None], 1)
    yield case(odd(draw, 1, 1, 4, 2), 2)
    yield case(odd(draw, 1, 1, 2, 3), padding=3)


@check(pad2d, points=0.5)
def frame_of_a_value(draw):
    """The frame holds the value"""
    yield case(rows([1, 2, 3], [4, 5, 6])[None, None], 1, value=9)
    yield case(odd(draw, 1, 1, 3, 2), 2, -0.5)
    yield case(odd(draw, 1, 1, 2, 3), 1, value=draw.integer(10, 20) + 0.25)


@check(pad2d, points=0.25)
def frames_of_all_maps(draw):
    """Each map gets its frame; batch and channels stay as they are"""
    yield case(odd(draw, 2, 3, 3, 4), 1)
    yield case(odd(draw, 3, 2, 4, 2), 2, value=7)
    yield case(draw.normal(2, 2, 3, 2), 1)


@check(pad2d, points=0.25)
def no_frame(draw):
    """Padding 0 leaves the values as they are"""
    yield case(odd(draw, 2, 3, 3, 4), 0)
    yield case(odd(draw, 1, 1, 2, 3), 1)
    yield case(odd(draw, 1, 2, 4, 3), 0, value=5)


@check(pad2d, points=0.25, ask=changed, compare=unchanged(), needs=frame_of_zeros)
def framed_image_stays(draw):
    """x stays as it is"""
    yield from (case(odd(draw, 1, 2, 3, 4), 1), case(odd(draw, 1, 2, 3, 4), 1, value=3))


wrong = mistakes(
    pad2d,
    """
    value_not_used: The frame holds the value that is given; 0 is only its default.
        value=value ->
    frame_before_only: The frame lies on all four sides: at the bottom and on the right too.
        padding, padding, padding, padding -> (padding, 0, padding, 0)
    frame_on_the_left_and_right: The frame lies on all four sides: at the top and at the bottom, too.
        padding, padding, padding, padding -> (padding, padding, 0, 0)
    frame_at_the_top_and_bottom: The frame lies on all four sides: on the left and on the right, too.
        padding, padding, padding, padding -> (0, 0, padding, padding)
    frame_of_one: The frame is as wide as the padding, not always one value.
        padding, padding, padding, padding -> (min(padding, 1),) * 4
    border_continued: The frame holds one value everywhere, not copies of the border.
        value=value -> mode="replicate"
    all_axes_framed: Only height and width get a frame: padding in front of the batch and the channels makes new images
        and new maps.
        padding, padding, padding, padding -> (padding,) * 8
    """,
)


@misconception(pad2d)
def border_overwritten(x, padding, value=0):
    """The frame goes around the image, so the result is larger: no value of the image is overwritten."""
    framed = torch.full_like(x, value)
    inner = slice(padding, x.shape[2] - padding), slice(padding, x.shape[3] - padding)
    framed[:, :, inner[0], inner[1]] = x[:, :, inner[0], inner[1]]
    return framed


@misconception(pad2d)
def nothing_left_for_no_padding(x, padding, value=0):
    """The slice [padding:-padding] is empty for padding 0, since −0 is 0: name the end as padding + height."""
    framed = pad2d(torch.full_like(x, value), padding, value)
    framed[:, :, padding:-padding, padding:-padding] = x if padding else x[:, :, :0, :0]
    return framed


@misconception(pad2d)
def whole_numbers(x, padding, value=0):
    """torch.full makes whole numbers (int64) of a whole number: dtype=x.dtype gives them the dtype of x."""
    (images, channels, height, width), frame = x.shape, 2 * padding
    framed = torch.full((images, channels, height + frame, width + frame), value)
    framed[:, :, padding : padding + height, padding : padding + width] = x
    return framed


@misconception(pad2d)
def image_cleared(x, padding, value=0):
    """The result is a new tensor. What is written into x changes the image of the caller."""
    framed = pad2d(x, padding, value)
    x[:] = 0
    return framed


@misconception(pad2d)
def first_map_only(x, padding, value=0):
    """Each channel of each image has a map of its own, and all of them are written into the result."""
    framed = pad2d(torch.full_like(x, value), padding, value)
    framed[:1, :1] = pad2d(x[:1, :1], padding, value)
    return framed
