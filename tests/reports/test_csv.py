"""The gradebook as CSV, for people and for learning platforms: exact rows, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.classroom.gradebook import Comment, Entry, Gradebook, Override, Student, capped
from autograder.reports.canvas import canvas
from autograder.reports.csv import escape_formulas, gradebook_csv
from autograder.reports.feedback import feedback
from autograder.reports.gradescope import gradescope
from autograder.reports.html import html
from autograder.reports.junit import junit
from autograder.reports.moodle import moodle
from tests.support.fuzzing import FUZZING

GOLDEN = Path(__file__).parent / "golden"


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), strict=True))


def test_gradebook_is_one_row_for_each_student(class_of_nine: Gradebook) -> None:
    assert gradebook_csv(class_of_nine)["gradebook.csv"] == (GOLDEN / "gradebook.csv").read_text(encoding="utf-8")


def test_gradebook_is_sorted_whatever_the_order_of_entries(class_of_nine: Gradebook) -> None:
    turned = replace(class_of_nine, entries=class_of_nine.entries[::-1])
    assert gradebook_csv(turned) == gradebook_csv(class_of_nine)


def test_points_have_no_more_than_two_decimals() -> None:
    gifts = tuple(Override(name, points, "gift") for name, points in (("a", 0.1), ("b", 0.2), ("c", 2.2 + 0.25)))
    entry = Entry(Student("alice"), "missing", overrides=gifts)
    book = Gradebook("exercise7", "Seventh", 3.0, (("a", 1.0), ("b", 1.0), ("c", 3.0)), (entry,))
    row = rows(gradebook_csv(book)["gradebook.csv"])[1]
    assert (row[5], row[8], row[9:12]) == ("2.75", "91.67", ["0.1", "0.2", "2.45"])


def test_problem_names_a_syntax_error_without_the_line_of_code(class_of_nine: Gradebook) -> None:
    graded = next(entry for entry in class_of_nine.entries if entry.grade)
    assert graded.grade
    note = "a.py, line 5: invalid syntax\nretrun 5\n       ^\nline 5 is left out, and the rest is graded"
    entry = replace(graded, grade=replace(graded.grade, notes=(note,)))
    head, row = rows(gradebook_csv(replace(class_of_nine, entries=(entry,)))["gradebook.csv"])
    problem = dict(zip(head, row, strict=True))["problem"]
    assert "a.py, line 5: invalid syntax; line 5 is left out, and the rest is graded" in problem
    assert "retrun" not in problem


def test_exercise_named_like_a_column_gets_another_name(class_of_nine: Gradebook) -> None:
    book = replace(class_of_nine, exercises=(("state", 1.0), ("area", 3.0)))
    assert rows(gradebook_csv(book)["gradebook.csv"])[0][9:11] == ["state (exercise)", "area"]


def test_exam_without_points_has_no_percent(class_of_nine: Gradebook) -> None:
    assert {row[8] for row in rows(gradebook_csv(replace(class_of_nine, points=0.0))["gradebook.csv"])[1:]} == {""}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@sum", "'@sum"),
        ("\t=1", "'=1"),
        ("\r=1", r"\r=1"),
        ("\n=1", "'=1"),
        (" \u2003=1", "'=1"),
        ("＝1", "'＝1"),
        ("x;=1", "x;'=1"),
        ('x; "=1"', 'x; "\'=1"'),
        ("\x00=1", r"\x00=1"),
        ("\u202e=1", r"\u202e=1"),
        ("Anna-Lena + Ben", "Anna-Lena + Ben"),
        ("two\nlines", "two lines"),
        ("'=1", "'=1"),
        ("", ""),
    ],
)
def test_formula_becomes_text(text: str, cell: str) -> None:
    assert escape_formulas(text) == cell


@FUZZING
@given(st.text() | st.text(alphabet="=+-@\t\r\n;\"' ,x1\u202e＝"))
def test_no_text_starts_a_cell_as_a_formula(text: str) -> None:
    cells = [part.strip(' "') for part in escape_formulas(text).split(";")]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n＝＋－＠")] == []


@FUZZING
@given(st.lists(st.text(), min_size=4, max_size=4))
def test_every_name_stays_in_its_row(names: list[str]) -> None:
    entries = tuple(Entry(Student(str(place), name, name, name), "missing") for place, name in enumerate(names))
    table = rows(gradebook_csv(Gradebook("exercise7", "Seventh", 3.0, (), entries))["gradebook.csv"])
    assert [row[:4] for row in table[1:]] == [[str(n), *[escape_formulas(name)] * 3] for n, name in enumerate(names)]


def test_moodle_finds_participants_and_leaves_who_has_no_points(class_of_nine: Gradebook) -> None:
    table = rows(moodle(class_of_nine)["moodle.csv"])
    assert table[0][:4] == ["Identifier", "Full name", "ID number", "Email address"]
    assert table[0][4:] == ["Grade", "Maximum grade", "Last modified (grade)", "Feedback comments"]
    assert table[1] == ["Participant 501", r"Ω -rf\u202e", "007", "'+rf@uni.example", "", "7", "", ""]
    sections = "Shapes: 3 of 3; Training: 4 of 4; Bonus: 0.75 of 0.75"
    assert table[5] == ["Participant 505", "Alice", "1004", "alice@uni.example", "7.75", "7", "", sections]
    assert [row[4] for row in table[1:]] == ["", "", "2", "5.85", "7.75", "3.5", "", "", "2"]


def test_number_of_the_roster_is_no_participant(class_of_nine: Gradebook) -> None:
    bob = rows(moodle(class_of_nine)["moodle.csv"])[6]
    assert (bob[0], bob[2]) == ("", "1005")


def test_canvas_has_its_columns_and_the_row_of_the_maximum(class_of_nine: Gradebook) -> None:
    table = rows(canvas(class_of_nine)["canvas.csv"])
    assert table[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "exercise7"]
    assert table[1] == ["Points Possible", "", "", "", "", "7"]
    assert table[6] == ["Alice", "505", "1004", "alice@uni.example", "", "7.75"]
    assert [row[5] for row in table[2:]] == ["", "", "2", "5.85", "7.75", "3.5", "", "", "2"]


def test_student_cannot_change_the_maximum_in_canvas(class_of_nine: Gradebook) -> None:
    table = rows(canvas(class_of_nine)["canvas.csv"])
    assert [row[0] for row in table if "Points Possible" in row[0]] == ["Points Possible"]
    assert table[8][0] == "Points-Possible"


def test_cap_gives_nobody_more_than_the_maximum(class_of_nine: Gradebook) -> None:
    table = rows(moodle(capped(class_of_nine))["moodle.csv"])
    assert [row[4] for row in table[1:]] == ["", "", "2", "5.85", "7", "3.5", "", "", "2"]


def test_every_form_says_what_was_not_asked(class_of_nine: Gradebook) -> None:
    book = replace(class_of_nine, training=False, full_points=9.5)
    assert book.left_out == "graded without the checks that train, 7 of 9.5 points"
    assert "left_out" not in gradebook_csv(class_of_nine)["gradebook.csv"]
    table = rows(gradebook_csv(book)["gradebook.csv"])
    assert (table[0][-1], {row[-1] for row in table[1:]}) == ("left_out", {book.left_out})
    assert rows(moodle(book)["moodle.csv"])[5][-1].endswith(f"; {book.left_out}")
    assert book.left_out in gradescope(book)["gradescope/alice.json"]
    assert book.left_out in junit(book)["junit.xml"]
    pages = {**html(book), **feedback(book)}
    assert {"report/index.html", "report/students/alice.html", "feedback/alice.html"} <= set(pages)
    assert [name for name, page in pages.items() if book.left_out.capitalize() not in page] == []


def test_file_beside_that_of_canvas_says_what_was_not_asked(class_of_nine: Gradebook) -> None:
    assert set(canvas(class_of_nine)) == {"canvas.csv"}
    files = canvas(replace(class_of_nine, training=False, full_points=9.5))
    assert files["canvas.csv"] == canvas(class_of_nine)["canvas.csv"]
    assert files["canvas-left-out.txt"] == (
        "The points in Canvas are those of exercise7, graded without the checks that train, 7 of 9.5 points. Canvas "
        "has no place for this sentence: tell the students, and give the assignment in Canvas 7 points. An existing "
        "assignment keeps its own points when grades are imported.\n"
    )


def test_override_of_the_whole_stands_for_the_sections_in_moodle(class_of_nine: Gradebook) -> None:
    by_name = {row[1]: row[-1] for row in rows(moodle(class_of_nine)["moodle.csv"])[1:]}
    assert by_name["Bob"] == "3.5 of 7 by hand: handed in on paper"
    commented = replace(class_of_nine.entries[5], comments=(Comment("", "See me"), Comment("fit", "Nice!")))
    book = replace(class_of_nine, entries=(commented,))
    (row,) = rows(moodle(book)["moodle.csv"])[1:]
    assert row[-1] == "See me. fit: Nice! 3.5 of 7 by hand: handed in on paper"
