"""prepare_cifar."""

import numpy as np
import torch

from autograder.author import case, changed, check, make, mistakes, reference, unchanged

from ..judging.values import part, part_dtype


@reference(points=1.5)
def prepare_cifar(images, labels):
    """Write down the shape before and after. Which axis goes where?

    Make a tensor of the array, move the axis of the channels forward by permute, then make floats of the bytes and
    divide by 255. A reshape would tear the images to pieces. The labels become a tensor of int64.

    In the chapter: the CIFAR-10 data. In the documentation: torch.Tensor.permute.
    """
    planes = torch.from_numpy(images).permute(0, 3, 1, 2)
    classes = torch.tensor(labels, dtype=torch.int64)
    return planes.float() / 255, classes


def data(draw, count):
    """Bytes (count, 32, 32, 3), of which none is 255, as a numpy array, and labels."""
    bytes_ = draw.integers(0, 200, count, 32, 32, 3).astype(np.uint8)
    return make("array", bytes_), draw.integers(0, 9, count).tolist()


@check(prepare_cifar, points=0.5, compare=part(index=0))
def channels_come_first(draw):
    """The images are (N, 3, 32, 32), and a byte b becomes b / 255"""
    yield case(*data(draw, 2))
    yield case(*data(draw, 1))


@check(prepare_cifar, points=0.25, compare=part_dtype(index=0, dtype="float32"), counts_with=channels_come_first)
def images_are_float32(draw):
    """The images are float32"""
    yield case(*data(draw, 1))


@check(prepare_cifar, points=0.25, compare=part(index=1, any_number=True))
def labels_as_a_tensor(draw):
    """The labels are a tensor (N,)"""
    yield case(*data(draw, 3))


@check(prepare_cifar, points=0.25, compare=part_dtype(index=1, dtype="int64"), counts_with=labels_as_a_tensor)
def labels_are_int64(draw):
    """The labels are int64"""
    yield case(*data(draw, 2))


@check(prepare_cifar, points=0.25, ask=changed, compare=unchanged(), counts_with=channels_come_first)
def bytes_stay(draw):
    """The array and the list stay as they are"""
    yield case(*data(draw, 2))


wrong = mistakes(
    prepare_cifar,
    """
    reshaped: A reshape gives the right shape, but tears the images to pieces: permute moves the axes.
        torch.from_numpy(images).permute(0, 3, 1, 2) -> torch.from_numpy(images).reshape(-1, 3, 32, 32)
    height_and_width_swapped: The order is (N, C, H, W): permute(0, 3, 1, 2). With (0, 3, 2, 1) the images are mirrored.
        torch.from_numpy(images).permute(0, 3, 1, 2) -> torch.from_numpy(images).transpose(1, 3)
    channels_stay_last: torch wants (N, C, H, W): the axis of the channels moves to place 1.
        torch.from_numpy(images).permute(0, 3, 1, 2) -> torch.from_numpy(images)
    not_divided_by_255: A byte goes from 0 to 255: divided by 255 it lies between 0 and 1.
        planes.float() / 255 -> planes.float()
    divided_by_256: The largest byte is 255: divided by 256 it does not become 1.
        planes.float() / 255 -> planes.float() / 256
    divided_by_the_largest: Every byte is divided by 255, also where no byte is that large.
        planes.float() / 255 -> planes.float() / planes.max()
    divided_as_bytes: Whole-number division leaves only 0: make floats of the bytes first.
        planes.float() / 255 -> (planes // 255).float()
    images_of_float64: torch's layers are float32, and float64 does not fit them: use float().
        planes.float() / 255 -> planes.double() / 255
    labels_of_int32: nn.CrossEntropyLoss takes class numbers that are int64.
        dtype=torch.int64 -> dtype=torch.int32
    labels_of_float: Class numbers are int64; nn.CrossEntropyLoss would read floats as probabilities.
        dtype=torch.int64 -> dtype=torch.float32
    labels_stay_a_list: The labels become a tensor, too: torch.tensor(labels).
        torch.tensor(labels, dtype=torch.int64) -> labels
    labels_come_first: The result is the pair (images, labels), in this order.
        return planes.float() / 255, classes -> return classes, planes.float() / 255
    bytes_changed_in_place: An operation in place writes into the array of the caller, which shares its memory.
        planes.float() / 255 -> planes.add_(1).sub(1).float() / 255
    """,
)
