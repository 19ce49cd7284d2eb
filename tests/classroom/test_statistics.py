"""The numbers of the class at a glance, against values worked out by hand and against numpy."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.classroom.distribution import Bar, correlation
from autograder.classroom.gradebook import Entry, Gradebook, Override, Student
from autograder.classroom.statistics import statistics_of
from autograder.model import CheckResult, ExerciseResult, Grade, Isolation, SectionResult, Verdict


def entry(key: str, *passes: bool, seconds: float = 1.0, misconception: str = "") -> Entry:
    """A student whose checks of one exercise, worth 1, 2, 3, ... points, pass or fail."""
    checks = tuple(
        CheckResult(
            name=f"check{worth}",
            title=f"Check {worth}",
            verdict="passed" if passed else "failed",
            earned=float(worth * passed),
            points=float(worth),
            misconception="" if passed else misconception,
            hint="" if passed else f"About {misconception}.",
        )
        for worth, passed in enumerate(passes, 1)
    )
    earned, points = sum(check.earned for check in checks), sum(check.points for check in checks)
    exercise = ExerciseResult("area", earned, points, seconds, checks, "shapes.py")
    section = SectionResult("shapes", "Shapes", False, earned, points, (exercise,))
    isolation = Isolation("full")
    return Entry(
        Student(key),
        "graded",
        Grade("exercise7", key, earned, points, 0.0, isolation, 7, "d", {}, seconds, (section,)),
    )


def book(*entries: Entry, points: float = 6.0) -> Gradebook:
    return Gradebook("exercise7", "Seventh", points, (("area", points),), entries)


FOUR = book(
    entry("a", True, True, True, seconds=1.0),
    entry("b", True, True, False, seconds=4.0, misconception="halves"),
    entry("c", True, False, False, seconds=2.0, misconception="doubles"),
    entry("d", True, False, False, seconds=30.0, misconception="doubles"),
)


def without_files(entry: Entry) -> Entry:
    assert entry.grade is not None
    (section,) = entry.grade.sections
    section = replace(section, exercises=tuple(replace(exercise, file="") for exercise in section.exercises))
    return replace(entry, grade=replace(entry.grade, sections=(section,)))


def answering(key: str, given: str, verdict: Verdict, hint: str = "") -> Entry:
    """A student with one check, a question of a quiz."""
    passed = verdict == "passed"
    check = CheckResult("pooling", "The answer fits", verdict, float(passed), 1.0, given=given, hint=hint)
    exercise = ExerciseResult("answers", check.earned, 1.0, 1.0, (check,))
    section = SectionResult("quiz", "Quiz", False, check.earned, 1.0, (exercise,))
    grade = Grade("exercise7", key, check.earned, 1.0, 0.0, Isolation("full"), 7, "d", {}, 1.0, (section,))
    return Entry(Student(key), "graded", grade)


def test_answers_to_a_question_are_counted() -> None:
    entries = [
        answering("a", "c", "passed"),
        answering("b", "b", "failed", "A hint."),
        answering("c", "", "raised"),
        answering("d", "C", "passed"),
        answering("e", "b", "failed", "A hint."),
    ]
    (question,) = statistics_of(book(*entries)).questions
    assert (question.exercise, question.name, question.title) == ("answers", "pooling", "The answer fits")
    assert question.total == 5
    assert [(option.text, option.count, option.right, option.hint) for option in question.options] == [
        ("b", 2, False, "A hint."),
        ("c", 2, True, ""),
        ("", 1, False, ""),
    ]


def test_checks_without_short_answers_are_no_questions() -> None:
    assert statistics_of(FOUR).questions == ()
    assert statistics_of(book(answering("a", "", "raised"))).questions == ()


def test_points_are_summed_up() -> None:
    points = statistics_of(FOUR).points  # 6, 3, 1, 1
    assert points is not None
    assert (points.count, points.mean, points.median) == (4, 2.75, 2.0)
    assert (points.lower_quartile, points.upper_quartile, points.least, points.most) == (1.0, 3.75, 1.0, 6.0)


def test_overrides_count_in_points_but_not_in_checks() -> None:
    first, *others = FOUR.entries
    found = statistics_of(book(replace(first, overrides=(Override("", 0.0, "copied"),)), *others))
    assert found.points is not None
    assert (found.points.most, found.checks[2].passed) == (3.0, 1)


def test_quartiles_are_those_of_numpy() -> None:
    values = [0.5, 2.25, 3.0, 7.0, 7.5, 9.0, 11.0]
    entries = [Entry(Student(str(value)), "missing", overrides=(Override("", value, "oral"),)) for value in values]
    points = statistics_of(book(*entries)).points
    assert points is not None
    found = [points.lower_quartile, points.median, points.upper_quartile]
    assert found == pytest.approx(np.percentile(values, [25, 50, 75]))


def test_one_student_is_all_quartiles() -> None:
    points = statistics_of(book(FOUR.entries[1])).points
    assert points is not None
    assert (points.lower_quartile, points.median, points.upper_quartile) == (3.0, 3.0, 3.0)


def test_histogram_has_full_marks_in_the_last_bar() -> None:
    counts = {bar.low: bar.count for bar in statistics_of(FOUR).histogram}
    assert counts == {0: 0, 10: 2, 20: 0, 30: 0, 40: 0, 50: 1, 60: 0, 70: 0, 80: 0, 90: 1}


def test_extra_credit_has_bars_of_its_own() -> None:
    histogram = statistics_of(book(*FOUR.entries, points=5.0)).histogram  # 6, 3, 1 and 1 of 5
    assert histogram[-2:] == (Bar(100, 110, 0), Bar(110, 120, 1))
    assert sum(bar.count for bar in histogram) == 4


def test_bars_do_not_grow_without_end() -> None:
    much = Entry(Student("a"), "missing", overrides=(Override("", 1e6, "a slip"),))
    histogram = statistics_of(book(much)).histogram
    assert histogram[-1] == Bar(190, 200, 1)


def test_points_of_an_exercise_are_summed_up() -> None:
    (found,) = statistics_of(FOUR).exercises
    assert (found.worth, found.written, found.full) == (6.0, 4, 1)
    assert (found.points.mean, found.points.median, found.points.most) == (2.75, 2.0, 6.0)
    assert found.points.deviation == pytest.approx(np.std([6, 3, 1, 1]))
    assert found.discrimination is None  # there is nothing else to compare with


def test_points_below_0_are_in_the_first_bar() -> None:
    minus = Entry(Student("a"), "missing", overrides=(Override("", -1.0, "copied"),))
    assert statistics_of(book(minus)).histogram[0] == Bar(0, 10, 1)


def test_difficulty_is_the_share_that_passes() -> None:
    assert [(check.name, check.difficulty) for check in statistics_of(FOUR).checks] == [
        ("check1", 1.0),
        ("check2", 0.5),
        ("check3", 0.25),
    ]


def test_discrimination_leaves_the_check_itself_out() -> None:
    checks = statistics_of(FOUR).checks
    assert checks[0].discrimination is None  # everybody passes
    assert checks[1].discrimination == pytest.approx(np.corrcoef([1, 1, 0, 0], [4, 1, 1, 1])[0, 1])
    assert checks[2].discrimination == pytest.approx(np.corrcoef([1, 0, 0, 0], [3, 3, 1, 1])[0, 1])


def test_check_that_the_weak_pass_discriminates_negatively() -> None:
    found = statistics_of(book(entry("a", True, False), entry("b", False, True), points=3.0)).checks
    assert [check.discrimination for check in found] == [-1.0, -1.0]


@pytest.mark.parametrize(
    ("passes", "rest"), [([1.0], [5.0]), ([1.0, 1.0], [1.0, 2.0]), ([1.0, 0.0], [2.0, 2.0]), ([], [])]
)
def test_correlation_is_undefined_where_something_never_varies(passes: list[float], rest: list[float]) -> None:
    assert correlation(passes, rest) is None


def test_rounding_is_no_variance() -> None:
    assert correlation([1.0, 0.0], [0.1 + 0.2, 0.3]) is None


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 400)), max_size=30))
def test_correlation_is_that_of_numpy(rows: list[tuple[bool, int]]) -> None:
    passes, rest = [float(passed) for passed, _ in rows], [quarters / 4 for _, quarters in rows]
    found = correlation(passes, rest)
    if len(set(passes)) < 2 or len(set(rest)) < 2:
        assert found is None
    else:
        assert found == pytest.approx(np.corrcoef(passes, rest)[0, 1], abs=1e-9)
        assert found is not None
        assert abs(found) <= 1 + 1e-9


def test_checks_that_all_or_none_pass_are_named() -> None:
    found = statistics_of(book(*FOUR.entries[1:]))
    assert [check.name for check in found.passed_by_all] == ["check1"]
    assert [check.name for check in found.passed_by_none] == ["check3"]


def test_exercise_that_nobody_handed_in_is_named_instead_of_its_checks() -> None:
    found = statistics_of(book(*map(without_files, (entry("a", False), entry("b", False)))))
    assert (found.passed_by_none, found.not_written) == ((), ("area",))
    assert statistics_of(book(without_files(entry("a", False)), entry("b", False))).not_written == ()


def test_exercise_that_is_in_no_file_has_no_verdicts() -> None:
    (check,) = statistics_of(book(without_files(entry("a", False)), entry("b", False), entry("c", True))).checks
    assert (check.verdicts, check.written, check.total) == ({"passed": 1, "failed": 1}, 2, 3)


def test_verdicts_are_counted() -> None:
    assert statistics_of(FOUR).checks[2].verdicts == {"passed": 1, "failed": 3}


def test_misconceptions_come_by_frequency_with_who_has_them() -> None:
    found = [(one.name, one.hint, one.students) for one in statistics_of(FOUR).misconceptions]
    assert found == [("doubles", "About doubles.", ("c", "d")), ("halves", "About halves.", ("b",))]


def test_time_is_shown_with_the_slowest() -> None:
    time = statistics_of(FOUR).time
    assert time is not None
    assert (time.total, time.median, time.slowest[:2]) == (37.0, 3.0, (("d", 30.0), ("b", 4.0)))


def test_every_state_is_counted() -> None:
    entries = [*FOUR.entries, Entry(Student("e"), "missing"), Entry(Student("f"), "failed", problem="no sandbox")]
    assert statistics_of(book(*entries)).states == {
        "graded": 4,
        "missing": 1,
        "unreadable": 0,
        "refused": 0,
        "failed": 1,
    }


@pytest.mark.parametrize("entries", [(), (Entry(Student("a"), "missing"),)])
def test_class_without_grades_has_statistics(entries: tuple[Entry, ...]) -> None:
    found = statistics_of(book(*entries))
    assert (found.points, found.time, found.checks, found.misconceptions) == (None, None, (), ())
    assert sum(bar.count for bar in found.histogram) == 0


def test_grades_of_another_exam_do_not_mix_with_these() -> None:
    found = statistics_of(book(entry("a", True), entry("b", True, False)))
    assert [(check.name, check.total) for check in found.checks] == [("check1", 2), ("check2", 1)]


def test_extra_credit_of_nobody_draws_no_bar() -> None:
    exact = book(entry("a", True, True, True), points=math.nextafter(6.0, 0.0))
    assert statistics_of(exact).histogram[-1].high == 100
