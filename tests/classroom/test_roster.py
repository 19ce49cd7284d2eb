"""The roster names the students, and finds them by what a platform calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.classroom.gradebook import Student
from autograder.classroom.intake import find_student_files
from autograder.classroom.roster import match_students, read_roster
from autograder.errors import UserError
from tests.support.handins import by_key, put


def roster(tmp_path: Path, text: str, encoding: str = "utf-8") -> list[Student]:
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding=encoding)
    return read_roster(path)


def test_roster_names_students_without_a_submission(tmp_path: Path) -> None:
    people = roster(tmp_path, "ID;Full name;E-Mail\n7;Ada Lovelace;ada@x.org\n8;Zoé Zola;zoe@x.org\n", "utf-8-sig")
    put(tmp_path / "subs", "7/unet.py", "stranger.py")
    found = by_key(find_student_files(tmp_path / "subs", people))
    assert found["7"].student == Student("7", "Ada Lovelace", "7", "ada@x.org")
    assert (found["8"].state, found["8"].student.name) == ("missing", "Zoé Zola")
    assert (found["stranger"].state, found["stranger"].problem) == ("graded", "is not on the roster")


@pytest.mark.parametrize("name", ["ada", "Ada@X.org", "7", "Ada Lovelace", "lovelace, ada", "ADA_LOVELACE"])
def test_students_are_found_on_the_roster_by_what_they_are_called(tmp_path: Path, name: str) -> None:
    people = roster(tmp_path, "id,first name,last name,mail\n7,Ada,Lovelace,ada@x.org\n8,Bob,Smith,bob@x.org\n")
    student = Student(name)
    assert match_students([student], people)[student].number == "7"


def test_name_that_two_have_decides_nothing(tmp_path: Path) -> None:
    people = roster(tmp_path, "id,name\n7,Anna Müller\n8,Anna Müller\n")
    assert match_students([Student("Anna Müller")], people) == {}


def test_number_of_the_platform_is_not_the_number_of_the_roster(tmp_path: Path) -> None:
    people = roster(tmp_path, "id,name\n4711,Somebody Else\n7,Ada Lovelace\n")
    student = Student("Ada Lovelace_4711", "Ada Lovelace", participant="4711")
    assert match_students([student], people)[student].number == "7"


def test_gradebook_of_canvas_is_a_roster(tmp_path: Path) -> None:
    text = 'Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"Lovelace, Ada",12,m7,ada,A\n'
    (ada,) = roster(tmp_path, text)
    assert ada == Student("ada", "Lovelace, Ada", "m7", participant="12")


def test_worksheet_of_moodle_is_a_roster(tmp_path: Path) -> None:
    (ada,) = roster(tmp_path, "Identifier,Full name,Email address\nParticipant 4711,Ada Lovelace,ada@x.org\n")
    assert (ada.participant, ada.mail) == ("4711", "ada@x.org")


def test_one_student_with_two_submissions_by_the_roster_is_refused(tmp_path: Path) -> None:
    people = roster(tmp_path, "id,name,mail\n7,Ada Lovelace,ada@x.org\n")
    put(tmp_path / "subs", "7.py", "ada.py")
    found = by_key(find_student_files(tmp_path / "subs", people))
    assert {one.state for one in found.values()} == {"refused"}
    assert "submitted more than once, as 7 and ada" in found["7"].problem


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("colour,shape\nred,round\n", "names no column for ids, names or mails; it reads: colour, shape"),
        ("id,name\n7,Ada\n8,Bob\n7,Carl\n", "has the login or id 7 twice, in lines 2 and 4"),
        ("key,mail\na,x@y\nb,X@y\n", "has the mail X@y twice, in lines 2 and 3"),
        ("id\n\0\n", "is not a CSV file of students"),
    ],
)
def test_roster_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        roster(tmp_path, text)


def test_missing_roster_and_foreign_encoding_are_reported(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_roster(tmp_path / "none.csv")
    with pytest.raises(UserError, match="is not UTF-8 text"):
        roster(tmp_path, "id,name\n1,Müller\n", "latin-1")


def test_login_of_canvas_that_is_a_mail_is_the_mail(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    path.write_text("Student,ID,SIS User ID,SIS Login ID\nAda,5,S1,ada@uni.example\nBob,6,S2,bob\n", encoding="utf-8")
    assert [(one.key, one.mail) for one in read_roster(path)] == [("ada@uni.example", "ada@uni.example"), ("bob", "")]
