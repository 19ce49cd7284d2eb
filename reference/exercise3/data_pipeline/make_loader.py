"""make_loader."""

import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset

from autograder.author import case, changed, check, mistakes, pairs_differ, reference, unchanged

from ..probes.loaders import batches, is_data_loader, orders

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
    dataset = TensorDataset(images, labels.to(torch.int64))
    return DataLoader(dataset, batch_size, shuffle=shuffle)


def pairs(draw, count):
    """So many small images, and labels as the bytes that a file holds."""
    return draw.uniform(count, 1, 3, 2), draw.integers(0, 9, count).astype(np.uint8)


@check(make_loader, points=0.75, ask=batches)
def order_without_shuffling(draw):
    """With shuffle=False the pairs come in their order, batch by batch"""
    report = ["sizes", "labels", "images"]
    yield case(*pairs(draw, 8), batch_size=4, shuffle=False).given(report=report)
    images, labels = pairs(draw, 10)
    yield case(300 * images - 50, labels, 5, False).given(report=report)


@check(make_loader, points=0.75, ask=batches(sort=True))
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
    for count, batch_size in (11, 4), (9, 4), (3, 1), (2, 5):
        case_of_labels = case(*pairs(draw, count), batch_size=batch_size, shuffle=False)
        yield case_of_labels.given(report=[*report, "labels"])


@check(make_loader, points=0.25, ask=is_data_loader, counts_with=every_pair_once)
def a_data_loader(draw):
    """The result is a DataLoader of torch"""
    yield case(*pairs(draw, 6), batch_size=4)


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
    images, labels = pairs(draw, 6)
    yield case(images, 250 + labels % 6, batch_size=3, shuffle=False)
    for dtype in np.int32, np.int64:
        yield case(images, 1000 * labels.astype(dtype), batch_size=3, shuffle=False)


@check(make_loader, points=0.25, ask=changed, compare=unchanged(), needs=every_pair_once)
def data_stay_as_they_are(draw):
    """Images, labels and the random state of others stay as they are"""
    yield case(*pairs(draw, 6), batch_size=4)


wrong = mistakes(
    make_loader,
    """
    labels_left_as_bytes: nn.CrossEntropyLoss asks for class numbers as int64, and the labels of the file are bytes:
        .long() turns them.
        labels.to(torch.int64) -> labels
    labels_as_floats: Class numbers are whole numbers: nn.CrossEntropyLoss reads floating point labels as probabilities.
        torch.int64 -> torch.float32
    labels_first: A batch is the pair (images, labels), in this order.
        TensorDataset(images, labels.to(torch.int64)) -> TensorDataset(labels.to(torch.int64), images)
    images_without_labels: Each image comes with its label: both belong into the data set.
        TensorDataset(images, labels.to(torch.int64)) -> TensorDataset(images)
    always_32: 32 is only the default; the batch size that is given decides.
        batch_size -> 32
    labels_one_hot: A label is one class number, (N,); nn.CrossEntropyLoss needs no one-hot vectors.
        labels.to(torch.int64) -> torch.nn.functional.one_hot(labels.long(), 10)
    last_batch_dropped: drop_last=True leaves out the samples of the last, smaller batch; every sample is to come once.
        DataLoader(dataset, batch_size, shuffle=shuffle) -> DataLoader(dataset, batch_size, shuffle, drop_last=True)
    batch_size_not_used: Without batch_size a DataLoader gives one sample at a time.
        batch_size ->
    always_shuffled: With shuffle=False the samples keep their order, as an evaluation may need it.
        shuffle=shuffle -> shuffle=True
    never_shuffled: shuffle does not reach the DataLoader, which keeps the order unless shuffle=True.
        shuffle=shuffle ->
    seeded_for_everyone: Making a loader needs no random numbers: torch.manual_seed() restarts those of the whole
        program, and a shuffle of your own draws from them. The DataLoader draws when an epoch begins.
        labels.to(torch.int64) -> (torch.manual_seed(0), labels.to(torch.int64))[1]
    shuffled_once_for_all: The samples are shuffled once, when the loader is made, and each epoch repeats that order;
        the DataLoader's own shuffle draws a new one for each epoch.
        shuffle=shuffle -> sampler=torch.randperm(len(images)).tolist() if shuffle else None
    shuffled_apart: Images and labels are shuffled each in an order of their own, so that the pairs are torn; one order
        serves both.
        images -> images[torch.randperm(len(images))] if shuffle else images
        labels -> (labels[torch.randperm(len(labels))] if shuffle else labels)
    drawn_with_replacement: Drawing at random gives some samples twice and others never; shuffling gives every one once.
        shuffle=shuffle -> sampler=torch.utils.data.RandomSampler(dataset, replacement=True) if shuffle else None
    generator_for_loader: A generator is used up after one epoch and has no length; a DataLoader can be gone through
        again and again.
        DataLoader(dataset, batch_size, shuffle=shuffle) -> (one for one in DataLoader(dataset, batch_size, shuffle))
    default_batches_of_64: Without batch_size the batches hold 32 images: that is the default of this function.
        batch_size=32 -> batch_size=64
    labels_as_int32: nn.CrossEntropyLoss asks for class numbers as int64, which torch also calls long; int32 is not
        enough.
        torch.int64 -> torch.int32
    labels_through_bytes: A byte holds 0 to 255 only: larger labels become others on the way through uint8.
        labels.to(torch.int64) -> labels.to(torch.uint8).to(torch.int64)
    labels_in_a_column: The labels of a batch are (batch,), one class number for each image, without a second axis.
        labels.to(torch.int64) -> labels.to(torch.int64)[:, None]
    images_shuffled_alone: The images are shuffled without their labels, so that the pairs are torn; one order serves
        both.
        images -> images[torch.randperm(len(images))] if shuffle else images
    images_scaled_again: The images come as they are needed; the loader only pairs and batches them.
        images -> images / 255
    """,
)
