"""to_channels_first."""

import numpy as np

from autograder.author import case, check, misconception, mistakes, reference


@reference(points=2)
def to_channels_first(images):
    """Write down an image of 1×3 pixels with two channels. What should come out, and does a reshape give that?

    The axes change their places, and the values go with them. Number the axes from 0 and say which one comes where.

    In the chapter: the shape (N, C, H, W). In the documentation: torch.permute.
    """
    return images.permute(0, 3, 1, 2)


@check(to_channels_first, points=1, picture="N H W C -> N C H W")
def channels_move_ahead(draw):
    """The channels move from the last axis to the second one"""
    yield case(np.arange(24, dtype=np.float32).reshape(1, 2, 4, 3))
    yield case(draw.uniform(2, 4, 5, 3))


@check(to_channels_first, points=0.5, picture="N H W C -> N C H W")
def any_number_of_channels(draw):
    """There may be one channel, or any other number"""
    yield case(draw.uniform(3, 4, 2, 1))
    yield case(draw.uniform(2, 3, 5, 4))


@check(to_channels_first, points=0.5)
def bytes_stay_bytes(draw):
    """Only the axes move: bytes stay the bytes that they were"""
    yield case(draw.integers(0, 255, 2, 3, 4, 3).astype(np.uint8))


@misconception(to_channels_first)
def reshaped(images):
    """reshape and view keep the order of the values in memory and only cut it differently, so that pixels change their
    places; permute moves the axes."""
    N, H, W, C = images.shape
    return images.reshape(N, C, H, W)


WRONG = mistakes(
    to_channels_first,
    """
    channels_and_height_exchanged: Exchanging two axes leaves (N, C, W, H): the image lies on its side. Height has to
        stay before width.
        images.permute(0, 3, 1, 2) -> images.transpose(1, 3)
    channels_before_the_batch: The batch stays the first axis, and the channels come second: (N, C, H, W).
        0 -> 3
        3 -> 0
    order_of_a_single_image: permute(2, 0, 1) is the order for one image (H, W, C); here the batch is an axis too, and
        it stays first.
        images.permute(0, 3, 1, 2) -> images.permute(2, 0, 1)
    left_as_they_are: The images come back as they came; an array has to be transposed into a new one.
        images.permute(0, 3, 1, 2) -> images
    three_channels_only: Images can have one channel, or four: take as many as the last axis holds.
        images.permute(0, 3, 1, 2) -> torch.stack([images[..., channel] for channel in range(3)], 1)
    """,
)


@misconception(to_channels_first)
def scaled_as_well(images):
    """This function moves axes only; the bytes are scaled elsewhere, or they would be scaled twice."""
    images = to_channels_first(images)
    return images if images.is_floating_point() else images / 255


@misconception(to_channels_first)
def bytes_made_floats(images):
    """This function moves axes only; bytes become floating point numbers elsewhere, where they are scaled."""
    return to_channels_first(images).float()
