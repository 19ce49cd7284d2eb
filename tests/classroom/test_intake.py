"""Whatever lies in the folder of submissions, everybody is listed once: with what can be read, or why nothing can."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.classroom.gradebook import Student
from autograder.classroom.intake import find_strays, find_student_files, read_student_files
from autograder.errors import UserError
from autograder.submission.sources import SubmissionError
from tests.support.handins import by_key, files_of, put
from tests.support.notebooks import notebook


def test_folder_file_notebook_or_zip_is_a_student(tmp_path: Path) -> None:
    put(tmp_path, "ada/unet.py", "bob.py", "carl.zip")
    (tmp_path / "dora.ipynb").write_text('{"cells": [{"cell_type": "code", "source": "x = 1"}], "nbformat": 4}')
    put(tmp_path, ".DS_Store", "__MACOSX/x.py")
    found = by_key(find_student_files(tmp_path))
    assert {key: files_of(one) for key, one in found.items()} == {
        "ada": ["unet.py"],
        "bob": ["bob.py"],
        "carl": ["work.py"],
        "dora": ["dora.ipynb"],
    }


def test_folders_of_moodle_give_name_and_number(tmp_path: Path) -> None:
    put(tmp_path, "Ada Lovelace_4711_assignsubmission_file_/unet.py", "Émile Zola_12_assignsubmission_file/a/unet.py")
    found = by_key(find_student_files(tmp_path))
    assert found["Ada Lovelace_4711"].student == Student("Ada Lovelace_4711", "Ada Lovelace", participant="4711")
    assert files_of(found["Émile Zola_12"]) == ["a/unet.py"]


def test_flat_files_of_moodle_belong_together_and_get_their_names_back(tmp_path: Path) -> None:
    put(tmp_path, *(f"Ada Lovelace_4711_assignsubmission_file_{name}" for name in ("unet.py", "batchnorm.py")))
    put(tmp_path, "Ada Lovelace_4711_assignsubmission_onlinetext_onlinetext.html")
    (one,) = find_student_files(tmp_path)
    assert files_of(one) == ["batchnorm.py", "unet.py"]


def test_files_of_canvas_get_their_names_back(tmp_path: Path) -> None:
    put(tmp_path, "lovelaceada_12_345_unet.py", "lovelaceada_12_346_output_size-3.py", "zolaemile_LATE_13_99_work.zip")
    found = by_key(find_student_files(tmp_path))
    assert files_of(found["lovelaceada_12"]) == ["output_size.py", "unet.py"]
    assert files_of(found["zolaemile_13"]) == ["work.py"]


def test_underscores_and_digits_alone_make_no_canvas_export(tmp_path: Path) -> None:
    put(tmp_path, "ada_1_2_work.py", "bob.py", "carl.py")
    assert set(by_key(find_student_files(tmp_path))) == {"ada_1_2_work", "bob", "carl"}


def test_folders_of_nbgrader_hold_the_assignment(tmp_path: Path) -> None:
    put(tmp_path, "ada/exercise3/unet.py", "ada/exercise2/other.py", "bob/unet.py")
    found = by_key(find_student_files(tmp_path, assignment="exercise3"))
    assert [files_of(found["ada"]), files_of(found["bob"])] == [["unet.py"], ["unet.py"]]


def test_work_for_another_assignment_is_missing_and_never_taken(tmp_path: Path) -> None:
    put(
        tmp_path,
        "ada/exercise2/exercise2.py",
        "bob/exercise3/unet.py",
        "carl/exercise2/a.py",
        "carl/unet.py",
        "dora/x/y.py",
    )
    found = by_key(find_student_files(tmp_path, assignment="exercise3", others={"exercise2", "exercise4"}))
    assert (found["ada"].state, found["ada"].problem) == ("missing", "submitted nothing for exercise3, only exercise2")
    assert {name: found[name].state for name in ("bob", "carl", "dora")} == dict.fromkeys(
        ("bob", "carl", "dora"), "graded"
    )


def test_newer_file_of_the_same_name_on_canvas_is_graded_and_the_older_one_named(tmp_path: Path) -> None:
    old, new = "lovelaceada_12_456_exercise3.py", "lovelaceada_12_1999_exercise3-1.py"
    put(tmp_path, old, new, "lovelaceada_12_457_unet.py", "zolaemile_13_99_work.py", "zolaemile_13_98_other.py")
    (tmp_path / new).write_text("newer = 1\n")
    found = by_key(find_student_files(tmp_path))
    ada = found["lovelaceada_12"]
    assert ada.problem == f"submitted again: {old} is older and not graded"
    assert {file.name: file.cells for file in read_student_files(ada).files}["exercise3.py"] == ("newer = 1\n",)
    assert files_of(ada) == ["exercise3.py", "unet.py"]
    assert (found["zolaemile_13"].problem, len(found["zolaemile_13"].paths)) == ("", 2)


def test_second_download_of_a_folder_of_moodle_is_refused(tmp_path: Path) -> None:
    one, other = "Ada L_4711_assignsubmission_file_", "Ada L_4711_assignsubmission_file_ (1)"
    put(tmp_path, f"{one}/unet.py", f"{other}/unet.py")
    (ada,) = find_student_files(tmp_path)
    assert (ada.state, ada.problem) == ("refused", f"submitted more than once, as {one} and {other}: keep one of them")


def test_files_of_one_name_in_a_file_and_an_archive_are_both_kept(tmp_path: Path) -> None:
    put(tmp_path, "lovelaceada_12_456_work.py", "lovelaceada_12_457_all.zip", "zolaemile_13_99_work.py")
    files = read_student_files(by_key(find_student_files(tmp_path))["lovelaceada_12"]).files
    assert sorted(file.name for file in files) == ["lovelaceada_12_457_all.zip/work.py", "work.py"]


def test_two_submissions_of_one_student_are_refused_with_both_names(tmp_path: Path) -> None:
    put(tmp_path, "ada/unet.py", "ada.zip", "bob.py")
    found = by_key(find_student_files(tmp_path))
    assert found["ada"].state == "refused"
    assert found["ada"].problem == "submitted more than once, as ada and ada.zip: keep one of them"
    assert found["bob"].state == "graded"


def test_what_cannot_be_a_submission_is_listed(tmp_path: Path) -> None:
    put(tmp_path, "essay.pdf", "ada.py")
    (tmp_path / "empty").mkdir()
    found = by_key(find_student_files(tmp_path))
    assert found["essay"].state == "unreadable"
    with pytest.raises(SubmissionError, match=r"empty holds no \.py file and no notebook"):
        read_student_files(found["empty"])


@pytest.mark.parametrize(
    "name", ["new\nline", "-rf", "--help", "😀", "ü" * 120, "a" * 252, "=cmd()", "\u202egpj", " ", "%s{0}$HOME`id`"]
)
def test_odd_names_are_students_like_any_other(tmp_path: Path, name: str) -> None:
    put(tmp_path, f"{name}.py" if len(name) > 200 else f"{name}/unet.py")
    (one,) = find_student_files(tmp_path)
    assert one.student.key.isprintable()
    assert len(read_student_files(one).files) == 1


def test_names_that_are_no_text_are_shown_escaped(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff\xfe")).mkdir()
    (one,) = find_student_files(tmp_path)
    assert one.student.key == "\\udcff\\udcfe"


def test_link_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "elsewhere", "unet.py")
    (tmp_path / "subs").mkdir()
    (tmp_path / "subs" / "ada").symlink_to(tmp_path / "elsewhere")
    (one,) = find_student_files(tmp_path / "subs")
    with pytest.raises(SubmissionError, match="is a symbolic link"):
        read_student_files(one)


def test_ten_thousand_files_are_one_clear_line(tmp_path: Path) -> None:
    folder = tmp_path / "ada"
    folder.mkdir()
    for number in range(10_001):
        (folder / f"{number}.txt").touch()
    (one,) = find_student_files(tmp_path)
    with pytest.raises(SubmissionError, match="takes the submission past 10,000 files and folders"):
        read_student_files(one)


def test_huge_zip_is_one_clear_line(tmp_path: Path) -> None:
    with (tmp_path / "ada.zip").open("wb") as file:
        file.truncate(2 << 30)
    (one,) = find_student_files(tmp_path)
    with pytest.raises(SubmissionError, match="is larger than 256 MiB"):
        read_student_files(one)


@pytest.mark.parametrize("make", [lambda path: None, Path.mkdir, Path.touch])
def test_folder_without_submissions_is_refused(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "subs")
    with pytest.raises(UserError):
        find_student_files(tmp_path / "subs")


def test_two_owners_with_one_key_are_refused_together(tmp_path: Path) -> None:
    put(tmp_path, "Ada Lovelace_12/a.py", "Ada Lovelace_12_assignsubmission_file_/a.py")
    (one,) = find_student_files(tmp_path)
    assert (one.student.key, one.student.participant, one.state) == ("Ada Lovelace_12", "12", "refused")
    assert "as Ada Lovelace_12 and Ada Lovelace_12_assignsubmission_file_: keep one" in one.problem


def test_no_two_files_of_a_student_share_a_name(tmp_path: Path) -> None:
    put(tmp_path, "ada/a\x07.py", "ada/a\\x07.py")
    (one,) = find_student_files(tmp_path)
    assert files_of(one) == ["a\\x07 (2).py", "a\\x07.py"]


def test_notebook_of_a_platform_that_writes_a_file_gets_its_name_back(tmp_path: Path) -> None:
    text = notebook("x = 1", "%%writefile unet.py\ny = 1")
    (tmp_path / "lovelaceada_12_345_work.ipynb").write_text(text, encoding="utf-8")
    (one,) = find_student_files(tmp_path)
    assert files_of(one) == ["unet.py", "work.ipynb"]


def test_what_is_not_read_is_named_as_what_it_is(tmp_path: Path) -> None:
    put(tmp_path, "ada.docx", "lovelaceada_12_345_unet.py", "lovelaceada_12_346_essay.pdf", "zolaemile_13_347_a.HEIC")
    put(tmp_path, "zolaemile_13_348_b.7z")
    found = by_key(find_student_files(tmp_path))
    assert found["ada"].problem.endswith(".zip or .tar.gz, only ada.docx (a Word document)")
    assert (files_of(found["lovelaceada_12"]), found["lovelaceada_12"].problem) == (
        ["unet.py"],
        "not read: essay.pdf (a PDF)",
    )
    assert found["zolaemile_13"].problem.endswith(
        "only a.HEIC (a picture), b.7z (an archive of a kind that is not opened)"
    )


def test_large_letters_and_tars_make_the_same_students(tmp_path: Path) -> None:
    put(tmp_path, "Bob.PY")
    with tarfile.open(tmp_path / "eve.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "Bob.PY", "unet.py")
    found = by_key(find_student_files(tmp_path))
    assert {key: files_of(one) for key, one in found.items()} == {"Bob": ["Bob.py"], "eve": ["unet.py"]}


def test_files_that_are_no_submissions_are_no_students(tmp_path: Path) -> None:
    put(tmp_path, "ada.py", "bob.docx", "grades.xlsx", "notes.md", "eve.txt", "deadline")
    (tmp_path / "carl").mkdir()
    assert set(by_key(find_student_files(tmp_path))) == {"ada", "bob", "carl"}
    strays = ["deadline", "eve.txt (a text file)", "grades.xlsx (a spreadsheet)", "notes.md (a text file)"]
    assert find_strays(tmp_path) == strays
    roster = [Student("eve")]
    assert find_strays(tmp_path, roster) == [stray for stray in strays if not stray.startswith("eve")]
    found = by_key(find_student_files(tmp_path, roster))
    assert [(key, one.state) for key, one in found.items() if key.startswith("eve")] == [("eve", "unreadable")]


def test_folder_with_nothing_but_strays_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "grades.xlsx")
    with pytest.raises(UserError, match=r"holds no submission, only grades.xlsx \(a spreadsheet\)"):
        find_student_files(tmp_path)


def test_text_and_link_on_canvas_belong_to_the_student(tmp_path: Path) -> None:
    put(tmp_path, "lovelaceada_12_text.html", "lovelaceada_12_345_unet.py", "zolaemile_LATE_13_link.html")
    found = by_key(find_student_files(tmp_path))
    assert (files_of(found["lovelaceada_12"]), found["lovelaceada_12"].problem) == (
        ["unet.py"],
        "not read: text.html (a text that was entered on Canvas)",
    )
    assert found["zolaemile_13"].state == "unreadable"
    assert found["zolaemile_13"].problem.endswith(", only link.html (a link that was entered on Canvas)")


def test_anonymous_files_of_canvas_are_one_student_each(tmp_path: Path) -> None:
    put(
        tmp_path, "anon_aB3xY_345_unet.py", "anon_aB3xY_346_bn.py", "anon_LATE_Zz9_9_1_a.py", "anon_LATE_Zz9k9_347_a.py"
    )
    found = by_key(find_student_files(tmp_path))
    assert files_of(found["anon_aB3xY"]) == ["bn.py", "unet.py"]
    assert files_of(found["anon_Zz9k9"]) == ["a.py"]


def test_late_file_of_canvas_is_named_as_late(tmp_path: Path) -> None:
    put(tmp_path, "lovelaceada_LATE_12_345_unet.py", "zolaemile_13_346_a.py")
    problems = {key: one.problem for key, one in by_key(find_student_files(tmp_path)).items()}
    assert problems == {"lovelaceada_12": "handed in late, says Canvas", "zolaemile_13": ""}


def test_document_beside_the_code_of_one_student_is_named(tmp_path: Path) -> None:
    put(tmp_path, "ada.py", "ada.docx", "bob.py.txt")
    found = by_key(find_student_files(tmp_path))
    assert (files_of(found["ada"]), found["ada"].problem) == (["ada.py"], "not read: ada.docx (a Word document)")
    assert found["bob"].problem.endswith(", only bob.py.txt (Python with another ending; it must end with .py)")


def test_uploads_to_canvas_are_told_apart_by_the_versions_of_their_files(tmp_path: Path) -> None:
    names = ("a_12_100_x.py", "a_12_101_y.py", "a_12_200_x-1.py", "a_12_300_x-2.py", "a_12_301_y-1.py", "b_13_102_x.py")
    put(tmp_path, *names)
    found = by_key(find_student_files(tmp_path))
    uploads = [[path.name for _, path in upload] for upload in found["a_12"].uploads]
    assert uploads == [
        ["a_12_100_x.py", "a_12_101_y.py"],
        ["a_12_200_x-1.py", "a_12_301_y-1.py"],
        ["a_12_300_x-2.py", "a_12_301_y-1.py"],
    ]
    assert {path for _, path in found["a_12"].uploads[-1]} == {path for _, path in found["a_12"].paths}
    assert found["b_13"].uploads == ()
