"""Whatever lies in the folder of submissions, everybody is listed once: with what can be read, or why nothing can."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from autograder.classroom.archive import unpack
from autograder.classroom.gradebook import Student
from autograder.classroom.intake import Handin, IntakeError, find_handins, read_handin
from autograder.classroom.roster import RosterError, match, read_roster
from autograder.submission.sources import SubmissionError

CODE = "def conv2d_params():\n    return 1\n"


def put(folder: Path, *names: str) -> Path:
    """The folder with these files in it."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".zip"):
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("work.py", CODE)
        else:
            path.write_text(CODE, encoding="utf-8")
    return folder


def by_key(handed: list[Handin]) -> dict[str, Handin]:
    assert len({one.student.key for one in handed}) == len(handed)
    return {one.student.key: one for one in handed}


def names_of(one: Handin) -> list[str]:
    return [file.name for file in read_handin(one).files]


def test_folder_file_notebook_or_zip_is_a_student(tmp_path: Path) -> None:
    put(tmp_path, "ada/unet.py", "bob.py", "carl.zip")
    (tmp_path / "dora.ipynb").write_text('{"cells": [{"cell_type": "code", "source": "x = 1"}], "nbformat": 4}')
    put(tmp_path, ".DS_Store", "__MACOSX/x.py")
    found = by_key(find_handins(tmp_path))
    assert {key: names_of(one) for key, one in found.items()} == {
        "ada": ["unet.py"],
        "bob": ["bob.py"],
        "carl": ["work.py"],
        "dora": ["dora.ipynb"],
    }


def test_folders_of_moodle_tell_name_and_number(tmp_path: Path) -> None:
    put(tmp_path, "Ada Lovelace_4711_assignsubmission_file_/unet.py", "Émile Zola_12_assignsubmission_file/a/unet.py")
    found = by_key(find_handins(tmp_path))
    assert found["Ada Lovelace_4711"].student == Student("Ada Lovelace_4711", "Ada Lovelace", participant="4711")
    assert names_of(found["Émile Zola_12"]) == ["a/unet.py"]


def test_flat_files_of_moodle_belong_together_and_get_their_names_back(tmp_path: Path) -> None:
    put(tmp_path, *(f"Ada Lovelace_4711_assignsubmission_file_{name}" for name in ("unet.py", "batchnorm.py")))
    put(tmp_path, "Ada Lovelace_4711_assignsubmission_onlinetext_onlinetext.html")
    (one,) = find_handins(tmp_path)
    assert names_of(one) == ["batchnorm.py", "unet.py"]


def test_files_of_canvas_get_their_names_back(tmp_path: Path) -> None:
    put(tmp_path, "lovelaceada_12_345_unet.py", "lovelaceada_12_346_output_size-3.py", "zolaemile_LATE_13_99_work.zip")
    found = by_key(find_handins(tmp_path))
    assert names_of(found["lovelaceada_12"]) == ["output_size.py", "unet.py"]
    assert names_of(found["zolaemile_13"]) == ["work.py"]


def test_underscores_and_digits_alone_make_no_canvas_export(tmp_path: Path) -> None:
    put(tmp_path, "ada_1_2_work.py", "bob.py", "carl.py")
    assert set(by_key(find_handins(tmp_path))) == {"ada_1_2_work", "bob", "carl"}


def test_folders_of_nbgrader_hold_the_assignment(tmp_path: Path) -> None:
    put(tmp_path, "ada/exercise3/unet.py", "ada/exercise2/other.py", "bob/unet.py")
    found = by_key(find_handins(tmp_path, assignment="exercise3"))
    assert [names_of(found["ada"]), names_of(found["bob"])] == [["unet.py"], ["unet.py"]]


def test_two_submissions_of_one_student_are_refused_with_both_names(tmp_path: Path) -> None:
    put(tmp_path, "ada/unet.py", "ada.zip", "bob.py")
    found = by_key(find_handins(tmp_path))
    assert found["ada"].state == "refused"
    assert found["ada"].problem == "handed in more than once, as ada and ada.zip: keep one of them"
    assert found["bob"].state == "graded"


def test_what_cannot_be_a_submission_is_listed(tmp_path: Path) -> None:
    put(tmp_path, "essay.pdf", "ada.py")
    (tmp_path / "empty").mkdir()
    found = by_key(find_handins(tmp_path))
    assert found["essay.pdf"].state == "unreadable"
    with pytest.raises(SubmissionError, match=r"empty holds no \.py file and no notebook"):
        read_handin(found["empty"])


@pytest.mark.parametrize(
    "name", ["new\nline", "-rf", "--help", "😀", "ü" * 120, "a" * 252, "=cmd()", "\u202egpj", " ", "%s{0}$HOME`id`"]
)
def test_odd_names_are_students_like_any_other(tmp_path: Path, name: str) -> None:
    put(tmp_path, f"{name}.py" if len(name) > 200 else f"{name}/unet.py")
    (one,) = find_handins(tmp_path)
    assert one.student.key.isprintable()
    assert len(read_handin(one).files) == 1


