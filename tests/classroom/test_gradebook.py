"""Which points count when a person overrides the grader."""

from __future__ import annotations

import pytest

from autograder.classroom.gradebook import Entry, Gradebook, Override, Student
from autograder.model import ExerciseResult, Grade, Isolation, SectionResult

ALICE = Student("alice")


def grade() -> Grade:
    """3 points for `area`, 1 for `noise`, which is extra credit."""
    area = ExerciseResult("area", 3.0, 3.0, 0.1, ())
    noise = ExerciseResult("noise", 1.0, 1.0, 0.1, ())
    sections = (
        SectionResult("shapes", "Shapes", False, 3.0, 3.0, (area,)),
        SectionResult("bonus", "Bonus", True, 1.0, 1.0, (noise,)),
    )
    return Grade("exercise7", "alice", 4.0, 3.0, 1.0, Isolation("full"), 7, "d", {}, 1.0, sections)


def given(*overrides: tuple[str, float]) -> Entry:
    return Entry(ALICE, "graded", grade(), overrides=tuple(Override(name, points, "why") for name, points in overrides))


def test_without_overrides_the_grade_counts() -> None:
    assert (given().earned, given().extra, given().exercises) == (4.0, 1.0, {"area": 3.0, "noise": 1.0})


def test_override_of_an_exercise_replaces_its_points() -> None:
    entry = given(("area", 1.5))
    assert (entry.earned, entry.extra, entry.grader_points) == (2.5, 1.0, 4.0)


def test_override_of_extra_credit_changes_extra() -> None:
    entry = given(("noise", 0.5))
    assert (entry.earned, entry.extra) == (3.5, 0.5)


def test_override_of_the_whole_goes_over_those_of_exercises() -> None:
    entry = given(("", 2.0), ("area", 0.0))
    assert (entry.earned, entry.extra) == (2.0, None)


def test_last_override_counts() -> None:
    assert (given(("area", 1.0), ("area", 2.0)).earned, given(("", 1.0), ("", 2.0)).earned) == (3.0, 2.0)


def test_who_has_no_grade_has_no_points() -> None:
    entry = Entry(ALICE, "missing")
    assert (entry.earned, entry.extra, entry.grader_points, entry.exercises) == (None, None, 0.0, {})


def test_overrides_alone_give_points() -> None:
    overrides = tuple(Override("area", points, "oral") for points in (1.0, 2.0))
    entry = Entry(ALICE, "missing", overrides=overrides)
    assert (entry.earned, entry.extra) == (2.0, None)


@pytest.mark.parametrize(("points", "percent"), [(3.0, 100 * 4 / 3), (8.0, 50.0), (0.0, None)])
def test_percent_is_of_the_points_without_extra_credit(points: float, percent: float | None) -> None:
    book = Gradebook("exercise7", "Seventh", points, (), ())
    assert book.percent(given()) == percent
    assert book.percent(Entry(ALICE, "missing")) is None


@pytest.mark.parametrize(("name", "called"), [("Alice", "Alice"), ("", "key"), (" \u2003", "key")])
def test_who_has_no_name_is_called_by_the_key(name: str, called: str) -> None:
    assert Student("key", name).display_name == called
