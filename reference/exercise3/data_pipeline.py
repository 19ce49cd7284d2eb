"""Data pipeline"""

import numpy as np
import torch
from torch.utils.data import DataLoader, RandomSampler, TensorDataset

from autograder.author import case, check, make, misconception, reference

extra = True

SAME_ORDER = (
    "the first epoch gives the samples in the order in which they were given, and shuffling is the default",
    "the second epoch gives the samples in the same order as the first, and each epoch is to draw a new one",
)


@reference(points=2.5)
def to_image_tensor(rows):
    """Three things change: the kind of the numbers, their range, and the shape. Which function does each?

    First a tensor of the array, then floating point numbers, then a division by the largest byte there can be. At last
    each row becomes one channel with 28 lines of 28.

    In the chapter: where MNIST is loaded. In the documentation: torchvision.transforms.ToTensor does the same to one
    image.
    """
    return torch.from_numpy(rows).reshape(-1, 1, 28, 28).float() / 255


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


@check(to_image_tensor, points=0.5)
def dark_images_stay_dark(draw):
    """The divisor is 255, also where no byte is that large"""
    yield case(bytes_of(draw, 2, 20, 90))
    yield case(bytes_of(draw, 2, 0, 1))
    yield case(bytes_of(draw, 3, 0, 140))


@check(to_image_tensor, points=0.5)
def one_row_is_a_batch(draw):
    """One row becomes a batch of one image, (1, 1, 28, 28)"""
    yield case(bytes_of(draw, 1, 0, 255))


@check(to_image_tensor, points=0.5, compare="same_dtype", needs=("bytes_become_images",))
def single_precision(draw):
    """The values are float32, like the weights of a network"""
    yield case(bytes_of(draw, 2, 0, 255))


@misconception(to_image_tensor)
def bytes_not_scaled(rows):
    """The bytes go from 0 to 255; divided by 255 they go from 0 to 1."""
    return to_image_tensor(rows) * 255


@misconception(to_image_tensor)
def bytes_left_as_bytes(rows):
    """A network computes with floating point numbers: turn the bytes into float32 and divide them by 255."""
    return torch.from_numpy(rows).reshape(-1, 1, 28, 28)


