"""When a submission was handed in: each place that may say it, and how its text is read."""

from __future__ import annotations

import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from autograder.classroom.archive import unpack
from autograder.classroom.hand_in import hand_in_of, kept
from autograder.classroom.intake import find_student_files
from autograder.classroom.roster import read_roster
from autograder.classroom.times import HandedIn, read_time

TIME = 1_800_000_000  # 2027-01-15 08:00 UTC


def dated(path: Path, seconds: int = TIME) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x = 1\n", encoding="utf-8")
    os.utime(path, (seconds, seconds))
    return path


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-11-30 23:59", "2026-11-30T23:59:00"),
        ("2026-11-30T23:59:07Z", "2026-11-30T23:59:07+00:00"),
        ("2026-11-30 22:59:07.123456 UTC", "2026-11-30T22:59:07+00:00"),
        ("2026-11-30 23:59:00 +0100", "2026-11-30T23:59:00+01:00"),
        ("30.11.2026, 23:59", "2026-11-30T23:59:00"),
        ("Monday, 30 November 2026, 11:59 PM", "2026-11-30T23:59:00"),
        ("Tuesday, 1 December 2026, 12:05 AM", "2026-12-01T00:05:00"),
        ("1 December 2026, 14:05", "2026-12-01T14:05:00"),
    ],
)
def test_time_is_read(text: str, time: str) -> None:
    found = read_time(text)
    assert found is not None
    assert found.isoformat() == time


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "11/30/2026 23:59", "2026-11-30", "2026-13-01 10:00", "2026-11-31 10:00", "1 Dezembro 2026, 14:05"),
        *("2026-11-30 23:59 CET", "Monday, 30 November 2026, 13:59 PM", "2026-11-30 23:59 +99:00"),
    ],
)
def test_what_may_mean_two_things_is_no_time(text: str) -> None:
    assert read_time(text) is None


def test_newest_source_file_counts(tmp_path: Path) -> None:
    dated(tmp_path / "ada/a.py")
    dated(tmp_path / "ada/inner/b.PY", TIME + 60)
    dated(tmp_path / "ada/notes.txt", TIME + 999)
    assert hand_in_of([tmp_path / "ada"]) == HandedIn("2027-01-15T08:01:00+00:00", "file")


def test_archive_says_when_its_files_were_changed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ada.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.py", (2026, 12, 1, 10, 30, 2)), "x = 1\n")
    (tmp_path / "bob").mkdir()
    with tarfile.open(tmp_path / "bob/work.tar.gz", "w:gz") as tar:
        tar.add(dated(tmp_path / "a.py"), "a.py")
    assert hand_in_of([tmp_path / "ada.zip"]) == HandedIn("2026-12-01T10:30:02", "archive")
    assert hand_in_of([tmp_path / "bob"]) == HandedIn("2027-01-15T08:00:00+00:00", "archive")


def test_time_of_an_archive_without_times_is_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ada.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.py"), "x = 1\n")  # 1980
    assert hand_in_of([tmp_path / "ada.zip"]) is None
    assert hand_in_of([]) is None


def test_downloaded_zip_of_a_class_keeps_its_times(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("ada/a.py", (2026, 12, 1, 10, 30, 2)), "x = 1\n")
    unpack(tmp_path / "class.zip", tmp_path / "unpacked")
    found = hand_in_of([tmp_path / "unpacked/ada"])
    assert found is not None
    assert found.moment is not None
    assert found.moment.astimezone().replace(tzinfo=None).isoformat() == "2026-12-01T10:30:02"


def test_order_is_roster_nbgrader_canvas_file(tmp_path: Path) -> None:
    path = dated(tmp_path / "lovelaceada_LATE_12_345_a.py")
    assert hand_in_of([path]) == HandedIn("", "canvas")
    assert hand_in_of([path], "2026-12-01 10:00") == HandedIn("2026-12-01T10:00:00", "roster")
    assert hand_in_of([path], "-") == HandedIn("", "canvas")
    assert hand_in_of([path], "yesterday") == HandedIn("", "roster")
    dated(tmp_path / "bob/a.py")
    (tmp_path / "bob/timestamp.txt").write_text("2026-11-30 22:59:00.123456 UTC\n", encoding="utf-8")
    assert hand_in_of([tmp_path / "bob"], collected=True) == HandedIn("2026-11-30T22:59:00+00:00", "nbgrader")


@pytest.mark.parametrize(("folder", "config"), [("submitted", False), ("mine", True), ("mine", False)])
def test_timestamp_of_a_student_is_none_of_nbgrader(tmp_path: Path, folder: str, config: bool) -> None:
    """A student may put a `timestamp.txt` into the submission. nbgrader's own replaces that one."""
    dated(tmp_path / folder / "ada/exercise3/a.py")
    dated(tmp_path / folder / "bob/a.py")
    for place in ("ada/exercise3", "bob"):
        (tmp_path / folder / place / "timestamp.txt").write_text("2020-01-01 00:00:00 UTC", encoding="utf-8")
    if config:
        (tmp_path / "nbgrader_config.py").touch()
    ada, bob = find_student_files(tmp_path / folder, (), "exercise3", {"exercise2"})
    assert (ada.collected, bob.collected) == (folder == "submitted" or config, False)
    source = "nbgrader" if ada.collected else "file"
    found = hand_in_of([path for _, path in ada.paths], "", ada.collected)
    assert found is not None
    assert found.source == source


def test_copy_makes_no_unchanged_file_later() -> None:
    early, late = HandedIn("2026-12-01T10:00:00+00:00", "file"), HandedIn("2026-12-02T10:00:00+00:00", "file")
    assert kept(late, early) == early
    assert kept(early, late) == early
    assert kept(late, None) == late
    by_roster = HandedIn("2026-12-03T10:00:00", "roster")
    assert kept(by_roster, early) == by_roster
    assert kept(by_roster, HandedIn("2026-12-01T10:00:00", "roster")) == by_roster


@pytest.mark.parametrize("heading", ["handed_in", "Handed in", "Last modified (submission)", "submitted at"])
def test_roster_says_when_a_student_handed_in(tmp_path: Path, heading: str) -> None:
    (tmp_path / "class.csv").write_text(
        f'id,{heading}\nada,"Monday, 30 November 2026, 11:59 PM"\neve,2026-12-01 10:00\n', encoding="utf-8"
    )
    dated(tmp_path / "class/ada.py")
    students = find_student_files(tmp_path / "class", read_roster(tmp_path / "class.csv"))
    assert [(one.roster_time, one.student.handed_in) for one in students] == [
        ("Monday, 30 November 2026, 11:59 PM", ""),
        ("", ""),
    ]
