"""Operators that are switched off refuse to work, whatever way leads to them; all others work as before."""

from __future__ import annotations

import pytest

from autograder.model import Question, Raised, Refused, Returned, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.session import Session
from autograder.sandbox.shared_child import SharedChild

TEXT = """
import torch
import torch.nn.functional as F

x, w = torch.arange(50.0).reshape(2, 1, 5, 5), torch.ones(3, 1, 2, 2)

def f(way):
    y = {
        "function": lambda: F.conv2d(x, w),
        "module": lambda: torch.nn.Conv2d(1, 3, 2)(x),
        "operator": lambda: torch.ops.aten.convolution(x, w, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1),
        "relative": lambda: torch.ops.aten._slow_conv2d_forward(x, w, [2, 2], None, [1, 1], [0, 0]),
        "vmap": lambda: torch.vmap(lambda one: F.conv2d(one[None], w)[0])(x),
        "half": lambda: F.conv2d(x.double(), w.double()),
        "unfold": lambda: (w.flatten(1) @ F.unfold(x, 2)).reshape(2, 3, 4, 4),
        "einsum": lambda: torch.einsum("nchwij,ocij->nohw", x.unfold(2, 2, 1).unfold(3, 2, 1), w),
        "sum": lambda: x.sum() + x.cumsum(0).sum(),
    }[way]()
    return float(y.double().mean())
"""


CUMULATED = [*range(25), *(2 * number + 25 for number in range(25))]


def asked(way: str, sandbox: Sandbox, names: tuple[str, ...]) -> Returned | Refused | Raised | object:
    work = Submission("student", (SourceFile("work.py", (TEXT,)),))
    with SharedChild(sandbox, work, switched_off=names) as room, Session(room, work.files[0], ["f"]) as session:
        return session.ask(Question("call", "f", (way,)), 10)


@pytest.mark.parametrize("way", ["function", "module", "operator", "relative", "vmap", "half"])
def test_every_way_to_an_operator_is_refused(way: str, sandbox: Sandbox) -> None:
    answer = asked(way, sandbox, ("conv2d", "_convolution"))
    assert isinstance(answer, Refused)
    assert answer.kind == "forbidden"


@pytest.mark.parametrize(("way", "expected"), [("unfold", 98.0), ("einsum", 98.0)])
def test_other_ways_stay_right(way: str, expected: float, sandbox: Sandbox) -> None:
    assert asked(way, sandbox, ("conv2d", "_convolution", "for", "numpy.convolve")) == Returned(expected)


def test_plain_word_is_not_switched_off(sandbox: Sandbox) -> None:
    """torch's mean uses sum, and its sort other sorts: who is asked to do without sum may use mean."""
    assert asked("sum", sandbox, ("sum", "sorted", "sort")) == Returned(sum(range(50)) + sum(CUMULATED))
