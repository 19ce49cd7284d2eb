"""What a tester found who had not written any of it: wrong work that passed, right work that was refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from autograder.model import ExerciseResult, Grade
from autograder.sandbox.sandbox import Limits

from .lost_points import lost

SOLUTIONS = Path(__file__).parents[1] / "solutions" / "exercise3"
Graded = Callable[..., dict[str, ExerciseResult]]


def solution(section: str) -> str:
    return (SOLUTIONS / f"{section}.py").read_text(encoding="utf-8")


def test_detached_skips_lose_points(graded: Graded) -> None:
    text = solution("unet").replace("self.decoder(x, features)", "self.decoder(x, [f.detach() for f in features])")
    assert lost(graded({"unet.py": text}, "UNet")["UNet"]) == {"gradients_take_every_skip"}


def test_padding_with_a_thousand_loses_points(graded: Graded) -> None:
    text = "import torch.nn.functional as F\n\ndef max_pool2d_manual(x, kernel_size, stride=None, padding=0):\n"
    text += "    stride = stride or kernel_size\n    x = F.pad(x, (padding,) * 4, value=-1000.0)\n"
    text += "    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax((4, 5))\n"
    assert lost(graded({"pool.py": text}, "max_pool2d_manual")["max_pool2d_manual"]) == {"padding_never_wins"}


def test_invented_curves_lose_points(graded: Graded) -> None:
    text = "def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):\n"
    text += "    return {'plain': [2.3] * steps, 'batchnorm': [2.3] + [0.3] * (steps - 1)}\n"
    result = graded({"batchnorm.py": text}, "compare_batchnorm")["compare_batchnorm"]
    assert "tells_its_own_trainings" in lost(result)


def test_helpers_may_stand_in_a_package(graded: Graded) -> None:
    files = {
        "work/counting/__init__.py": "",
        "work/counting/sides.py": "def area(k):\n    return k * k if isinstance(k, int) else k[0] * k[1]\n",
        "work/helpers.py": "from .counting.sides import area\n",
        "work/parameter_counting.py": "from .helpers import area\nfrom counting.sides import area as same\n\n"
        "def conv2d_params(in_channels, out_channels, kernel_size, bias=True):\n"
        "    assert area(2) == same(2)\n"
        "    return out_channels * (in_channels * area(kernel_size) + bool(bias))\n",
    }
    assert lost(graded(files, "conv2d_params")["conv2d_params"]) == set()


def test_error_may_be_of_a_kind_of_its_own(graded: Graded) -> None:
    text = solution("output_size").replace("raise ValueError", "raise TooLargeError")
    text = text.replace(
        "\ndef conv_output_size", "\nclass TooLargeError(ValueError):\n    pass\n\n\ndef conv_output_size", 1
    )
    assert "TooLargeError(" in text
    assert lost(graded({"output_size.py": text}, "conv_output_size")["conv_output_size"]) == set()


def test_array_of_ints_may_stand_for_a_tuple(graded: Graded) -> None:
    text = solution("output_size") + "\n_shape = conv2d_output_shape\n\n"
    text += (
        "def conv2d_output_shape(*args, **kwargs):\n    import numpy\n    return numpy.array(_shape(*args, **kwargs))\n"
    )
    assert lost(graded({"output_size.py": text}, "conv2d_output_shape")["conv2d_output_shape"]) == set()


def test_loop_that_never_ends_costs_no_constant(graded: Graded) -> None:
    text = "EXTRA = int('1')\nwhile True:\n    pass\n\ndef linear_params(in_features, out_features, bias=True):\n"
    text += "    return out_features * (in_features + (EXTRA if bias else 0))\n"
    result = graded({"work.py": text}, "linear_params", limits=Limits(load_seconds=1.5))
    assert lost(result["linear_params"]) == set()


def test_what_was_printed_is_kept(whole_grade: Callable[..., Grade]) -> None:
    text = "def linear_params(in_features, out_features, bias=True):\n    print('seen', in_features)\n    return 0\n"
    assert "seen 784" in whole_grade({"work.py": text}, "linear_params").output["work.py"]


def test_batchnorm_with_weights_of_four_axes_is_right(graded: Graded) -> None:
    assert lost(graded({"batchnorm.py": FOUR_AXES}, "BatchNorm2d")["BatchNorm2d"]) == set()


def test_network_that_is_right_for_one_size_keeps_what_it_does_well(graded: Graded) -> None:
    result = graded({"simple_cnn.py": TEN_CLASSES}, "SimpleCNN")["SimpleCNN"]
    assert lost(result) == {"parameter_count", "computes_the_logits"}


def test_networks_may_be_made_in_another_module(graded: Graded) -> None:
    text = solution("batchnorm").replace("compare_batchnorm", "compare")
    outer = "import helpers\n\n\ndef compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):\n"
    outer += "    return helpers.compare(images, labels, lr, steps, batch_size, seed)\n"
    files = {"batchnorm.py": outer, "helpers.py": text}
    assert lost(graded(files, "compare_batchnorm")["compare_batchnorm"]) == set()


def test_network_may_call_a_part_of_itself_to_see_its_size(graded: Graded) -> None:
    old = "self.layers = nn.Sequential(*layers, nn.Flatten(), nn.Linear(16 * 7 * 7, num_classes))"
    new = "self.layers = nn.Sequential(*layers, nn.Flatten())\n"
    new += "        size = self.layers(torch.zeros(1, in_channels, 28, 28))"
    new += ".shape[1]\n        self.layers.append(nn.Linear(size, num_classes))"
    assert old in solution("batchnorm")
    text = solution("batchnorm").replace(old, new)
    assert lost(graded({"batchnorm.py": text}, "compare_batchnorm")["compare_batchnorm"]) == set()


def test_exercise_in_two_files_is_told(whole_grade: Callable[..., Grade]) -> None:
    wrong = "def linear_params(in_features, out_features, bias=True):\n    return 5\n"
    files = {"parameter_counting.py": wrong, "other.py": solution("parameter_counting")}
    notes = whole_grade(files, "linear_params").notes
    assert notes == ("linear_params is written in other.py too; the one in parameter_counting.py counts.",)


FOUR_AXES = """
import torch
from torch import nn


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        shape = (1, num_features, 1, 1)
        self.weight, self.bias = nn.Parameter(torch.ones(shape)), nn.Parameter(torch.zeros(shape))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))
        self.eps, self.momentum = eps, momentum

    def forward(self, x):
        mean, var = self.running_mean, self.running_var
        if self.training:
            mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
            with torch.no_grad():
                self.running_mean += self.momentum * (mean - self.running_mean)
                self.running_var += self.momentum * (x.var((0, 2, 3)) - self.running_var)
        x = (x - mean.view(1, -1, 1, 1)) / torch.sqrt(var.view(1, -1, 1, 1) + self.eps)
        return x * self.weight + self.bias
"""

TEN_CLASSES = """
from torch import nn


class SimpleCNN(nn.Sequential):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__(
            nn.Conv2d(in_channels, 16, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(1568, 10),
        )
"""
