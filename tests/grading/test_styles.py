"""Ways of writing right code that need the sandbox's help: compiled, checkpointed, scripted and traced networks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.exam import only, without_training
from autograder.grading import grade
from autograder.model import Exam, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox

NETWORK = """
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint


def layers(in_channels, num_classes):
    first = nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2)
    second = nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2)
    return nn.Sequential(*first, *second, nn.Flatten(), nn.Linear(1568, num_classes))


class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.net = MADE

    DECORATED
    def forward(self, x):
        return RETURNED
"""
STYLES = {
    "compiled": ("torch.compile(layers(in_channels, num_classes))", "", "self.net(x)"),
    "compiled_with_settings": (
        "torch.compile(layers(in_channels, num_classes), mode='max-autotune')",
        "",
        "self.net(x)",
    ),
    "compiled_forward": ("layers(in_channels, num_classes)", "@torch.compile", "self.net(x)"),
    "compiled_forward_with_settings": (
        "layers(in_channels, num_classes)",
        "@torch.compile(dynamic=True)",
        "self.net(x)",
    ),
    "checkpointed": ("layers(in_channels, num_classes)", "", "checkpoint(self.net, x, use_reentrant=False)"),
    "functional_call": (
        *("layers(in_channels, num_classes)", ""),
        "torch.func.functional_call(self.net, dict(self.net.named_parameters()), (x,))",
    ),
    "scripted": ("torch.jit.script(layers(in_channels, num_classes))", "", "self.net(x)"),
    "symbolically_traced": ("torch.fx.symbolic_trace(layers(in_channels, num_classes))", "", "self.net(x)"),
}


@pytest.mark.parametrize("style", STYLES)
def test_style_passes(sandbox: Sandbox, exam: Callable[[int], Exam], style: str) -> None:
    made, decorated, returned = STYLES[style]
    source = NETWORK.replace("MADE", made).replace("DECORATED", decorated).replace("RETURNED", returned)
    asked = without_training(only(exam(0), ["SimpleCNNBatchNorm"]))
    result = grade(asked, Submission("student", (SourceFile("work.py", (f"import torch.fx\n{source}",)),)), sandbox)
    checks = [check for section in result.sections for one in section.exercises for check in one.checks]
    assert {check.name: check.feedback for check in checks if check.verdict != "passed"} == {}
    notes = [note for note in result.notes if "torch.compile does nothing here" in note]
    assert len(notes) == ("torch.compile" in source)


def test_comment_about_compiling_is_no_use(sandbox: Sandbox, exam: Callable[[int], Exam]) -> None:
    source = "# torch.compile would be faster\ndef linear_params(i, o, bias=True):\n    return i * o + bias * o\n"
    asked = only(exam(0), ["linear_params"])
    assert grade(asked, Submission("student", (SourceFile("work.py", (source,)),)), sandbox).notes == ()
