"""Moodle's own worksheet is filled in, whatever the language of the site, and what Moodle would skip is named."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from autograder.classroom import Gradebook
from autograder.errors import UserError
from autograder.reports.worksheet import fill_worksheet
from tests.support.commands import SEED, run_grade
from tests.support.course import SOLUTIONS
from tests.support.submissions import write

ENGLISH = (
    "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments"
)
GERMAN = (
    "ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung,Bewertung kann geändert werden,"
    "Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),Feedback als Kommentar"
)
END = 'Yes,"Monday, 3 May 2027, 9:15 AM",-,'


def sheet(headings: str, word: str, maximum: str = "7.00") -> str:
    lines = [
        f"{word} {number},Somebody,a@b.c,Submitted,{grade},{maximum},{END}"
        for number, grade in ((505, ""), (999, "3.00"), (501, "-"))
    ]
    return "\n".join([headings, *lines]) + "\n"


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")))


@pytest.mark.parametrize(("headings", "word"), [(ENGLISH, "Participant"), (GERMAN, "Teilnehmer/in")])
def test_points_stand_in_the_rows_of_the_students(class_of_nine: Gradebook, headings: str, word: str) -> None:
    text = sheet(headings, word)
    filled = fill_worksheet(class_of_nine, text)
    before, after = cells(text), cells(filled.text)
    assert after[0] == before[0]
    assert [row[4] for row in after[1:]] == ["7.75", "3.00", "-"]  # the second is no student, the third has no points
    assert [row[:4] + row[5:9] for row in after] == [row[:4] + row[5:9] for row in before]
    assert (filled.maximum, filled.above) == (7.0, ("alice",))
    assert "bob" in filled.absent
    assert (after[1][9] != "") == (headings == ENGLISH)


def test_cap_writes_the_maximum_of_the_worksheet(class_of_nine: Gradebook) -> None:
    filled = fill_worksheet(class_of_nine, sheet(GERMAN, "Teilnehmer/in", "7,00".replace(",", ".")), cap=True)
    assert cells(filled.text)[1][4] == "7"


def test_mark_and_separator_of_the_file_stay(class_of_nine: Gradebook) -> None:
    text = "\ufeffID;Name;Bewertung;Bestwertung\nTeilnehmer 505;A;;7,00\n"
    assert (
        fill_worksheet(class_of_nine, text).text == "\ufeffID;Name;Bewertung;Bestwertung\nTeilnehmer 505;A;7.75;7,00\n"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is no grading worksheet of Moodle"),
        ("Identifier,Grade\nParticipant 505,1,2\n", "is no grading worksheet of Moodle"),
        (f"{ENGLISH}\n" + sheet(ENGLISH, "Participant").split("\n")[2] + "\n", "No row of the worksheet is that of"),
        ("Identifier,Name,Grade,Maximum grade\nParticipant 505,A,,Very good\n", "has no column of grades"),
        ("ID,Bewertung,Bestwertung,x,y\nTeilnehmer 505,,7,,7\n", "has no column of grades"),
    ],
)
def test_what_cannot_be_filled_in_is_a_sentence(class_of_nine: Gradebook, text: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        fill_worksheet(class_of_nine, text)


def test_export_fills_in_the_worksheet(small_course: Path, tmp_path: Path) -> None:
    text = (SOLUTIONS / "output_size.py").read_text(encoding="utf-8")
    for number in (505, 506):
        write(tmp_path / f"subs/Ada_{number}_assignsubmission_file_/output_size.py", text)
    assert (
        run_grade(small_course, "batch", "exercise3", *SEED, tmp_path / "subs", "-o", tmp_path / "res").returncode == 0
    )
    (tmp_path / "Grades.csv").write_text(sheet(GERMAN, "Teilnehmer/in"), encoding="utf-8")
    arguments = "export", tmp_path / "res", "--worksheet", tmp_path / "Grades.csv", "-o", tmp_path / "out"
    done = run_grade(tmp_path, *arguments)
    assert done.returncode == 0, done.stderr
    assert "The maximum in the worksheet is 7, that of the exam 12: points are not scaled; `out_of = 7`" in done.stderr
    assert "Moodle will skip 1 student (Ada_505), with more than the maximum of 7" in done.stderr
    assert "Not in the worksheet: 1 student (Ada_506)." in done.stderr
    assert cells((tmp_path / "out/moodle-worksheet.csv").read_text(encoding="utf-8"))[1][4] == "12"
    assert "will skip" not in run_grade(tmp_path, *arguments, "--cap").stderr
    assert cells((tmp_path / "out/moodle-worksheet.csv").read_text(encoding="utf-8"))[1][4] == "7"
    (tmp_path / "Grades.csv").write_bytes(b"\xff\xfe")
    assert "is not UTF-8 text" in run_grade(tmp_path, *arguments).stderr
    assert "Name a --format, or the --worksheet" in run_grade(tmp_path, "export", tmp_path / "res").stderr
