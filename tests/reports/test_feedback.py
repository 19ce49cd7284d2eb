"""Feedback for students' hands: nothing of anybody else, nothing of hidden checks, and names that platforms know."""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.classroom import Entry, Gradebook, file_name
from autograder.errors import UserError
from autograder.reports.feedback import canvas_place, feedback, feedback_canvas, feedback_moodle, moodle_place, page_for
from tests.support.commands import SEED, run_grade
from tests.support.course import HALF_RIGHT, SOLUTIONS
from tests.support.submissions import write

SOURCES = [(folder / "output_size.py").read_text(encoding="utf-8") for folder in (SOLUTIONS, HALF_RIGHT)]


def words_of(page: str) -> str:
    return html.unescape(page)


def named(entry: Entry) -> set[str]:
    """What names a student, as pages show it."""
    student = entry.student
    texts = {student.key, student.name, student.number, student.mail, student.participant}
    return {shown for text in texts if len(shown := " ".join(text.split())) > 3}  # "007" is in many drawings


def entry_of(gradebook: Gradebook, key: str) -> Entry:
    return next(entry for entry in gradebook.entries if entry.student.key == key)


def test_page_names_nobody_else(class_of_nine: Gradebook) -> None:
    pages = feedback(class_of_nine)
    for entry in class_of_nine.entries:
        page = pages.get(f"feedback/{file_name(entry.student.key)}.html")
        if page is None:
            assert (entry.state, entry.earned) == ("missing", None)
            continue
        others = set().union(*(named(other) for other in class_of_nine.entries if other is not entry))
        text = words_of(page)
        assert {name for name in others - named(entry) if name in text} == set()
        assert entry.student.display_name.split()[0][:60] in text
        assert "href=" not in page.replace('href="#main"', "")


def test_page_of_the_class_does_name_them(class_of_nine: Gradebook) -> None:
    """The test above can fail: the other pages hold the names of neighbours."""
    from autograder.reports.html import html as class_pages

    text = words_of(class_pages(class_of_nine)["report/students/alice.html"])
    assert "Bob" in text


def test_hidden_check_shows_only_verdict_and_points(class_of_nine: Gradebook) -> None:
    page = page_for(class_of_nine, entry_of(class_of_nine, "alice"))
    assert "Check 1 of noise holds" in page
    assert "Check 2 of noise holds" not in page
    assert "A hidden check" in page
    assert "0.25 of 0.25" in page


@pytest.mark.parametrize(
    ("came_as", "place"),
    [
        ("Ada Lovelace_4711_assignsubmission_file_", "Ada Lovelace_4711_assignsubmission_file_/feedback.html"),
        ("Ada Lovelace_4711_assignsubmission_file", "Ada Lovelace_4711_assignsubmission_file/feedback.html"),
        ("Ada Lovelace_4711_assignsubmission_file_ (1)", "Ada Lovelace_4711_assignsubmission_file_/feedback.html"),
        ("Ada Lovelace_4711_assignsubmission_file_a.py", "Ada Lovelace_4711_assignsubmission_file_feedback.html"),
        ("Ada Lovelace_4711_assignsubmission_onlinetext_", ""),
        ("ada", ""),
    ],
)
def test_moodle_finds_the_student(came_as: str, place: str) -> None:
    assert moodle_place(came_as) == place


@pytest.mark.parametrize(
    ("came_as", "place"),
    [
        ("lovelaceada_12_345_unet-1.py", "lovelaceada_12_345_feedback.html"),
        ("lovelaceada_LATE_12_345_my_work.py", "lovelaceada_LATE_12_345_feedback.html"),
        ("ada.py", ""),
    ],
)
def test_canvas_finds_the_submission(came_as: str, place: str) -> None:
    assert canvas_place(came_as) == place


