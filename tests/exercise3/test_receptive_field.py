"""The exercises about receptive fields: which wrong answers lose which points, and with which hint."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from tests.support.results import ChecksRefused, hint_of


def test_pooling_leaves_a_quarter_of_the_pixels(refused: ChecksRefused) -> None:
    before, after = torch.zeros(1, 16, 28, 28), F.max_pool2d(torch.zeros(1, 32, 28, 28), 2)
    assert (before.numel(), after.numel()) == (16 * 28**2, 32 * 14**2)
    assert before.numel() == 2 * after.numel()  # twice the channels do not make up for it
    code = """
def flatten_features(image_size, channels, num_pools):
    return channels * image_size**2 // 2**num_pools
"""
    hint = hint_of(refused("flatten_features", code), "pixels_halved")
    assert "leaves a quarter" in hint
    assert "32 · 14² is half of 16 · 28²" in hint


def fields(layers: list[tuple[int, int]]) -> list[int]:
    """The receptive field after each layer, measured: which inputs the gradient of one output in the middle reaches."""
    reached = []
    for count in range(1, len(layers) + 1):
        x = torch.zeros(1, 1, 64, requires_grad=True)
        y = x
        for kernel_size, stride in layers[:count]:
            y = F.conv1d(y, torch.ones(1, 1, kernel_size), stride=stride)
        y[0, 0, y.shape[-1] // 2].backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        assert x.grad is not None
        reached.append(int((x.grad != 0).sum()))
    return reached


CONV, POOL = (3, 1), (2, 2)


def test_pooling_adds_one_jump_to_the_receptive_field(refused: ChecksRefused) -> None:
    assert fields([CONV, CONV, POOL, CONV]) == [3, 5, 6, 10]  # not 3, 5, 10
    code = """
def receptive_field(layers):
    jump, field = 1, 1
    for kernel_size, stride, *dilation in layers:
        growth = (dilation or [1])[0] * (kernel_size - 1) * jump
        field = 2 * field if (kernel_size, stride) == (2, 2) else field + growth
        jump *= stride
    return field
"""
    assert "adds one jump and then doubles the jump" in hint_of(refused("receptive_field", code), "pooling_doubles")


def test_table_of_three_convolutions_and_a_pooling(refused: ChecksRefused) -> None:
    assert fields([CONV, CONV, CONV, POOL]) == [3, 5, 7, 8]
    assert fields([CONV, CONV, POOL, CONV]) == [3, 5, 6, 10]
    code = """
def receptive_field_table(layers):
    if len(layers) > 1 and tuple(layers[-1]) == (2, 2):
        layers = layers[:-2] + [layers[-1], layers[-2]]
    table, jump, field = [], 1, 1
    for kernel_size, stride, *dilation in layers:
        field += (dilation or [1])[0] * (kernel_size - 1) * jump
        jump *= stride
        table.append((jump, field))
    return table


def receptive_field(layers):
    return receptive_field_table(layers)[-1][1] if layers else 1
"""
    hint = hint_of(refused("receptive_field_table", code), "pool_moved_before_the_last_convolution")
    assert "With the pooling last it is 3, 5, 7, 8" in hint
    assert "with the pooling last it is 8" in hint_of(
        refused("receptive_field", code.replace("receptive_field_table", "rows")), "pool_before_the_last_convolution"
    )
