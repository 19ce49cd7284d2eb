"""What late work costs, and how sections are weighted and scaled; points that are earned never change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.classroom.gradebook import Entry, Final, Gradebook, Override, Student, capped
from autograder.classroom.policy import Penalty, Policy, SectionPoints, Share, check_sections, with_policy
from autograder.classroom.times import HandedIn, Source
from autograder.model import ExerciseResult, Grade, Isolation, SectionResult
from tests.support.fuzzing import FUZZING

BERLIN = ZoneInfo("Europe/Berlin")
DEADLINE = datetime(2026, 11, 30, 22, 59, tzinfo=timezone.utc)  # 23:59 in Berlin
SECTIONS = (
    SectionPoints("shapes", False, 6.0, ("area",)),
    SectionPoints("training", False, 4.0, ("fit",)),
    SectionPoints("bonus", True, 2.0, ("noise",)),
)
TEN_OF_MAXIMUM = Penalty(Share(10, "maximum"), "day")


def grade(area: float = 6.0, fit: float = 2.0, noise: float = 0.0) -> Grade:
    """8 of 10 points, and 2 of extra credit that are not earned."""
    results = {"area": area, "fit": fit, "noise": noise}
    sections = tuple(
        SectionResult(
            one.name,
            one.name,
            one.extra,
            results[one.exercises[0]],
            one.points,
            (ExerciseResult(one.exercises[0], results[one.exercises[0]], one.points, 0.1, ()),),
        )
        for one in SECTIONS
    )
    return Grade("exercise7", "ada", area + fit + noise, 10.0, noise, Isolation("full"), 7, "d", {}, 1.0, sections)


def final(policy: Policy, handed_in: str = "", source: Source = "roster", entry: Entry | None = None) -> Final:
    """What the policy makes of 8 of 10 points."""
    entry = entry or Entry(Student("ada"), "graded", grade())
    entry = replace(entry, handed_in=HandedIn(handed_in, source) if handed_in or source == "canvas" else None)
    book = Gradebook("exercise7", "Seventh", 10.0, (), (entry,))
    (after,) = with_policy(book, replace(policy, zone=policy.zone or BERLIN), SECTIONS).entries
    assert after.earned == entry.earned
    assert after.final is not None
    return after.final


@pytest.mark.parametrize(
    ("handed_in", "penalty", "points", "late"),
    [
        ("2026-11-30T23:58:00", 0.0, 8.0, None),
        ("2026-11-30T23:59:00", 0.0, 8.0, None),
        ("2026-12-01T00:14:00", 0.0, 8.0, None),  # within the grace
        ("2026-12-01T00:14:01", 1.0, 7.0, timedelta(minutes=15, seconds=1)),
        ("2026-12-02T00:14:00", 1.0, 7.0, timedelta(days=1, minutes=15)),
        ("2026-12-02T00:14:01", 2.0, 6.0, timedelta(days=1, minutes=15, seconds=1)),
        ("2026-12-01T23:13:00+00:00", 1.0, 7.0, timedelta(days=1, minutes=14)),
        ("2027-12-01T00:00:00", 8.0, 0.0, timedelta(days=365, minutes=1)),
    ],
)
def test_each_started_day_after_deadline_and_grace_costs_its_share(
    handed_in: str, penalty: float, points: float, late: timedelta | None
) -> None:
    policy = Policy(deadline=DEADLINE, grace=timedelta(minutes=15), penalty=TEN_OF_MAXIMUM)
    found = final(policy, handed_in)
    assert (found.penalty, found.points, found.late) == (penalty, points, late)
    assert bool(found.reason) == (late is not None)


def test_share_of_what_is_earned_is_smaller() -> None:
    policy = Policy(deadline=DEADLINE, penalty=Penalty(Share(25, "earned"), "hour"))
    found = final(policy, "2026-12-01T01:59:00")
    assert (found.penalty, found.points) == (4.0, 4.0)
    assert found.reason == (
        "handed in 2 h late (roster), 25 % of the points earned for each of 2 started hours: 4 points less"
    )


@pytest.mark.parametrize(("floor", "points"), [(Share(50, "earned"), 4.0), (Share(20, "maximum"), 2.0)])
def test_floor_is_what_a_penalty_leaves(floor: Share, points: float) -> None:
    policy = Policy(deadline=DEADLINE, penalty=TEN_OF_MAXIMUM, floor=floor)
    found = final(policy, "2026-12-24T12:00:00")
    assert (found.points, "but at least" in found.reason) == (points, True)


def test_floor_raises_nobody() -> None:
    policy = Policy(deadline=DEADLINE, penalty=TEN_OF_MAXIMUM, floor=Share(90, "maximum"))
    assert final(policy, "2026-12-24T12:00:00").points == 8.0


@pytest.mark.parametrize("last", [DEADLINE + timedelta(days=2), timedelta(days=2)])
def test_nothing_counts_after_the_latest_time(last: datetime | timedelta) -> None:
    policy = Policy(deadline=DEADLINE, penalty=TEN_OF_MAXIMUM, floor=Share(50, "earned"), last=last)
    assert final(policy, "2026-12-02T23:59:00").points == 6.0
    found = final(policy, "2026-12-02T23:59:01")
    assert (found.points, found.penalty) == (0.0, 8.0)
    assert "after 2026-12-02 23:59 CET, the latest time that counts: no points" in found.reason


def test_own_deadline_goes_over_that_of_all_and_over_the_latest_time() -> None:
    own = {"ada": DEADLINE + timedelta(days=7)}
    policy = Policy(DEADLINE, own, penalty=TEN_OF_MAXIMUM, last=DEADLINE + timedelta(days=2))
    assert final(policy, "2026-12-07T23:59:00").points == 8.0
    assert "no points" in final(policy, "2026-12-07T23:59:01").reason
    assert final(replace(policy, last=None), "2026-12-08T12:00:00").points == 7.0


@pytest.mark.parametrize(
    ("deadline", "handed_in", "penalty"),
    [
        # Clocks go back on 25 October 2026: a day of 25 hours is one day.
        (datetime(2026, 10, 24, 21, 59, tzinfo=timezone.utc), "2026-10-25T23:59:00", 1.0),
        (datetime(2026, 10, 24, 21, 59, tzinfo=timezone.utc), "2026-10-26T00:00:00", 2.0),
        # They go forward on 29 March 2026: a day of 23 hours is one day.
        (datetime(2026, 3, 28, 22, 59, tzinfo=timezone.utc), "2026-03-29T23:59:00", 1.0),
        (datetime(2026, 3, 28, 22, 59, tzinfo=timezone.utc), "2026-03-30T00:00:00", 2.0),
        # 02:30 occurs twice: the student is given the first one.
        (datetime(2026, 10, 25, 0, 45, tzinfo=timezone.utc), "2026-10-25T02:30:00", 0.0),
    ],
)
def test_day_ends_at_the_same_clock_time_where_clocks_change(
    deadline: datetime, handed_in: str, penalty: float
) -> None:
    assert final(Policy(deadline=deadline, penalty=TEN_OF_MAXIMUM), handed_in).penalty == penalty


@FUZZING
@given(st.integers(0, 60 * 24 * 400), st.integers(0, 60 * 24 * 400))
def test_later_is_never_better_and_nobody_falls_below_0(first: int, second: int) -> None:
    policy = Policy(deadline=DEADLINE, penalty=TEN_OF_MAXIMUM, grace=timedelta(hours=1))
    times = [(DEADLINE + timedelta(minutes=one)).isoformat() for one in sorted((first, second))]
    early, late = (final(policy, time).points for time in times)
    assert 8.0 >= early >= late >= 0.0


def test_lateness_without_a_time_is_for_a_person() -> None:
    policy = Policy(deadline=DEADLINE, penalty=TEN_OF_MAXIMUM)
    found = final(policy, "", "canvas")
    assert (found.points, found.penalty, found.late) == (8.0, 0.0, None)
    assert found.doubt == "no penalty, because Canvas names no time; a column `handed_in` of the roster can give it"


@pytest.mark.parametrize(("file_times", "points"), [(False, 8.0), (True, 7.0)])
def test_file_time_counts_only_on_request(file_times: bool, points: float) -> None:
    policy = Policy(deadline=DEADLINE, penalty=TEN_OF_MAXIMUM, file_times=file_times)
    found = final(policy, "2026-12-01T10:00:00", "archive")
    assert (found.points, found.handed_in) == (points, "2026-12-01 10:00 CET")


def test_whole_class_is_told_what_is_not_known() -> None:
    entries = (
        Entry(Student("ada"), "graded", grade(), handed_in=HandedIn("2026-12-01T10:00:00", "file")),
        Entry(Student("bob"), "graded", grade()),
        Entry(Student("eve"), "missing"),
    )
    book = with_policy(Gradebook("e", "E", 10.0, (), entries), Policy(deadline=DEADLINE, zone=BERLIN), SECTIONS)
    assert [note.partition(".")[0] for note in book.notes] == [
        "Of 1 student (ada) only a file time is known",
        "Of 1 student (bob) no time of hand-in is known, so there is no penalty",
    ]
    assert book.entries[2].final is None
    assert (book.counted(book.entries[0]), book.counted(book.entries[2]), book.maximum) == (8.0, None, 10.0)


def test_weights_are_shares_of_the_whole() -> None:
    """6 of 6 with a weight of 30, and 2 of 4 with 70: 65 %; extra credit of 1 of 2 with 10 adds 5 %."""
    policy = Policy(weights={"shapes": 30, "training": 70, "bonus": 10})
    assert final(policy).points == pytest.approx(6.5)
    with_extra = Entry(Student("ada"), "graded", grade(noise=1.0))
    assert final(policy, entry=with_extra).points == pytest.approx(7.0)
    assert final(replace(policy, out_of=100.0), entry=with_extra).points == pytest.approx(70)


def test_override_of_an_exercise_is_weighted_and_one_of_the_whole_is_not() -> None:
    policy = Policy(weights={"shapes": 30, "training": 70, "bonus": 0}, out_of=100.0)
    entry = Entry(Student("ada"), "graded", grade(), overrides=(Override("fit", 4.0, "oral"),))
    assert final(policy, entry=entry).points == pytest.approx(100)
    whole = final(policy, entry=replace(entry, overrides=(Override("", 5.0, "oral"),)))
    assert whole.points == pytest.approx(50)
    assert whole.reason == "scaled to 100"


@pytest.mark.parametrize(
    ("area", "fit", "points"), [(6.0, 2.0, 16.0), (2.05, 0.1, 4.5), (2.0, 0.1, 4.0), (2.1, 0.025, 4.5), (0.0, 0.0, 0.0)]
)
def test_points_are_scaled_and_then_rounded_with_halves_up(area: float, fit: float, points: float) -> None:
    entry = Entry(Student("ada"), "graded", grade(area, fit))
    assert final(Policy(out_of=20.0, round_to=0.5), entry=entry).points == points


def test_penalty_is_of_the_scaled_maximum() -> None:
    policy = Policy(deadline=DEADLINE, penalty=TEN_OF_MAXIMUM, out_of=20.0)
    found = final(policy, "2026-12-01T10:00:00")
    assert (found.points, found.penalty) == (14.0, 2.0)
    assert found.reason.startswith("scaled to 20; handed in 10 h 1 min late (roster), 10 % of the maximum")


def test_cap_is_the_maximum_of_the_final_points() -> None:
    entry = Entry(Student("ada"), "graded", grade(6.0, 4.0, 2.0))
    book = capped(with_policy(Gradebook("e", "E", 10.0, (), (entry,)), Policy(out_of=20.0), SECTIONS))
    assert (book.counted(book.entries[0]), book.entries[0].earned) == (20.0, 12.0)


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ({"shapes": 1, "training": 1, "bonus": 0}, ""),
        ({}, ""),
        ({"shapes": 1}, "weights need every section; training, bonus is missing (0 leaves a section out)"),
        ({"shapes": 0, "training": 0, "bonus": 1}, "the weights of all sections that are no extra credit are 0"),
    ],
)
def test_weights_name_every_section(weights: dict[str, float], reason: str) -> None:
    assert check_sections(Policy(weights=weights), SECTIONS) == reason