def test_equal_pages_make_an_equal_zip(class_of_nine: Gradebook) -> None:
    alice = replace(entry_of(class_of_nine, "alice"), came_as=("alice_12_345_a.py", "alice_12_346_b.py"))
    book = replace(class_of_nine, entries=(alice, entry_of(class_of_nine, "bob")))
    (data,) = feedback_canvas(book).values()
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == ["alice_12_345_feedback.html"]
    assert feedback_canvas(book)["feedback-canvas.zip"] == data
    with pytest.raises(UserError, match="No submission has the name of a download from Moodle"):
        feedback_moodle(book)


@pytest.fixture(scope="module")
def results(small_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three students of a download from Moodle, one of them in several folders, and one who came by mail."""
    folder = tmp_path_factory.mktemp("moodle")
    for number, name in enumerate(("Ada Lovelace", "Émile Zola", "Grace Hopper")):
        place = f"{name}_47{number}1_assignsubmission_file_/work/output_size.py"
        write(folder / "subs" / place, f"# of {name}\n{SOURCES[number % 2]}")
    write(folder / "subs/by mail/output_size.py", SOURCES[1])
    roster = "name,number,participant\nLovelace Ada,17,4701\nOnly Onroster,18,999\n"
    (folder / "roster.csv").write_text(roster, encoding="utf-8")
    arguments = "batch", "exercise3", *SEED, folder / "subs", "-o", folder / "res", "--roster", folder / "roster.csv"
    done = run_grade(small_course, *arguments)
    assert done.returncode == 0, done.stderr
    return folder / "res"


def test_export_writes_a_zip_for_moodle_and_names_who_is_not_in_it(results: Path, tmp_path: Path) -> None:
    done = run_grade(tmp_path, "export", results, "--format", "feedback-moodle", "--format", "feedback", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    assert (
        "Not in feedback-moodle.zip, because no uploaded file of Moodle is theirs: 1 student (by mail)." in done.stderr
    )
    with zipfile.ZipFile(tmp_path / "feedback-moodle.zip") as archive:
        pages = {name: words_of(archive.read(name).decode()) for name in archive.namelist()}
    assert set(pages) == {
        f"{name}_47{number}1_assignsubmission_file_/feedback.html"
        for number, name in enumerate(("Ada Lovelace", "Émile Zola", "Grace Hopper"))
    }
    surnames = {"Lovelace", "Zola", "Hopper", "Onroster", "by mail"}
    for name, page in pages.items():
        assert {one for one in surnames if one in page} == {re.split(r"[ _]", name)[1]}
    assert len(list((tmp_path / "feedback").iterdir())) == 4


def test_refused_student_gets_feedback_as_well(small_course: Path, tmp_path: Path) -> None:
    for end in ("", " (1)"):
        write(tmp_path / f"subs/Ada_101_assignsubmission_file_{end}/output_size.py", SOURCES[0])
    assert (
        run_grade(small_course, "batch", "exercise3", *SEED, tmp_path / "subs", "-o", tmp_path / "res").returncode == 0
    )
    done = run_grade(tmp_path, "export", tmp_path / "res", "--format", "feedback-moodle")
    assert (done.returncode, done.stderr) == (0, "")
    with zipfile.ZipFile(tmp_path / "res/feedback-moodle.zip") as archive:
        (name,) = archive.namelist()
        assert "submitted more than once" in archive.read(name).decode()
    assert name == "Ada_101_assignsubmission_file_/feedback.html"


def test_page_of_a_student_who_has_gone_is_removed(results: Path, tmp_path: Path) -> None:
    (tmp_path / "feedback").mkdir()
    for name in ("gone.html", "notes.txt"):
        (tmp_path / "feedback" / name).touch()
    assert run_grade(tmp_path, "export", results, "--format", "feedback", "-o", tmp_path).returncode == 0
    assert not (tmp_path / "feedback/gone.html").exists()
    assert (tmp_path / "feedback/notes.txt").exists()


def test_zip_for_another_platform_is_a_sentence(results: Path, tmp_path: Path) -> None:
    done = run_grade(tmp_path, "export", results, "--format", "feedback-canvas", "-o", tmp_path)
    assert done.returncode == 2
    assert "No submission has the name of a download from Canvas." in done.stderr
