"""`course.toml`: what may stand in it, and a sentence with the line for what may not."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from autograder.classroom.policy import Penalty, Share
from autograder.classroom.policy_file import CourseFile, read_course_file
from autograder.errors import UserError
from tests.support.course import ROOT

WHOLE = """
timezone = "Europe/Berlin"
file_times = true

[exercise3]
deadline = "2026-11-30 23:59"
grace = "15 minutes"
penalty = "10 % of maximum per day"
floor = "50 % of earned"
latest = "7 days"
weights = { output_size = 40, unet = 60 }
out_of = 20
round_to = 0.5

[exercise3.deadlines]
ada = 2026-12-02T23:59:00
"eve@uni.example" = "2026-12-03 23:59 +00:00"

[exercise4]
deadline = "2026-12-20 12:00"
latest = "2026-12-24 12:00"
"""


def read(tmp_path: Path, text: str, *assignments: str) -> CourseFile:
    path = tmp_path / "course.toml"
    path.write_text(text, encoding="utf-8")
    return read_course_file(path, assignments)


def test_everything_is_read(tmp_path: Path) -> None:
    file = read(tmp_path, WHOLE, "exercise3", "exercise4")
    policy = file.policies["exercise3"]
    assert policy.deadline == datetime(2026, 11, 30, 22, 59, tzinfo=timezone.utc)
    assert policy.deadlines["ada"] == datetime(2026, 12, 2, 22, 59, tzinfo=timezone.utc)
    assert policy.deadlines["eve@uni.example"] == datetime(2026, 12, 3, 23, 59, tzinfo=timezone.utc)
    assert (policy.grace, policy.last) == (timedelta(minutes=15), timedelta(days=7))
    assert (policy.penalty, policy.floor) == (Penalty(Share(10, "maximum"), "day"), Share(50, "earned"))
    assert (policy.weights, policy.out_of, policy.round_to) == ({"output_size": 40, "unet": 60}, 20, 0.5)
    assert (str(policy.zone), policy.file_times) == ("Europe/Berlin", True)
    assert file.policies["exercise4"].last == datetime(2026, 12, 24, 11, 0, tzinfo=timezone.utc)
    assert file.place("exercise3", "deadlines", "ada").endswith("course.toml, line 16")
    assert file.place("exercise3", "weights", "unet").endswith("course.toml, line 11")


def test_deadline_that_a_clock_shows_twice_is_the_second_one(tmp_path: Path) -> None:
    text = 'timezone = "Europe/Berlin"\n[e]\ndeadline = "2026-10-25 02:30"\n'
    assert read(tmp_path, text).policies["e"].deadline == datetime(2026, 10, 25, 1, 30, tzinfo=timezone.utc)


ZONE = 'timezone = "Europe/Berlin"\n[exercise3]\n'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[exercise3\n", "is not TOML: "),
        ("[exercise3.deadlines]\nada@uni.example = 3", 'A mail needs quotes: "ada@uni.example".'),
        ('deadline = "2026-11-30 23:59"', ", line 1: deadline belongs below the heading of an assignment"),
        ('timezon = "UTC"', ", line 1: there is no 'timezon'; did you mean timezone?"),
        ("[exercise33]", ", line 1: there is no assignment 'exercise33'; did you mean exercise3?"),
        ('timezone = "Europe/Berln"', ", line 1: timezone: 'Europe/Berln' is no time zone of the IANA database; did"),
        ("timezone = 3", ", line 1: timezone: 3 is no time zone of the IANA database, such as"),
        ("file_times = 1", ", line 1: file_times: 1 is neither true nor false."),
        ("file_times = true", ", line 1: file times need `timezone = "),
        ('[exercise3]\ndeadline = "2026-11-30 23:59"', ", line 2: deadline: the time has no zone; write `timezone = "),
        (ZONE + "deadline = 2026-11-30", ', line 3: deadline: a day alone is no time; write "2026-11-30 23:59"'),
        (ZONE + 'deadline = "30 Nov"', ", line 3: deadline: '30 Nov' is no time; write it as \"2026-11-30 23:59\"."),
        (ZONE + "deadline = 5", ", line 3: deadline: 5 is no time"),
        (ZONE + 'deadlin = "2026-11-30 23:59"', ", line 3: there is no 'deadlin'; did you mean deadline?"),
        (ZONE + 'grace = "15 minutes"', ", line 3: grace needs a deadline."),
        (ZONE + 'deadline = "2026-11-30 23:59"\ngrace = "15 mins"', ", line 4: grace: '15 mins' is no duration"),
        (ZONE + 'deadline = "2026-11-30 23:59"\ngrace = 15', ", line 4: grace: 15 is no duration"),
        (ZONE + 'deadline = "2026-11-30 23:59"\npenalty = "10 %"', ", line 4: penalty: '10 %' is no penalty; write"),
        (ZONE + 'deadline = "2026-11-30 23:59"\npenalty = "110 % of earned per day"', "110 % are more than 100 %"),
        (ZONE + 'deadline = "2026-11-30 23:59"\nfloor = "5 % of earned"', ", line 4: floor needs a penalty."),
        (
            ZONE + 'deadline = "2026-11-30 23:59"\nlatest = "2026-11-29 23:59"',
            ", line 4: latest is before the deadline",
        ),
        (ZONE + "out_of = 0", ", line 3: out_of: 0 is no number above 0."),
        (ZONE + "round_to = nan", ", line 3: round_to: nan is no number of at least 0."),
        (ZONE + "weights = { a = -1 }", ", line 3: weights: -1 is no number of at least 0."),
        (ZONE + "weights = 3", ", line 3: weights: 3 are no weights; write"),
        (ZONE + 'deadlines = "monday"', ", line 3: deadlines: 'monday' is no table"),
        (ZONE + "[exercise3.deadlines]\nada = true", ", line 4: ada: True is no time"),
        (ZONE + 'timezone = "UTC"', ", line 3: timezone belongs above the first table"),
    ],
)
def test_mistake_is_a_sentence_with_its_line(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(UserError) as error:
        read(tmp_path, text, "exercise3", "exercise4")
    assert reason in str(error.value)
    assert str(tmp_path / "course.toml") in str(error.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(None, "cannot be read"), (b"\xff", "is not UTF-8"), (b"#" * (2 << 20), "is larger than 1 MiB")],
)
def test_file_that_is_none_is_a_sentence(tmp_path: Path, data: bytes | None, reason: str) -> None:
    path = tmp_path / "my course.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UserError, match=reason):
        read_course_file(path)


def test_everything_is_optional(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff[exercise3]\n").policies["exercise3"].deadline is None
    assert read(tmp_path, "").policies == {}


def test_file_of_the_documentation_is_read(tmp_path: Path) -> None:
    page = (ROOT / "docs/course-file.md").read_text(encoding="utf-8")
    text = page.partition("```toml\n")[2].partition("```")[0]
    policy = read(tmp_path, text, "exercise3").policies["exercise3"]
    assert set(policy.deadlines) == {"ada", "eve@uni.example"}
    assert (policy.out_of, policy.penalty) == (20, Penalty(Share(10, "maximum"), "day"))