@misconception(to_image_tensor)
def divided_as_whole_numbers(rows):
    """// rounds down, so that only the brightest pixels are left; / keeps the grey values between 0 and 1."""
    return torch.from_numpy(rows // 255).reshape(-1, 1, 28, 28).float()


@misconception(to_image_tensor)
def divided_by_256(rows):
    """The largest byte is 255, and divided by 255 it becomes exactly 1."""
    return to_image_tensor(rows) * 255 / 256


@misconception(to_image_tensor)
def divided_twice(rows):
    """Divided by 255 twice, all images are black. torchvision's ToTensor already divides bytes by 255."""
    return to_image_tensor(rows) / 255


@misconception(to_image_tensor)
def centred_at_zero(rows):
    """The values are to lie between 0 and 1; a normalisation to [-1, 1] would be a further step."""
    return 2 * to_image_tensor(rows) - 1


@misconception(to_image_tensor)
def divided_by_the_brightest(rows):
    """The largest byte need not be 255: divided by it, the same image has other values in another batch."""
    return to_image_tensor(rows) * 255 / int(rows.max())


@misconception(to_image_tensor)
def divided_only_if_bright(rows):
    """Whether to divide is not seen from the values: bytes of 0 and 1 are bytes as well, and become 0 and 1 / 255."""
    return to_image_tensor(rows) * (1 if rows.max() > 1 else 255)


@misconception(to_image_tensor)
def contrast_stretched(rows):
    """Each image is stretched to its own darkest and brightest value, and dark images become bright; the divisor is
    255 for all."""
    images = to_image_tensor(rows)
    darkest, brightest = images.amin((2, 3), keepdim=True), images.amax((2, 3), keepdim=True)
    return (images - darkest) / (brightest - darkest)


@misconception(to_image_tensor)
def channel_axis_missing(rows):
    """A grey image has one channel, so the shape is (N, 1, 28, 28). The lecture notes say that nn.Conv2d takes only 4-D
    tensors, but since torch 1.11 it reads (N, 28, 28) without complaint as a single image with N channels."""
    return to_image_tensor(rows)[:, 0]


@misconception(to_image_tensor)
def channel_axis_last(rows):
    """torch keeps the channels before height and width: (N, 1, 28, 28)."""
    return to_image_tensor(rows).movedim(1, 3)


@misconception(to_image_tensor)
def lines_read_as_columns(rows):
    """The first 28 bytes are the top line of the image, not its left column."""
    return to_image_tensor(rows).transpose(2, 3)


@misconception(to_image_tensor)
def batch_axis_of_one_lost(rows):
    """A batch of one image is still a batch: squeeze() without an axis removes every axis of length 1."""
    return to_image_tensor(rows).squeeze().unsqueeze(-3)


@misconception(to_image_tensor)
def double_precision(rows):
    """numpy divides bytes into float64, and a layer with float32 weights refuses that: .float() makes it float32."""
    return torch.from_numpy(rows / 255).reshape(-1, 1, 28, 28)


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


@misconception(to_channels_first)
def channels_and_height_exchanged(images):
    """Exchanging two axes leaves (N, C, W, H): the image lies on its side. Height has to stay before width."""
    return images.transpose(1, 3)


@misconception(to_channels_first)
def channels_before_the_batch(images):
    """The batch stays the first axis, and the channels come second: (N, C, H, W)."""
    return images.permute(3, 0, 1, 2)


@misconception(to_channels_first)
def order_of_a_single_image(images):
    """permute(2, 0, 1) is the order for one image (H, W, C); here the batch is an axis too, and it stays first."""
    return images.permute(2, 0, 1)


@misconception(to_channels_first)
def left_as_they_are(images):
    """The images come back as they came; an array has to be transposed into a new one."""
    return images


@misconception(to_channels_first)
def three_channels_only(images):
    """Images can have one channel, or four: take as many as the last axis holds."""
    return torch.stack([images[..., channel] for channel in range(3)], 1)


@misconception(to_channels_first)
def scaled_as_well(images):
    """This function moves axes only; the bytes are scaled elsewhere, or they would be scaled twice."""
    images = to_channels_first(images)
    return images if images.is_floating_point() else images / 255


@misconception(to_channels_first)
def bytes_made_floats(images):
    """This function moves axes only; bytes become floating point numbers elsewhere, where they are scaled."""
    return to_channels_first(images).float()


@reference(points=3.5)
def make_loader(images, labels, batch_size=32, shuffle=True):
    """torch.utils.data has one class that holds pairs, and one that cuts them into batches. Which are they?

    Give the labels the type that the loss asks for, put both tensors into one data set, and hand it on with the size of
    the batches, and whether to shuffle.

    In the chapter: the loaders of the training loop. In the documentation: torch.utils.data, TensorDataset and
    DataLoader.
    """
    return DataLoader(TensorDataset(images, labels.long()), batch_size, shuffle)


def pairs(draw, count):
    """So many small images, and labels as the bytes that a file holds."""
    return draw.uniform(count, 1, 3, 2), draw.integers(0, 9, count).astype(np.uint8)


@check(make_loader, points=1, probe="batches")
def order_without_shuffling(draw):
    """With shuffle=False the pairs come in their order, batch by batch"""
    report = ["sizes", "labels", "images"]
    yield case(*pairs(draw, 8), batch_size=4, shuffle=False).given(report=report)
    yield case(*pairs(draw, 10), 5, False).given(report=report)


@check(make_loader, points=0.5, probe="batches", counts_with=("every_pair_once",))
def size_of_the_batches(draw):
    """batch_size is 32 by default, and the last batch may be smaller"""
    report = ["sizes", "length"]
    yield case(*pairs(draw, 70)).given(report=report)
    yield case(*pairs(draw, 11), batch_size=4, shuffle=False).given(report=report)


@check(make_loader, points=1, probe="batches")
def every_pair_once(draw):
    """Shuffled or not, an epoch gives each image once, with its own label"""
    report = ["labels", "images"]
    yield case(*pairs(draw, 9), batch_size=3).given(sort=True, report=report)
    yield case(*pairs(draw, 12), batch_size=4, shuffle=True).given(sort=True, report=report)


@check(
    make_loader,
    points=0.5,
    probe="orders",
    compare="pairs_differ",
    why=SAME_ORDER,
    least=1e-3,
    needs=("every_pair_once",),
    counts_with=("every_pair_once",),
)
def new_order_in_each_epoch(draw):
    """Shuffling is the default and gives each epoch an order of its own"""
    yield case(*pairs(draw, 24), batch_size=6)


@check(make_loader, points=0.5, probe="batches")
def labels_are_int64(draw):
    """The labels are int64, as nn.CrossEntropyLoss asks for"""
    yield case(*pairs(draw, 8), batch_size=4, shuffle=False).given(report=["labels as a tensor"])


@misconception(make_loader)
def labels_left_as_bytes(images, labels, batch_size=32, shuffle=True):
    """nn.CrossEntropyLoss asks for class numbers as int64, and the labels of the file are bytes: .long() turns them."""
    return DataLoader(TensorDataset(images, labels), batch_size, shuffle)


@misconception(make_loader)
def labels_as_floats(images, labels, batch_size=32, shuffle=True):
    """Class numbers are whole numbers: nn.CrossEntropyLoss reads floating point labels as probabilities."""
    return DataLoader(TensorDataset(images, labels.float()), batch_size, shuffle)


@misconception(make_loader)
def labels_one_hot(images, labels, batch_size=32, shuffle=True):
    """A label is one class number, (N,); nn.CrossEntropyLoss needs no one-hot vectors."""
    vectors = torch.nn.functional.one_hot(labels.long(), 10)
    return DataLoader(TensorDataset(images, vectors), batch_size, shuffle)


@misconception(make_loader)
def labels_first(images, labels, batch_size=32, shuffle=True):
    """A batch is the pair (images, labels), in this order."""
    return DataLoader(TensorDataset(labels.long(), images), batch_size, shuffle)


@misconception(make_loader)
def images_without_labels(images, labels, batch_size=32, shuffle=True):
    """Each image comes with its label: both belong into the data set."""
    return DataLoader(TensorDataset(images), batch_size, shuffle)


@misconception(make_loader)
def last_batch_dropped(images, labels, batch_size=32, shuffle=True):
    """drop_last=True leaves out the samples of the last, smaller batch; every sample is to come once."""
    return DataLoader(TensorDataset(images, labels.long()), batch_size, shuffle, drop_last=True)


@misconception(make_loader)
def batch_size_not_used(images, labels, batch_size=32, shuffle=True):
    """Without batch_size a DataLoader gives one sample at a time."""
    return DataLoader(TensorDataset(images, labels.long()), shuffle=shuffle)


@misconception(make_loader)
def always_32(images, labels, batch_size=32, shuffle=True):
    """32 is only the default; the batch size that is given decides."""
    return DataLoader(TensorDataset(images, labels.long()), 32, shuffle)


@misconception(make_loader)
def always_shuffled(images, labels, batch_size=32, shuffle=True):
    """With shuffle=False the samples keep their order, as an evaluation may need it."""
    return DataLoader(TensorDataset(images, labels.long()), batch_size, shuffle=True)


@misconception(make_loader)
def never_shuffled(images, labels, batch_size=32, shuffle=True):
    """shuffle does not reach the DataLoader, which keeps the order unless shuffle=True."""
    return DataLoader(TensorDataset(images, labels.long()), batch_size)


@misconception(make_loader)
def shuffled_once_for_all(images, labels, batch_size=32, shuffle=True):
    """The samples are shuffled once, when the loader is made, and each epoch repeats that order; the DataLoader's own
    shuffle draws a new one for each epoch."""
    order = torch.randperm(len(images)) if shuffle else torch.arange(len(images))
    return DataLoader(TensorDataset(images[order], labels[order].long()), batch_size)


@misconception(make_loader)
def shuffled_apart(images, labels, batch_size=32, shuffle=True):
    """Images and labels are shuffled each in an order of their own, so that the pairs are torn; one order serves
    both."""
    if shuffle:
        images, labels = images[torch.randperm(len(images))], labels[torch.randperm(len(labels))]
    return DataLoader(TensorDataset(images, labels.long()), batch_size, shuffle)


@misconception(make_loader)
def drawn_with_replacement(images, labels, batch_size=32, shuffle=True):
    """Drawing at random gives some samples twice and others never; shuffling gives every one once."""
    dataset = TensorDataset(images, labels.long())
    if not shuffle:
        return DataLoader(dataset, batch_size)
    return DataLoader(dataset, batch_size, sampler=RandomSampler(dataset, replacement=True))


@misconception(make_loader)
def generator_for_loader(images, labels, batch_size=32, shuffle=True):
    """A generator is used up after one epoch and has no length; a DataLoader can be gone through again and again."""
    order = torch.randperm(len(images)) if shuffle else torch.arange(len(images))
    return ((images[rows], labels[rows].long()) for rows in order.split(batch_size))
