"""`grade lint --mutants` finds what small edits of right code the checks let pass."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.errors import CourseError
from autograder.lint.mutants import Mutant, run_mutants
from autograder.sandbox.sandbox import Sandbox
from tests.support.commands import run_grade
from tests.support.submissions import write_all

SOLUTION = '''"""Areas"""


def area(height, width, frame=0):
    """The area of a rectangle with a frame of this width around it."""
    ### BEGIN SOLUTION
    return (height + 2 * frame) * (width + 2 * frame)
    ### END SOLUTION
'''
REFERENCE = '''"""Areas"""

from autograder.author import alternative, case, check, misconception, reference

DOUBLE = 2


@reference(points=2)
def area(height, width, frame=0):
    """What does the frame add on each side?"""
    return (height + 2 * frame) * (width + 2 * frame)


@alternative(area)
def added_up(height, width, frame=0):
    return height * width + DOUBLE * frame * (height + width) + DOUBLE * DOUBLE * frame * frame


@check(area, points=1)
def without_frame(draw):
    """The area is the product of the sides"""
    yield case(3, 5)
    yield case(4, 1)


@check(area, points=1)
def with_frame(draw):
    """A frame lies on both sides"""
    yield case(4, 4, CASE)


@misconception(area)
def one_side(height, width, frame=0):
    """A frame has two sides."""
    return (height + frame) * (width + frame)
'''


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def course(folder: Path, frame: str = "3", right: str = "") -> Course:
    write_all(
        folder,
        {
            "reference/areas/__init__.py": '"""Areas"""\nsections = ("work",)\n',
            "reference/areas/work.py": REFERENCE.replace("CASE", frame),
            "reference/areas/right_edits.txt": right,
            "solutions/areas/work.py": SOLUTION,
        },
    )
    return Course(folder)


def mutants(sandbox: Sandbox, course: Course, seeds: int = 1) -> list[Mutant]:
    events = run_mutants(course, "areas", sandbox, seeds=range(seeds))
    return [event for event in events if isinstance(event, Mutant)]


def test_wrong_mutants_are_refused_and_holes_survive(sandbox: Sandbox, tmp_path: Path) -> None:
    found = mutants(sandbox, course(tmp_path))
    outcomes = {(one.form, one.sentence): one for one in found}
    assert outcomes["solution", "`2 * frame` becomes `2 + frame`"].outcome == "refused"
    assert outcomes["alternative added_up", "`DOUBLE * frame` becomes `DOUBLE + frame`"].outcome == "refused"
    hole = outcomes["solution", "0 becomes 1"]  # of the default: without_frame refuses it
    assert hole.outcome == "refused"
    [swapped] = [one for one in found if one.sentence == "`height` becomes `width`" and "(width + 2" in one.diff]
    assert swapped.outcome == "refused"
    assert all(one.witness for one in found if one.outcome == "surviving")


def test_hole_is_shown_with_a_call_that_tells_it_apart(sandbox: Sandbox, tmp_path: Path) -> None:
    found = mutants(sandbox, course(tmp_path))  # the sides are equal wherever there is a frame
    holes = [one for one in found if one.outcome == "surviving" and one.sentence == "`height` becomes `width`"]
    assert [one.form for one in holes] == ["alternative added_up"]
    assert holes[0].witness.startswith("area(")
    assert "right " in holes[0].witness
    assert holes[0].diff.splitlines()[1].endswith("DOUBLE * frame * (width + width) + DOUBLE * DOUBLE * frame * frame")


def test_verdict_that_depends_on_the_seed_is_named(sandbox: Sandbox, tmp_path: Path) -> None:
    found = mutants(sandbox, course(tmp_path, frame="draw.integer(1, 3)"), seeds=8)
    unsure = [one for one in found if one.unsure]
    assert {one.outcome for one in unsure} <= {"refused", "seed"}
    assert "`2 * frame` becomes `2 + frame`" in {one.sentence for one in unsure}
    assert {name for one in unsure for name in one.unsure} == {"with_frame"}


def test_equal_answers_are_no_hole(sandbox: Sandbox, tmp_path: Path) -> None:
    found = {one.sentence: one.outcome for one in mutants(sandbox, course(tmp_path))}
    assert found["`DOUBLE * DOUBLE` becomes `DOUBLE ** DOUBLE`"] == "equal"


def test_listed_mutants_are_right(sandbox: Sandbox, tmp_path: Path) -> None:
    line = "    return (height + 2 * frame) * (width + 2 * frame)"
    other = "    return max((height + 2 * frame) * (width + 2 * frame), 1)"
    listed = f"area: no side is 0\n-{line}\n+{other}\n"
    found = [one for one in mutants(sandbox, course(tmp_path, right=listed)) if one.outcome == "listed"]
    assert [(one.form, one.reason) for one in found] == [("solution", "no side is 0")]


def test_list_must_have_reasons(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"right_edits\.txt, at 'area'"):
        mutants(sandbox, course(tmp_path, right="area\n-    x\n+    y\n"))


def test_second_run_grades_nothing_anew(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from autograder.lint.mutants import run

    first = mutants(sandbox, course(tmp_path))

    def not_again(*_: object) -> None:
        raise AssertionError("this mutant was graded before")

    monkeypatch.setattr(run, "passed_checks", not_again)
    assert {(one.sentence, one.outcome) for one in mutants(sandbox, Course(tmp_path))} == {
        (one.sentence, one.outcome) for one in first
    }


def test_command_prints_the_holes(tmp_path: Path) -> None:
    course(tmp_path)
    done = run_grade(tmp_path, "lint", "areas", "--mutants", "--seeds", "1")
    assert done.returncode == 1, done.stderr
    assert "area, alternative added_up, line 2 (name): `height` becomes `width`" in done.stdout
    assert "differs from the reference: area(" in done.stdout
    done = run_grade(tmp_path, "lint", "areas", "--mutants", "--seeds", "1", "--json")
    entries = json.loads(done.stdout)
    assert {entry["outcome"] for entry in entries} >= {"refused", "surviving"}
    assert {"assignment", "exercise", "form", "kind", "line", "sentence", "diff", "witness", "failed"} <= set(
        entries[0]
    )


def test_misspelt_exercise(tmp_path: Path) -> None:
    course(tmp_path)
    done = run_grade(tmp_path, "lint", "areas", "--mutants", "--only", "aera")
    assert done.returncode == 2
    assert "There is no exercise or section 'aera' in areas; did you mean area?" in done.stderr
    done = run_grade(tmp_path, "lint", "areas", "--only", "area")
    assert done.returncode == 2
    assert "--only goes with --mutants" in done.stderr