def test_names_that_are_no_text_are_shown_escaped(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff\xfe")).mkdir()
    (one,) = find_handins(tmp_path)
    assert one.student.key == "\\udcff\\udcfe"


def test_link_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "elsewhere", "unet.py")
    (tmp_path / "subs").mkdir()
    (tmp_path / "subs" / "ada").symlink_to(tmp_path / "elsewhere")
    (one,) = find_handins(tmp_path / "subs")
    with pytest.raises(SubmissionError, match="is a symbolic link"):
        read_handin(one)


def test_ten_thousand_files_are_one_clear_line(tmp_path: Path) -> None:
    folder = tmp_path / "ada"
    folder.mkdir()
    for number in range(10_001):
        (folder / f"{number}.txt").touch()
    (one,) = find_handins(tmp_path)
    with pytest.raises(SubmissionError, match="takes the submission past 10,000 files and folders"):
        read_handin(one)


def test_huge_zip_is_one_clear_line(tmp_path: Path) -> None:
    with (tmp_path / "ada.zip").open("wb") as file:
        file.truncate(2 << 30)
    (one,) = find_handins(tmp_path)
    with pytest.raises(SubmissionError, match="is larger than 256 MiB"):
        read_handin(one)


@pytest.mark.parametrize("make", [lambda path: None, Path.mkdir, Path.touch])
def test_folder_without_submissions_is_refused(tmp_path: Path, make: object) -> None:
    make(tmp_path / "subs")
    with pytest.raises(IntakeError):
        find_handins(tmp_path / "subs")


def roster(tmp_path: Path, text: str, encoding: str = "utf-8") -> list[Student]:
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding=encoding)
    return read_roster(path)


def test_roster_names_who_handed_in_nothing(tmp_path: Path) -> None:
    people = roster(tmp_path, "ID;Full name;E-Mail\n7;Ada Lovelace;ada@x.org\n8;Zoé Zola;zoe@x.org\n", "utf-8-sig")
    put(tmp_path / "subs", "7/unet.py", "stranger.py")
    found = by_key(find_handins(tmp_path / "subs", people))
    assert found["7"].student == Student("7", "Ada Lovelace", "7", "ada@x.org")
    assert (found["8"].state, found["8"].student.name) == ("missing", "Zoé Zola")
    assert (found["stranger"].state, found["stranger"].problem) == ("graded", "is not on the roster")


@pytest.mark.parametrize("name", ["ada", "Ada@X.org", "7", "Ada Lovelace", "lovelace, ada", "ADA_LOVELACE"])
def test_students_are_found_on_the_roster_by_what_they_are_called(tmp_path: Path, name: str) -> None:
    people = roster(tmp_path, "id,first name,last name,mail\n7,Ada,Lovelace,ada@x.org\n8,Bob,Smith,bob@x.org\n")
    student = Student(name)
    assert match([student], people)[student].number == "7"


def test_name_that_two_have_decides_nothing(tmp_path: Path) -> None:
    people = roster(tmp_path, "id,name\n7,Anna Müller\n8,Anna Müller\n")
    assert match([Student("Anna Müller")], people) == {}


def test_number_of_the_platform_is_not_the_number_of_the_roster(tmp_path: Path) -> None:
    people = roster(tmp_path, "id,name\n4711,Somebody Else\n7,Ada Lovelace\n")
    student = Student("Ada Lovelace_4711", "Ada Lovelace", participant="4711")
    assert match([student], people)[student].number == "7"


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
    found = by_key(find_handins(tmp_path / "subs", people))
    assert {one.state for one in found.values()} == {"refused"}
    assert "handed in more than once, as 7 and ada" in found["7"].problem


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
    with pytest.raises(RosterError, match=reason):
        roster(tmp_path, text)


def test_missing_roster_and_foreign_encoding_are_told(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="cannot be read"):
        read_roster(tmp_path / "none.csv")
    with pytest.raises(RosterError, match="is not UTF-8 text"):
        roster(tmp_path, "id,name\n1,Müller\n", "latin-1")


def test_export_of_a_platform_is_unpacked_and_nothing_escapes(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("Ada_1_assignsubmission_file_/unet.py", CODE)
        archive.writestr("Bob_2_assignsubmission_file_essay.pdf", "x" * 1000)
        archive.writestr("Nil_4_assignsubmission_file_/", "")
        archive.writestr("../escaped.py", CODE)
        archive.writestr("/absolute.py", CODE)
        link = zipfile.ZipInfo("Eve_3_assignsubmission_file_/link.py")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    problems = unpack(tmp_path / "all.zip", tmp_path / "out")
    assert len(problems) == 3
    found = by_key(find_handins(tmp_path / "out"))
    assert names_of(found["Ada_1"]) == ["unet.py"]
    assert found["Bob_2"].state == "unreadable"
    assert "Nil_4" in found
    assert not (tmp_path / "escaped.py").exists()


def test_bomb_for_the_whole_class_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.classroom.archive.MAX_TOTAL", 5 << 20)
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.py", b"#" * (2 << 20))
    with pytest.raises(IntakeError, match="unpacks to too much"):
        unpack(tmp_path / "all.zip", tmp_path / "out")


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_text("hello")
    with pytest.raises(IntakeError, match="is not a zip file that can be read"):
        unpack(tmp_path / "all.zip", tmp_path / "out")
