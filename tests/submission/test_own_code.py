"""Which changes of a student's files change the code of an exercise."""

from __future__ import annotations

import pytest

from autograder.model import SourceFile, Submission
from autograder.submission.own_code import code_digests

CELLS = (
    "import math\nSIDES = 4\n",
    'def area(side):\n    """Give the area.\n\nIn metres."""\n    return power(side, 2)  # metres\n',
    "@cached\ndef power(x, n):\n    y = x ** n\n    return y\n\n\nprint(area(2))\n",
    "def perimeter(side):\n    return SIDES * side\n",
    "x = 1\ny = area(3)\n",
    "answer = 'b'\n",
)


def digest(name: str, *cells: str) -> str | None:
    return code_digests(Submission("", (SourceFile("shapes.ipynb", cells or CELLS),)), [name]).get(name)


def changed(old: str, new: str) -> tuple[str, ...]:
    assert any(old in cell for cell in CELLS)
    return tuple(cell.replace(old, new) for cell in CELLS)


@pytest.mark.parametrize(
    ("exercise", "old", "new"),
    [
        ("area", "(side, 2)", "(side, 3)"),
        ("area", "x ** n", "n ** x"),
        ("area", "@cached\n", ""),
        ("area", "In metres", "In feet"),
        ("perimeter", "SIDES = 4", "SIDES = 5"),
        ("answer", "'b'", "'c'"),
    ],
)
def test_code_changes_with_its_definition_and_with_what_it_uses(exercise: str, old: str, new: str) -> None:
    assert digest(exercise, *changed(old, new)) != digest(exercise)


@pytest.mark.parametrize(
    ("exercise", "old", "new"),
    [
        ("area", "# metres", "# square metres"),
        ("area", "SIDES * side", "side * SIDES"),
        ("area", "SIDES = 4", "SIDES = 5"),
        ("area", "x = 1", "x = 2"),
        ("area", "print(area(2))", "print(area(3))"),
        ("area", "def perimeter", "\n\ndef perimeter"),
        ("perimeter", "import math", "import cmath"),
        ("answer", "x ** n", "n ** x"),
    ],
)
def test_comments_other_exercises_and_experiments_change_nothing(exercise: str, old: str, new: str) -> None:
    assert digest(exercise, *changed(old, new)) == digest(exercise)


def test_code_may_move_to_another_cell() -> None:
    assert digest("area", *reversed(CELLS)) == digest("area")


def test_exercise_that_is_not_there_has_no_digest() -> None:
    assert digest("volume") is None
    assert digest("side") is None


@pytest.mark.parametrize("imported", ["from blocks import Block", "import blocks", "from blocks import *"])
def test_code_changes_with_what_is_imported_from_another_file(imported: str) -> None:
    def of(block: str) -> str:
        net = SourceFile("net.py", (f"{imported}\n\n\nclass Net(Block or blocks.Block):\n    pass\n",))
        blocks = SourceFile("blocks.py", (f"class Block:\n    size = {block}\n\n\nclass Other:\n    size = 1\n",))
        return code_digests(Submission("", (net, blocks)), ["Net"])["Net"]

    assert of("1") == of("1")
    assert of("1") != of("2")


def test_code_changes_in_each_of_two_files_of_one_name() -> None:
    def of(first: str, second: str) -> dict[str, str]:
        texts = {"plane.py": first, "plane.ipynb": second}
        files = tuple(SourceFile(name, (f"def area(side):\n    return {text}\n",)) for name, text in texts.items())
        return code_digests(Submission("", files), ["area"])

    assert of("1", "2") != of("1", "3")
    assert of("1", "2") != of("3", "2")


def test_same_name_in_a_file_that_is_not_imported_changes_nothing() -> None:
    def of(helper: str) -> dict[str, str]:
        mine = SourceFile(
            "mine.py", ("def area(side):\n    return helper(side)\n\n\ndef helper(x):\n    return x * x\n",)
        )
        other = SourceFile("other.py", (f"def helper(x):\n    return {helper}\n",))
        return code_digests(Submission("", (mine, other)), ["area"])

    assert of("1") == of("2")
