"""make_loader."""

import numpy as np
import torch
from torch.utils.data import DataLoader, RandomSampler, TensorDataset

from autograder.author import case, check, misconception, mistakes, pairs_differ, reference

from ..probes.loaders import batches, orders

SAME_ORDER = (
    "the first epoch gives the samples in the order in which they were given, and shuffling is the default",
    "the second epoch gives the samples in the same order as the first, and each epoch is to draw a new one",
)


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


@check(make_loader, points=1, ask=batches)
def order_without_shuffling(draw):
    """With shuffle=False the pairs come in their order, batch by batch"""
    report = ["sizes", "labels", "images"]
    yield case(*pairs(draw, 8), batch_size=4, shuffle=False).given(report=report)
    yield case(*pairs(draw, 10), 5, False).given(report=report)


@check(make_loader, points=1, ask=batches(sort=True))
def every_pair_once(draw):
    """Shuffled or not, an epoch gives each image once, with its own label"""
    report = ["labels", "images"]
    yield case(*pairs(draw, 9), batch_size=3).given(report=report)
    yield case(*pairs(draw, 12), batch_size=4, shuffle=True).given(report=report)


@check(make_loader, points=0.5, ask=batches, counts_with=every_pair_once)
def size_of_the_batches(draw):
    """batch_size is 32 by default, and the last batch may be smaller"""
    report = ["sizes", "length"]
    yield case(*pairs(draw, 70)).given(report=report)
    yield case(*pairs(draw, 11), batch_size=4, shuffle=False).given(report=report)


@check(
    make_loader,
    points=0.5,
    ask=orders,
    compare=pairs_differ(why=SAME_ORDER, least=1e-3),
    needs=every_pair_once,
    counts_with=every_pair_once,
)
def new_order_in_each_epoch(draw):
    """Shuffling is the default and gives each epoch an order of its own"""
    yield case(*pairs(draw, 24), batch_size=6)


@check(make_loader, points=0.5, ask=batches(report=["labels as a tensor"]))
def labels_are_int64(draw):
    """The labels are int64, as nn.CrossEntropyLoss asks for"""
    yield case(*pairs(draw, 8), batch_size=4, shuffle=False)


WRONG = mistakes(
    make_loader,
    """
    labels_left_as_bytes: nn.CrossEntropyLoss asks for class numbers as int64, and the labels of the file are bytes:
        .long() turns them.
        labels.long() -> labels
    labels_as_floats: Class numbers are whole numbers: nn.CrossEntropyLoss reads floating point labels as probabilities.
        labels.long -> labels.float
    labels_first: A batch is the pair (images, labels), in this order.
        images -> labels.long()
        labels.long() -> images
    images_without_labels: Each image comes with its label: both belong into the data set.
        TensorDataset(images, labels.long()) -> TensorDataset(images)
    always_32: 32 is only the default; the batch size that is given decides.
        batch_size -> 32
    """,
)


@misconception(make_loader)
def labels_one_hot(images, labels, batch_size=32, shuffle=True):
    """A label is one class number, (N,); nn.CrossEntropyLoss needs no one-hot vectors."""
    vectors = torch.nn.functional.one_hot(labels.long(), 10)
    return DataLoader(TensorDataset(images, vectors), batch_size, shuffle)


@misconception(make_loader)
def last_batch_dropped(images, labels, batch_size=32, shuffle=True):
    """drop_last=True leaves out the samples of the last, smaller batch; every sample is to come once."""
    return DataLoader(TensorDataset(images, labels.long()), batch_size, shuffle, drop_last=True)


@misconception(make_loader)
def batch_size_not_used(images, labels, batch_size=32, shuffle=True):
    """Without batch_size a DataLoader gives one sample at a time."""
    return DataLoader(TensorDataset(images, labels.long()), shuffle=shuffle)


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
