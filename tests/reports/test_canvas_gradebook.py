"""The gradebook that Canvas exports comes back with all its rows and columns, and with the points of the assignment."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.classroom.gradebook import Entry, Final, Gradebook
from autograder.errors import UserError
from autograder.reports.canvas_gradebook import fill_gradebook
from tests.support.commands import SEED, run_grade
from tests.support.course import SOLUTIONS

EXPORTED = """Student,ID,SIS User ID,SIS Login ID,Section,Quiz 1 (11),exercise7 (12),Quiz Current Score,Final Score
,,,,,,Manual Posting,,
    Points Possible,,,,,10,7,(read only),(read only)
"Lovelace, Alice",505,=1004,alice,"A; B",9.5,,95,9.5
Bob,77,1005,bobsmith,A,,1.25,,
"Duck, Donald",78,,🦆,A,3,,,
"Strange, R",79,99,strange,A,3,2,,
"Student, Test",80,,aaaa,A,,,,
"""


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), strict=True))


def test_only_the_cells_of_students_in_the_results_change(class_of_nine: Gradebook) -> None:
    filled = fill_gradebook(class_of_nine, EXPORTED)
    before, after = rows(EXPORTED), rows(filled.text)
    assert [row[6] for row in after] == ["exercise7 (12)", "Manual Posting", "7", "7.75", "3.5", "2", "2", ""]
    assert [row[:6] + row[7:] for row in after] == [row[:6] + row[7:] for row in before]
    assert (filled.maximum, filled.above, len(filled.absent)) == (7.0, ("alice",), 2)


def test_cap_is_the_maximum_of_the_file(class_of_nine: Gradebook) -> None:
    assert rows(fill_gradebook(class_of_nine, EXPORTED, cap=True).text)[3][6] == "7"


def test_final_points_go_over_the_earned_ones(class_of_nine: Gradebook) -> None:
    entries = tuple(replace(one, final=Final(5.0) if one.grade else None) for one in class_of_nine.entries)
    filled = fill_gradebook(replace(class_of_nine, entries=entries, out_of=7.0), EXPORTED)
    assert [row[6] for row in rows(filled.text)[3:6]] == ["5", "5", ""]


def test_named_column_and_form_of_the_file_stay(class_of_nine: Gradebook) -> None:
    text = "\ufeff" + EXPORTED.replace('"A; B"', "A").replace(",", ";").replace("Lovelace;", "Lovelace,")
    filled = fill_gradebook(class_of_nine, text, "quiz 1")
    assert filled.text.startswith("\ufeffStudent;ID;SIS User ID;")
    assert "\nLovelace, Alice;505;=1004;alice;A;7.75;;95;9.5\n" in filled.text


@pytest.mark.parametrize("heading", ["Exercise 7 (12)", "exercise7", "Seventh <Exercise> (12)"])
def test_column_is_that_of_the_assignment_or_its_title(class_of_nine: Gradebook, heading: str) -> None:
    filled = fill_gradebook(class_of_nine, EXPORTED.replace("exercise7 (12)", heading))
    assert rows(filled.text)[3][6] == "7.75"


def test_two_students_of_one_identifier_are_nobody(class_of_nine: Gradebook) -> None:
    twice: tuple[Entry, ...] = tuple(
        replace(one, student=replace(one.student, participant="505")) if one.student.key in ("alice", "bob") else one
        for one in class_of_nine.entries
    )
    filled = fill_gradebook(
        replace(class_of_nine, entries=twice), EXPORTED.replace("=1004", "9").replace(",alice,", ",x,")
    )
    assert [row[6] for row in rows(filled.text)[3:5]] == ["", "3.5"]
    assert "alice" in filled.absent


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        ("", "", "This is no gradebook of Canvas: it needs a line of headings"),
        ("Name,Points\nada,3\n", "", "its first line needs the columns Student and ID"),
        (
            EXPORTED.replace("exercise7", "Exercises 7"),
            "",
            "has no column for exercise7; name one with --column: did you",
        ),
        (EXPORTED, "Quizz 2", "has no column 'Quizz 2'; name one with --column: did you mean --column 'Quiz 1 (11)'?"),
        (EXPORTED, "ID", "has no column 'ID'"),
        (EXPORTED.replace("Quiz 1 (11)", "exercise7 (13)"), "", "has several columns of that name; name one with"),
        (
            EXPORTED.replace("505", "1")
            .replace("1004", "1")
            .replace("1005", "1")
            .replace("🦆", "x")
            .replace(",alice,", ",,"),
            "",
            "No row of",
        ),
        ('Student,ID\n"a', "", "This is no gradebook of Canvas"),
    ],
)
def test_what_cannot_be_filled_in_is_a_sentence(class_of_nine: Gradebook, text: str, column: str, reason: str) -> None:
    with pytest.raises(UserError) as error:
        fill_gradebook(class_of_nine, text, column)
    assert reason in str(error.value)


def test_export_writes_it_beside_the_results(small_course: Path, tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    work = (SOLUTIONS / "output_size.py").read_text(encoding="utf-8")
    (tmp_path / "class/lovelaceada_505_346_output_size.py").write_text(work, encoding="utf-8")
    assert (
        run_grade(small_course, "batch", "exercise3", *SEED, tmp_path / "class", "-o", tmp_path / "res").returncode == 0
    )
    (tmp_path / "my grades.csv").write_text(EXPORTED.replace("exercise7", "Assignment 3"), encoding="utf-8")
    words = ("export", tmp_path / "res", "--gradebook", tmp_path / "my grades.csv")
    refused = run_grade(small_course, *words)
    assert (refused.returncode, "it has: Quiz 1 (11), Assignment 3 (12)" in refused.stderr) == (2, True)
    done = run_grade(small_course, *words, "--column", "assignment 3")
    assert done.returncode == 0, done.stderr
    assert "The maximum in the gradebook of Canvas is 7, that of the exam 12: points are not scaled;" in done.stderr
    assert "More than the maximum of 7 in Canvas: 1 student (lovelaceada_505)." in done.stderr
    assert rows((tmp_path / "res/canvas-gradebook.csv").read_text(encoding="utf-8"))[3][6] == "12"
    alone = run_grade(small_course, "export", tmp_path / "res", "--format", "csv", "--column", "x")
    assert (alone.returncode, "--column names a column of --gradebook" in alone.stderr) == (2, True)
