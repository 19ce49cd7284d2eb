"""The data pipeline: what loses points, and with which hint."""

from __future__ import annotations

import torch
from torch import nn

from tests.support.results import ChecksRefused, Graded, hint_of, lost_checks

DIVIDED_IF_BRIGHT = """
import torch


def to_image_tensor(rows):
    x = torch.from_numpy(rows).float().reshape(-1, 1, 28, 28)
    return x / 255 if x.max() > 1 else x
"""


def test_bytes_of_zero_and_one_are_divided_too(graded: Graded) -> None:
    wrong = lost_checks(graded({"data_pipeline.py": DIVIDED_IF_BRIGHT}, "to_image_tensor")["to_image_tensor"])
    assert set(wrong) == {"dark_images_stay_dark"}
    assert wrong["dark_images_stay_dark"].misconception == "divided_only_if_bright"


PERMUTED_ONCE = """
import torch
from torch.utils.data import DataLoader, TensorDataset


def make_loader(images, labels, batch_size=32, shuffle=True):
    order = torch.randperm(len(images)) if shuffle else torch.arange(len(images))
    return DataLoader(TensorDataset(images[order], labels[order].long()), batch_size)
"""


def test_order_that_repeats_is_described(graded: Graded) -> None:
    wrong = lost_checks(graded({"data_pipeline.py": PERMUTED_ONCE}, "make_loader")["make_loader"])
    assert wrong["new_order_in_each_epoch"].feedback.endswith(
        ": the second epoch gives the samples in the same order as the first, and each epoch is to draw a new one"
    )
    wrong = lost_checks(
        graded({"data_pipeline.py": PERMUTED_ONCE.replace("randperm", "arange")}, "make_loader")["make_loader"]
    )
    assert ": the first epoch gives the samples in the order in which" in wrong["new_order_in_each_epoch"].feedback


SEEDED_ANEW = """
import torch
from torch.utils.data import DataLoader, TensorDataset


class FixedOrder:
    def __init__(self, count):
        self.count = count

    def __len__(self):
        return self.count

    def __iter__(self):
        return iter(torch.randperm(self.count, generator=torch.Generator().manual_seed(42)).tolist())


def make_loader(images, labels, batch_size=32, shuffle=True):
    dataset = TensorDataset(images, labels.long())
    return DataLoader(dataset, batch_size, sampler=FixedOrder(len(dataset)) if shuffle else None)
"""


def test_hint_for_unshuffled_data_needs_unshuffled_data(graded: Graded) -> None:
    """It fails the same check as a loader that never shuffles, and for another reason."""
    wrong = lost_checks(graded({"data_pipeline.py": SEEDED_ANEW}, "make_loader")["make_loader"])
    assert {name: check.misconception for name, check in wrong.items()} == {"new_order_in_each_epoch": ""}


def test_convolution_takes_an_image_without_a_batch(refused: ChecksRefused) -> None:
    grey = torch.zeros(5, 28, 28)  # a batch of five grey images, without an axis for the channel
    assert nn.Conv2d(5, 2, 3)(grey).shape == (2, 26, 26)  # read as one image with five channels
    code = "def to_image_tensor(rows):\n    return torch.from_numpy(rows).reshape(-1, 28, 28) / 255\n"
    hint = hint_of(refused("to_image_tensor", code), "channel_axis_missing")
    assert "a single image with N channels" in hint
    maps = """
def extract_feature_maps(model, image, layers):
    maps, handles, training = {}, [], model.training
    for name in layers:
        keep = lambda module, inputs, output, name=name: maps.update({name: output.clone()})
        handles.append(model.get_submodule(name).register_forward_hook(keep))
    with torch.no_grad():
        model.eval()(image)
    [handle.remove() for handle in handles]
    model.train(training)
    return maps
"""
    assert "since torch 1.11" in hint_of(refused("extract_feature_maps", maps), "image_without_a_batch")
