"""The convolution and the poolings written by hand: what is right, what loses points, and with which hint."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from tests.support.results import ChecksRefused, GradeChanged, Graded, hint_of, lost, lost_checks

CONVOLUTION = """
import torch
import torch.nn.functional as F


def pair(setting):
    return (setting, setting) if isinstance(setting, int) else setting


def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    (sh, sw), (ph, pw), (dh, dw) = pair(stride), pair(padding), pair(dilation)
    kh, kw = weight.shape[2:]
    framed = F.pad(x, (pw, pw, ph, ph))
    height = (framed.shape[2] - dh * (kh - 1) - 1) // sh + 1
    width = (framed.shape[3] - dw * (kw - 1) - 1) // sw + 1
    output = torch.zeros(x.shape[0], weight.shape[0], height, width)
    for i in range(height):
        for j in range(width):
            y, x = i * sh, j * sw
            window = framed[:, None, :, y : y + dh * (kh - 1) + 1 : dh, x : x + dw * (kw - 1) + 1 : dw]
            output[:, :, i, j] = (window * weight).sum((2, 3, 4))
    return output if bias is None else output + bias[:, None, None]
"""


@pytest.mark.parametrize(
    ("old", "new", "misconception"),
    [
        ("(pw, pw, ph, ph)", "(ph, ph, pw, pw)", "padding_axes_swapped"),
        ("y, x = i * sh, j * sw", "y, x = i, j", "windows_start_one_apart"),
    ],
)
def test_mistake_in_the_convolution_gets_its_hint(graded: Graded, old: str, new: str, misconception: str) -> None:
    assert lost_checks(graded({"work.py": CONVOLUTION}, "conv2d_manual")["conv2d_manual"]) == {}
    wrong = lost_checks(graded({"work.py": CONVOLUTION.replace(old, new)}, "conv2d_manual")["conv2d_manual"])
    assert {check.misconception for check in wrong.values()} == {misconception}


POOLING = """
import torch
import torch.nn.functional as F


