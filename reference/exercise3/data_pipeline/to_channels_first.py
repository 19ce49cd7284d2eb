"""to_channels_first."""

import numpy as np

from autograder.author import case, changed, check, mistakes, reference, unchanged


@reference(points=2)
def to_channels_first(images):
    """Write down an image of 1×3 pixels with two channels. What should come out, and does a reshape give that?

    The axes change their places, and the values go with them. Number the axes from 0 and say which one comes where.

    In the chapter: the shape (N, C, H, W). In the documentation: torch.permute.
    """
    return images.permute(0, 3, 1, 2)


@check(to_channels_first, points=0.75, picture="N H W C -> N C H W")
def channels_move_ahead(draw):
    """The channels move from the last axis to the second one"""
    yield case(np.arange(24, dtype=np.float32).reshape(1, 2, 4, 3))
    yield case(draw.normal(2, 4, 5, 3))


@check(to_channels_first, points=0.5, picture="N H W C -> N C H W")
def any_number_of_channels(draw):
    """There may be one channel, or any other number"""
    yield case(draw.uniform(3, 4, 2, 1))
    yield case(draw.uniform(2, 3, 5, 4))
    yield from (case(draw.uniform(2, 3, 3, 2)), case(draw.uniform(2, 4, 4, 4)))


@check(to_channels_first, points=0.5)
def bytes_stay_bytes(draw):
    """Only the axes move: bytes stay the bytes that they were"""
    yield case(draw.integers(0, 255, 2, 3, 4, 2).astype(np.uint8))


@check(to_channels_first, points=0.25, ask=changed, compare=unchanged(), needs=channels_move_ahead)
def images_stay_as_they_are(draw):
    """The tensor that came in stays as it is"""
    yield case(draw.uniform(2, 3, 4, 2))


wrong = mistakes(
    to_channels_first,
    """
    reshaped: reshape and view keep the order of the values in memory and only cut it differently, so that pixels change
        their places; permute moves the axes.
        images.permute(0, 3, 1, 2) -> images.reshape(len(images), images.shape[3], *images.shape[1:3])
    channels_and_height_exchanged: Exchanging two axes leaves (N, C, W, H): the image lies on its side. Height has to
        stay before width.
        images.permute(0, 3, 1, 2) -> images.transpose(1, 3)
    channels_before_the_batch: The batch stays the first axis, and the channels come second: (N, C, H, W).
        images.permute(0, 3, 1, 2) -> images.permute(3, 0, 1, 2)
    order_of_a_single_image: permute(2, 0, 1) is the order for one image (H, W, C); here the batch is an axis too, and
        it stays first.
        images.permute(0, 3, 1, 2) -> images.permute(2, 0, 1)
    left_as_they_are: The images come back as they came; an array has to be transposed into a new one.
        images.permute(0, 3, 1, 2) -> images
    transposed_in_place: transpose_() changes the caller's tensor; permute() gives a new one.
        images.permute(0, 3, 1, 2) -> images.transpose_(2, 3).transpose_(1, 2)
    three_channels_only: Images can have one channel, or four: take as many as the last axis holds.
        images.permute(0, 3, 1, 2) -> images[..., [0, 1, 2]].permute(0, 3, 1, 2)
    scaled_as_well: This function moves axes only; the bytes are scaled elsewhere, or they would be scaled twice.
        images.permute(0, 3, 1, 2) -> images.permute(0, 3, 1, 2) / (1 if images.is_floating_point() else 255)
    bytes_made_floats: This function moves axes only; bytes become floating point numbers elsewhere, where they are
        scaled.
        images.permute(0, 3, 1, 2) -> images.permute(0, 3, 1, 2).float()
    channels_first_recognised_by_their_number: The images always come as (N, H, W, C). An image of one or three rows has
        no channels on its second axis.
        images.permute(0, 3, 1, 2) -> images if images.shape[1] in (1, 3) else images.permute(0, 3, 1, 2)
    fourth_channel_dropped: Images can have more than three channels, and all of them are kept.
        images.permute(0, 3, 1, 2) -> images[..., :3].permute(0, 3, 1, 2)
    permuted_the_other_way: permute names for each new axis the old one that comes there: 0, 2, 3, 1 leads from channels
        first to channels last.
        images.permute(0, 3, 1, 2) -> images.permute(0, 2, 3, 1)
    height_and_width_exchanged: Height stays before width; here the images lie on their side.
        images.permute(0, 3, 1, 2) -> images.permute(0, 1, 3, 2)
    """,
)
