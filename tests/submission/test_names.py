"""Names that an exercise forbids or requires are found in its source: keywords, builtins, dotted names, attributes."""

from __future__ import annotations

import time

import pytest

from autograder.errors import CourseError
from autograder.model import Exam, SourceFile
from autograder.sandbox.sandbox import Sandbox
from autograder.submission.forbidden import forbidden_use, missing_use
from tests.support.small_course import exam_of, feedback_of

USED = {
    "a loop": ("for", "def own(x):\n    for y in x:\n        pass\n", "for", 2),
    "a comprehension": ("for", "def own(x):\n    return [y for y in x]\n", "for", 2),
    "a while loop": ("while", "def own(x):\n    while(x):\n        x -= 1\n", "while", 2),
    "a builtin": ("sorted", "def own(x):\n    return sorted(x)\n", "sorted", 2),
    "a builtin as an argument": ("max", "def own(x):\n    return f(x, key=max)\n", "max", 2),
    "a builtin of the module": ("sum", "import builtins as b\ndef own(x):\n    return b.sum(x)\n", "b.sum", 3),
    "an alias of a module": (
        "nn.LSTMCell",
        "import torch.nn as N\ndef own():\n    N.LSTMCell(1, 2)\n",
        "N.LSTMCell",
        3,
    ),
    "an imported name": (
        "nn.LSTMCell",
        "from torch.nn import LSTMCell\ndef own():\n    LSTMCell(1, 2)\n",
        "LSTMCell",
        3,
    ),
    "another name": ("torch.nn.LSTM", "from torch.nn import LSTM as L\ndef own():\n    L(1, 2)\n", "L", 3),
    "its own module": (
        "nn.LSTM",
        "from torch.nn.modules.rnn import LSTM\ndef own():\n    return LSTM(1, 2)\n",
        "LSTM",
        3,
    ),
    "a function of numpy": ("np.convolve", "import numpy\ndef own(x):\n    numpy.convolve(x)\n", "numpy.convolve", 3),
    "a deep one": ("numpy.linalg.inv", "import numpy.linalg as L\ndef own(x):\n    L.inv(x)\n", "L.inv", 3),
    "all of a module": ("numpy.convolve", "from numpy import *\ndef own(x):\n    convolve(x)\n", "convolve", 3),
    "an import inside": ("numpy.convolve", "def own(x):\n    import numpy as n\n    n.convolve(x)\n", "n.convolve", 3),
    "a method": (".sort", "def own(x):\n    list(x).sort()\n", ".sort", 2),
    "a helper of a helper": (
        "while",
        "def a(x):\n    while x: pass\n\ndef b(x):\n    a(x)\n\ndef own(x):\n    b(x)\n",
        "while",
        2,
    ),
}
UNUSED = {
    "a variable of that name": ("sum", "def own(x):\n    sum = 0\n    for y in x:\n        sum += y\n    return sum\n"),
    "a parameter of that name": ("max", "def own(x, max=3):\n    return x + max\n"),
    "a keyword argument": ("max", "def own(x):\n    return x.clamp(max=1)\n"),
    "a method": ("sorted", "def own(x):\n    return x.sorted()\n"),
    "a longer name": ("for", "def own(x):\n    return x.for_each(format)\n"),
    "a comment": ("for", "def own(x):\n    return x  # for all\n"),
    "another function": ("while", "def other(x):\n    while x: pass\n\ndef own(x):\n    return x\n"),
    "another module": ("numpy.convolve", "import mine\ndef own(x):\n    return mine.convolve(x)\n"),
    "a longer class": ("nn.LSTM", "from torch import nn\ndef own(x):\n    return nn.LSTMCell(1, 2)\n"),
    "another method": (".sort", "def own(x):\n    return x.sorted\n"),
}


def work(text: str) -> SourceFile:
    return SourceFile("work.py", (text,))


@pytest.mark.parametrize("what", USED)
def test_use_is_found_with_its_line(what: str) -> None:
    name, text, use, line = USED[what]
    assert forbidden_use(work(text), "own", [name]) == f"{use} in work.py, line {line}"
    assert missing_use(work(text), "own", [name]) is None


@pytest.mark.parametrize("what", UNUSED)
def test_other_things_are_no_use(what: str) -> None:
    name, text = UNUSED[what]
    assert forbidden_use(work(text), "own", [name]) is None
    assert missing_use(work(text), "own", [name]) == name


def test_first_name_that_is_missing_is_named() -> None:
    assert missing_use(work("def own(x):\n    for y in x: pass\n"), "own", ["for", "while", "sum"]) == "while"


def test_exercise_that_is_defined_otherwise_may_use_a_name_anywhere() -> None:
    assert missing_use(work("def make():\n    while f(): pass\nown = make()\n"), "own", ["while"]) is None


def test_hostile_text_takes_no_time() -> None:
    names = ["for", "max", "numpy.convolve", ".sort", "conv2d"]
    lines = [
        "(" * 380 + "max",
        "for " * 95 + "max",
        "max," * 90 + "max",
        "def " + "(:" * 180 + "max",
        "a." * 190 + "sort",
    ]
    start = time.monotonic()
    for line in lines:
        text = "from numpy import *\ndef own(x):\n" + f"    {line}\n" * (150_000 // (len(line) + 5))
        forbidden_use(work(text), "own", names)
        missing_use(work(text), "own", names)
    assert time.monotonic() - start < 10


REFERENCE = '''\
"""Loops"""

from autograder.author import case, check, reference


@reference(points=1, forbids=("sorted", "while", "numpy.sort", ".sort"), requires=("for",))
def ordered(values):
    """Sort."""
    return sorted(values)


@check(ordered, points=1)
def order(draw):
    """The values are in order"""
    yield case([3, 1, 2])
'''
BUBBLES = """
def swap(values):
    for i in range(len(values) - 1):
        if values[i] > values[i + 1]:
            values[i], values[i + 1] = values[i + 1], values[i]

def ordered(values):
    swap(values)
    swap(values)
    return values
"""


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Exam:
    return exam_of(tmp_path_factory.mktemp("course"), REFERENCE)


@pytest.mark.parametrize(
    ("text", "feedback"),
    [
        (BUBBLES, ""),
        (
            "def ordered(v):\n    return sorted(x for x in v)\n",
            "failed: ordered uses sorted in work.py, line 2, which this exercise asks you to do without",
        ),
        (
            "import numpy as n\ndef ordered(v):\n    return n.sort(v).tolist()\n",
            "failed: ordered uses n.sort in work.py, line 3, which this exercise asks you to do without",
        ),
        (
            "def ordered(v):\n    return [min(v), sum(v) - min(v) - max(v), max(v)]\n",
            "failed: ordered does not use for, which this exercise asks for",
        ),
        (
            "def ordered(v):\n    for x in v: pass\n    return v\n",
            "failed: ordered([3, 1, 2]): expected [1, 2, 3], got [3, 1, 2]",
        ),
    ],
)
def test_right_answer_counts_only_with_the_names_that_are_asked_for(
    sandbox: Sandbox, exam: Exam, text: str, feedback: str
) -> None:
    assert feedback_of(sandbox, exam, text)["order"] == feedback


def test_required_names_are_a_tuple(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(CourseError, match="requires is a tuple of names"):
        exam_of(tmp_path_factory.mktemp("course"), REFERENCE.replace('("for",)', '("for")'))