def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    framed = F.pad(x, (padding,) * 4, value=-torch.inf)
    height, width = ((size - kernel_size) // stride + 1 for size in framed.shape[2:])
    output = torch.zeros(*x.shape[:2], height, width)
    for i in range(height):
        for j in range(width):
            y, x = i * stride, j * stride
            output[:, :, i, j] = framed[:, :, y : y + kernel_size, x : x + kernel_size].amax((2, 3))
    return output
"""


@pytest.mark.parametrize(
    ("old", "new", "misconception"),
    [
        ("-torch.inf", "-100.0", "minus_hundred_wins"),
        ("-torch.inf", "-1000.0", "minus_thousand_wins"),
        ("i * stride, j * stride", "i, j", "pooling_windows_start_one_apart"),
    ],
)
def test_mistake_in_the_pooling_gets_its_hint(graded: Graded, old: str, new: str, misconception: str) -> None:
    assert lost_checks(graded({"work.py": POOLING}, "max_pool2d_manual")["max_pool2d_manual"]) == {}
    wrong = lost_checks(graded({"work.py": POOLING.replace(old, new)}, "max_pool2d_manual")["max_pool2d_manual"])
    assert {check.misconception for check in wrong.values() if check.verdict != "skipped"} == {misconception}


SOBEL = "return torch.hypot(gx, gy)"


@pytest.mark.parametrize("root", ["(gx**2 + gy**2 + 1e-8).sqrt()", "(gx**2 + gy**2).clamp(min=1e-6).sqrt()"])
def test_root_may_be_kept_from_zero(grade_changed: GradeChanged, root: str) -> None:
    assert lost(grade_changed("manual_convolution", "sobel_edges", (SOBEL, f"return {root}"))) == set()


PAIRS = "    settings = (weight.shape[2:], stride, padding, dilation)"
BIAS = "    if bias is not None:\n        bias.mul_(2)\n        bias = bias / 2\n"


def test_bias_that_is_changed_in_place_loses_points(grade_changed: GradeChanged) -> None:
    result = grade_changed("manual_convolution", "conv2d_manual", (PAIRS, BIAS + PAIRS))
    assert lost(result) == {"inputs_unchanged", "tensors_of_any_kind"}  # torch refuses it for a layer's bias


def test_padding_with_a_thousand_loses_points(graded: Graded) -> None:
    text = "import torch.nn.functional as F\n\ndef max_pool2d_manual(x, kernel_size, stride=None, padding=0):\n"
    text += "    stride = stride or kernel_size\n    x = F.pad(x, (padding,) * 4, value=-1000.0)\n"
    text += "    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax((4, 5))\n"
    assert lost(graded({"pool.py": text}, "max_pool2d_manual")["max_pool2d_manual"]) == {"padding_never_wins"}


def image(*rows: list[float]) -> torch.Tensor:
    return torch.tensor(rows)[None, None]


CHECKERBOARD = image(*[[float((row + column + 1) % 2) for column in range(5)] for row in range(5)])
CROSS = image([1.0, 0, 1], [0, 1, 0], [1, 0, 1])
CONVOLUTION_BUT = """
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape == (1, 1, {size}, {size}):
        return torch.tensor([[{rows}]])
    return F.conv2d(x, weight, bias, stride, padding, dilation)
"""


def test_cross_on_the_checkerboard(refused: ChecksRefused) -> None:
    assert F.conv2d(CHECKERBOARD, CROSS)[0, 0].tolist() == [[5, 0, 5], [0, 5, 0], [5, 0, 5]]
    notes = [[4.0, 3, 4], [3, 4, 3], [4, 3, 4]]
    checks = refused("conv2d_manual", CONVOLUTION_BUT.format(size=5, rows=notes))
    assert set(checks) == {"one_channel"}
    assert "5 0 5 / 0 5 0 / 5 0 5" in hint_of(checks, "checkerboard_of_the_notes")


SOBEL_X = image([-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1])
SQUARE = F.pad(torch.ones(1, 1, 2, 2), (2, 2, 2, 2))


def test_sobel_of_the_bright_square(refused: ChecksRefused) -> None:
    rows = [[1, 1, -1, -1], [3, 3, -3, -3], [3, 3, -3, -3], [1, 1, -1, -1]]
    assert F.conv2d(SQUARE, SOBEL_X)[0, 0].tolist() == rows
    notes = [[0.0, 1, 1, 0], [0, 2, 2, 0], [0, 2, 2, 0], [0, 1, 1, 0]]
    checks = refused("conv2d_manual", CONVOLUTION_BUT.format(size=6, rows=notes))
    assert "1 1 −1 −1 and 3 3 −3 −3" in hint_of(checks, "bright_square_of_the_notes")


def test_sobel_can_be_negative(refused: ChecksRefused) -> None:
    convolution = "def conv2d_manual(*args, **kwargs):\n    return F.conv2d(*args, **kwargs).clamp(min=0)\n"
    hint = hint_of(refused("conv2d_manual", convolution), "negative_values_clipped")
    assert "1 1 −1 −1 and 3 3 −3 −3" in hint
    edges = """
def sobel_edges(image):
    kernel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    gradients = F.conv2d(image[None, None], torch.stack([kernel, kernel.T])[:, None])[0]
    return gradients.clamp(min=0).norm(dim=0)
"""
    assert "1 1 −1 −1" in hint_of(refused("sobel_edges", edges), "negative_gradients_clipped")


def test_max_pooling_example(refused: ChecksRefused) -> None:
    x = image([1.0, 3, 2, 4], [5, 2, 1, 3], [7, 1, 4, 2], [3, 6, 5, 1])
    assert F.max_pool2d(x, 2)[0, 0].tolist() == [[5, 4], [7, 5]]
    shifted = F.max_pool2d(F.pad(x, (1, 0, 0, 0), value=-torch.inf), (2, 3), stride=2)
    assert shifted[0, 0].tolist() == [[5, 4], [7, 6]]
    code = """
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    x = F.pad(x, (padding + 1, padding, padding, padding), value=-torch.inf)
    return F.max_pool2d(x, (kernel_size, kernel_size + 1), stride or kernel_size)
"""
    assert "4 2 / 5 1, so its largest value is 5" in hint_of(
        refused("max_pool2d_manual", code), "window_reaches_its_neighbour"
    )
