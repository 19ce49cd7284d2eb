"""Mistakes are edits of the right program, combined with its alternatives; families of checks take a line each."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.author import case, cases, mistake, mistakes, reference
from autograder.edits import EditError
from autograder.errors import CourseError
from autograder.model import ExamExercise, Returned
from tests.support.small_course import exam_of

SUMS = '''"""Sums"""

from autograder.author import alternative, case, cases, check, mistake, mistakes, reference


@reference(points=1)
def total(x, y):
    """What is added?"""
    return x + 10 * y


@alternative(total)
def other(x, y):
    return 10 * y + x + 0.5


@alternative(total)
def third(x, y):
    return float(f"{y}{x}") + 0.25


@check(total, points=1)
def values(draw):
    """The sum"""
    yield case(1, 2)


wrong = mistakes(
    total,
    """
    tens: Ten times y is added,
        not y alone.
        10 * y -> y

    swapped: The two are exchanged.
        x + 10 * y -> y + 10 * x
    """,
)
hundred = mistake(total, {"10": "100"}, "Ten times, not a hundred times.")
'''


@pytest.fixture
def sums(tmp_path: Path) -> ExamExercise:
    (exercise,) = exam_of(tmp_path, SUMS).exercises
    return exercise


def test_mistakes_have_names_and_hints(sums: ExamExercise) -> None:
    hints = {wrong.name: wrong.hint for wrong in sums.misconceptions}
    assert hints == {
        "tens": "Ten times y is added, not y alone.",
        "swapped": "The two are exchanged.",
        "hundred": "Ten times, not a hundred times.",
    }


def test_mistake_is_made_in_every_alternative_that_has_the_words(sums: ExamExercise) -> None:
    values = [(wrong.name, wrong.answers["values"]) for wrong in sums.misconceptions]
    assert values == [
        ("tens", (Returned(3),)),
        ("tens", (Returned(3.5),)),
        ("swapped", (Returned(12),)),
        ("hundred", (Returned(201),)),
        ("hundred", (Returned(201.5),)),
    ]


@reference(points=1)
def double(x: int, scale: int = 2) -> int:
    return x * scale


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("a: Not so.\n    x * 3 -> x", r"line 1 of the table of mistakes, a: .*`x \* 3` is not there"),
        ("a: Not so.\n    x -> y\nb:\n    x -> y", r"line 3 of the table of mistakes: write `name: hint`"),
        ("a: Not so.\n    x -> y\n    x -> z", "line 1 of the table of mistakes, a: two changes have the same words"),
        ("a: Not so.", "line 1 of the table of mistakes: write `name: hint`"),
        ("a b: Not so.\n    x -> y", "line 1 of the table of mistakes: write `name: hint`"),
        ("a: Not so.\n    x * -> y", r"line 1 of the table of mistakes, a: .*`x \*` is not a piece of Python"),
    ],
)
def test_error_names_the_line_of_the_table(table: str, message: str) -> None:
    with pytest.raises(EditError, match=message):
        mistakes(double, table)


def test_name_that_the_module_does_not_define_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"^work: total: mistake tens uses np, which its module does not define"):
        exam_of(tmp_path, SUMS.replace("10 * y -> y\n", "10 * y -> np.abs(y)\n"))


def test_mistake_without_a_hint_is_refused() -> None:
    with pytest.raises(TypeError, match="a mistake has a hint"):
        mistake(double, {"x * scale": "x"}, " ")


def test_table_of_calls_is_compared_with_the_reference() -> None:
    rows = list(cases(double, (3, 6), ((3, 4), 12), (case(3, scale=5), 15)))
    assert [(row.args, row.kwargs) for row in rows] == [((3,), {}), ((3, 4), {}), ((3,), {"scale": 5})]
    with pytest.raises(CourseError, match=r"^the table says that double\(3, scale=5\) is 16, the reference gives 15$"):
        list(cases(double, (case(3, scale=5), 16)))
