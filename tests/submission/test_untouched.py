"""An exercise is untouched if all of the submission holds only its stub; in doubt its code decides."""

from __future__ import annotations

import pytest

from autograder.model import SourceFile, Submission
from autograder.submission import is_untouched, read_submission, untouched_exercises
from tests.support.course import COURSE

STUB = '''"""A section"""

import torch
from torch import nn


def half(n: int, pairs: tuple[int, int] = (1, 2), device="cpu") -> float:
    """Half of `n`: half(4) is 2."""
    # YOUR CODE HERE
    raise NotImplementedError()


class Net(nn.Module):
    """A network"""

    def __init__(self, channels: int = 3):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # YOUR CODE HERE
        raise NotImplementedError
'''


def submission(*texts: str) -> Submission:
    files = (SourceFile(f"part{number}.py", (text,)) for number, text in enumerate(texts))
    return Submission("somebody", tuple(files))


def untouched(*texts: str) -> frozenset[str]:
    return untouched_exercises({"half", "Net"}, submission(*texts))


def test_stubs_are_untouched_in_one_file_and_in_several() -> None:
    assert untouched(STUB) == {"half", "Net"}
    assert untouched(STUB, STUB) == {"half", "Net"}
    assert untouched("x = 1\n") == frozenset()


@pytest.mark.parametrize("name", ["exercise2", "exercise3", "exercise4"])
def test_all_functions_and_classes_that_are_handed_out_are_untouched(name: str) -> None:
    handed_out = read_submission(COURSE.exercises(name))
    defined = {
        line.split()[1].partition("(")[0].rstrip(":")
        for file in handed_out.files
        for cell in file.cells
        for line in cell.split("\n")
        if line.startswith(("def ", "class "))
    }
    assert len(defined) > 20
    assert untouched_exercises(defined, handed_out) == defined


@pytest.mark.parametrize(
    "change",
    [
        "\nhalf = lambda n: n // 2\n",
        "\nfor half in [int]:\n    pass\n",
        "\nfrom helper import half\n",
        "\nimport helper as half\n",
        "\ndef half(n):\n    return n // 2\n",
        "\nclass other:\n    def half(self):\n        return 1\n",
        "\nprint(half)\n",
        "\nglobals()['half'] = int\n",
        "\nexec('half = int')\n",
        "\nfrom helper import *\n",
        "\nimport sys\n",
        "\nprint.__self__\n",
        "\nprint((lambda: 0).__globals__)\n",
        "\n%run helper.py\n",
        "\n!pip install helper\n",
        "\nsetattr(torch, 'x', 1)\n",
    ],
)
def test_code_that_may_give_the_name_another_value_leaves_it_to_be_asked(change: str) -> None:
    assert "half" not in untouched(STUB + change)
    assert "half" not in untouched(STUB, change)


def test_other_code_leaves_stubs_untouched() -> None:
    text = STUB.replace("        # YOUR CODE HERE\n        raise NotImplementedError()\n", "        self.n = 1\n", 1)
    assert untouched(text + "\n# half = int\nprint('half', __doc__.__init__)\n") == frozenset()
    assert untouched(text + "\n# half = int\nprint('half')\n") == {"half"}


@pytest.mark.parametrize(
    "written",
    [
        "@helper(\n    1,\n)\ndef half(n):\n    raise NotImplementedError()\n",
        "@helper\ndef half(n):\n    raise NotImplementedError()\n",
        "def half(n):\n    return 1\n    raise NotImplementedError()\n",
        "def half(n):\n    pass\n",
        "def half(n=print()):\n    if n: raise NotImplementedError()\n",
        "def half(n):\n    '''half'''\n",
        "if True:\n    def half(n):\n        raise NotImplementedError()\n",
    ],
)
def test_what_is_no_stub_is_not_untouched(written: str) -> None:
    assert untouched(written) == frozenset()


def test_file_is_untouched_that_holds_only_stubs_imports_and_calls_of_check() -> None:
    def file(*cells: str) -> SourceFile:
        return SourceFile("work.ipynb", cells)

    assert is_untouched(file(STUB, "check()", "from autograder import check\n", "import (\n"[:0]))
    assert is_untouched(file("from torch import (\n    nn,\n    optim,\n)\nimport numpy as np, torch\n"))
    assert not is_untouched(file(STUB, "x = 1"))
    assert not is_untouched(file(STUB + "\ndef helper():\n    return 1\n"))
    assert not is_untouched(file(STUB, "def broken(:\n"))
    assert not is_untouched(file("check(1)"))
