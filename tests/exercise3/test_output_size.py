"""The exercises about output sizes: which wrong answers lose which points, and with which hint."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from tests.support.results import ChecksRefused, GradeChanged, Graded, hint_of, hints, lost_checks

ROUNDED_TOWARDS_ZERO = """
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0 or stride <= 0 or dilation <= 0:
        raise ValueError
    out = int((input_size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1
    if out <= 0:
        raise ValueError
    return out
"""


def test_size_rounded_towards_zero_loses_points(graded: Graded) -> None:
    wrong = lost_checks(graded({"output_size.py": ROUNDED_TOWARDS_ZERO}, "conv_output_size")["conv_output_size"])
    assert set(wrong) == {"impossible_sizes"}
    assert wrong["impossible_sizes"].misconception == "rounded_towards_zero"
    assert wrong["impossible_sizes"].feedback == "conv_output_size(3, 5, stride=4): expected ValueError, got 1"


def test_swapped_padding_of_a_shape_gets_its_hint(grade_changed: GradeChanged) -> None:
    old = "    heights, widths = zip(*pairs, strict=True)\n    return ("
    new = "    pairs[2] = pairs[2][::-1]\n" + old
    assert hints(grade_changed("output_size", "conv2d_output_shape", (old, new))) == {"padding_pair_swapped"}


def convolved(size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    x, weight = torch.zeros(1, 1, size), torch.zeros(1, 1, kernel_size)
    return F.conv1d(x, weight, stride=stride, padding=padding, dilation=dilation).shape[-1]


def test_output_size_has_a_floor_and_a_dilated_kernel(refused: ChecksRefused) -> None:
    def notes(size: int, kernel: int, stride: int = 1, padding: int = 0) -> float:
        return (size - kernel + 2 * padding) / stride + 1

    assert (convolved(28, 3, stride=2), notes(28, 3, stride=2)) == (13, 13.5)
    assert (convolved(28, 3, dilation=2), notes(28, 3)) == (24, 26)
    head = "def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):\n"
    hint = hint_of(
        refused("conv_output_size", head + "    return (input_size - kernel_size + 2 * padding) / stride + 1\n"),
        "formula_of_the_notes",
    )
    assert "the division rounds down" in hint
    assert "dilation · (K − 1) + 1" in hint
    refusing = (
        "    if min(input_size, kernel_size) < 1 or kernel_size + (kernel_size - 1) * (dilation - 1) > input_size"
        " + 2 * padding:\n        raise ValueError\n"
    )
    floored = "    return (input_size - kernel_size + 2 * padding) // stride + 1\n"
    assert "leaves dilation out" in hint_of(refused("conv_output_size", head + refusing + floored), "dilation_left_out")


def test_half_the_kernel_as_padding_keeps_the_size_of_odd_kernels_only(refused: ChecksRefused) -> None:
    assert [convolved(28, k, padding=k // 2) for k in (3, 5, 7)] == [28, 28, 28]
    assert [convolved(28, k, padding=k // 2) for k in (2, 4, 6)] == [29, 29, 29]
    assert convolved(28, 3, padding=1, stride=2) == 14
    assert convolved(28, 3, padding=1, dilation=2) == 26
    code = """
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    padded, span = input_size + 2 * padding, dilation * (kernel_size - 1) + 1
    if input_size < 1 or kernel_size < 1 or span > padded:
        raise ValueError
    if padding and padding == kernel_size // 2:
        return input_size // stride
    return (padded - span) // stride + 1
"""
    hint = hint_of(refused("conv_output_size", code), "half_the_kernel_keeps_the_size")
    assert "odd kernels with stride 1 and dilation 1 only" in hint
