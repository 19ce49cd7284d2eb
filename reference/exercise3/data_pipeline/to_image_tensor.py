"""to_image_tensor."""

import numpy as np
import torch

from autograder.author import case, changed, check, make, mistakes, reference, same_dtype, unchanged


@reference(points=2.5)
def to_image_tensor(rows):
    """Three things change: the kind of the numbers, their range, and the shape. Which function does each?

    First a tensor of the array, then floating point numbers, then a division by the largest byte there can be. At last
    each row becomes one channel with 28 lines of 28.

    In the chapter: where MNIST is loaded. In the documentation: torchvision.transforms.ToTensor does the same to one
    image.
    """
    images = torch.from_numpy(rows).reshape(-1, 1, 28, 28)
    return images.float() / 255


def bytes_of(draw, count, darkest, brightest):
    """Rows of 784 bytes as a numpy array; each row holds both the darkest and the brightest."""
    rows = draw.integers(darkest, brightest, count, 784).astype(np.uint8)
    rows[:, 30], rows[:, 700] = darkest, brightest
    return make("array", rows)


@check(to_image_tensor, points=1)
def bytes_become_images(draw):
    """A row of 784 bytes becomes 28 lines of 28 values, byte / 255"""
    yield case(bytes_of(draw, 3, 0, 255))
    yield case(bytes_of(draw, 5, 0, 255))
    yield case(bytes_of(draw, 2, 200, 255))


@check(to_image_tensor, points=0.5)
def dark_images_stay_dark(draw):
    """The divisor is 255, also where no byte is that large"""
    yield case(bytes_of(draw, 2, 20, 90))
    yield case(bytes_of(draw, 2, 0, 1))
    yield case(bytes_of(draw, 3, 0, 140))


@check(to_image_tensor, points=0.25)
def one_row_is_a_batch(draw):
    """One row becomes a batch of one image, (1, 1, 28, 28)"""
    row = draw.integers(0, 120, 1, 784).astype(np.uint8)
    row[:, 30], row[:, 700] = 0, 255
    yield case(make("array", row))


@check(to_image_tensor, points=0.5, compare=same_dtype, needs=bytes_become_images)
def single_precision(draw):
    """The values are float32, like the weights of a network"""
    yield case(bytes_of(draw, 2, 0, 255))


@check(to_image_tensor, points=0.25, ask=changed, compare=unchanged(), needs=bytes_become_images)
def rows_stay_as_they_are(draw):
    """The array of bytes stays as it is"""
    yield case(bytes_of(draw, 2, 0, 255))


wrong = mistakes(
    to_image_tensor,
    """
    bytes_not_scaled: The bytes go from 0 to 255; divided by 255 they go from 0 to 1.
        images.float() / 255 -> images.float()
    bytes_left_as_bytes: A network computes with floating point numbers: turn the bytes into float32 and divide them by
        255.
        images.float() / 255 -> images
    double_precision: numpy divides bytes into float64, and a layer with float32 weights refuses that: .float() makes it
        float32.
        images.float -> images.double
    divided_as_whole_numbers: // rounds down, so that only the brightest pixels are left; / keeps the grey values
        between 0 and 1.
        images.float() / 255 -> (images // 255).float()
    divided_by_256: The largest byte is 255, and divided by 255 it becomes exactly 1.
        255 -> 256
    divided_twice: Divided by 255 twice, all images are black. torchvision's ToTensor already divides bytes by 255.
        images.float() -> images.float() / 255
    centred_at_zero: The values are to lie between 0 and 1; a normalisation to [-1, 1] would be a further step.
        images.float() / 255 -> 2 * images.float() / 255 - 1
    divided_by_the_brightest: The largest byte need not be 255: divided by it, the same image has other values in
        another batch.
        255 -> images.max()
    divided_only_if_bright: Whether to divide is not seen from the values: bytes of 0 and 1 are bytes as well, and
        become 0 and 1 / 255.
        255 -> (255 if images.max() > 1 else 1)
    contrast_stretched: Each image is stretched to its own darkest and brightest value, and dark images become bright;
        the divisor is 255 for all.
        images.float() -> (images - images.amin((2, 3), keepdim=True))
        255 -> (images.amax((2, 3), keepdim=True) - images.amin((2, 3), keepdim=True))
    shape_of_the_rows_changed: rows.shape = … gives the caller's array another shape; rows.reshape() makes a new array.
        torch.from_numpy(rows) -> torch.from_numpy(setattr(rows, "shape", (-1, 1, 28, 28)) or rows)
    channel_axis_missing: A grey image has one channel, so the shape is (N, 1, 28, 28). The lecture notes say that
        nn.Conv2d takes only 4-D tensors, but since torch 1.11 it reads (N, 28, 28) without complaint as a single image
        with N channels.
        images.float() -> images.float()[:, 0]
    channel_axis_last: torch keeps the channels before height and width: (N, 1, 28, 28).
        images.float() -> images.float().movedim(1, 3)
    lines_read_as_columns: The first 28 bytes are the top line of the image, not its left column.
        images.float() -> images.float().transpose(2, 3)
    batch_axis_of_one_lost: A batch of one image is still a batch: squeeze() without an axis removes every axis of
        length 1.
        images.float() -> images.float().squeeze().unsqueeze(-3)
    black_and_white_exchanged: The values keep their order: 0 stays black, and 255 becomes 1.
        images.float() / 255 -> 1 - images.float() / 255
    normalised_by_the_statistics_of_mnist: The values are to lie between 0 and 1; a normalisation by mean and standard
        deviation would be a further step.
        images.float() / 255 -> (images.float() / 255 - 0.1307) / 0.3081
    """,
)
