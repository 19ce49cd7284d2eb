"""A student reaches milestones, keeps a streak, and gets a certificate when all is right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.commands import run_grade
from tests.support.submissions import write, write_all

REFERENCE = '''"""Images"""

import numpy as np

from autograder.author import case, check, milestone, reference


@reference(points=1)
def inverted(image):
    """What is the opposite of a bright value?"""
    return 1 - image


@check(inverted, points=1)
def dark_becomes_bright(draw):
    """Dark values become bright"""
    yield case(np.zeros((2, 3), np.float32))


@reference(points=1)
def brighter(image):
    """What is added?"""
    return image + 1


@check(brighter, points=1)
def one_is_added(draw):
    """Each value grows by one"""
    yield case(draw.uniform(2, 3))


@milestone(inverted, needs=brighter)
def turns_day_into_night(draw):
    """Your code turns day into night

    What was bright is dark.
    """
    yield "your night", case(np.arange(20, dtype=np.float32).reshape(4, 5))
'''
INVERTED = "def inverted(image):\n    return 1 - image\n"
BRIGHTER = "def brighter(image):\n    return image + 1\n"
NEW = "New: Your code turns day into night.\nSee it: `grade list sheet --html milestones.html`.\n"
STREAK = "Streak: 2 exercises turned right since one last turned wrong.\n"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course in which one of two exercises is right."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    contents = '"""Pictures"""\n\nsections = ("images",)\n'
    write_all(tmp_path / "reference/sheet", {"__init__.py": contents, "images.py": REFERENCE})
    solve(tmp_path, INVERTED)
    return tmp_path


def solve(course: Path, text: str) -> None:
    write(course / "exercises/sheet/images.py", text)


def test_milestone_is_new_once_and_listed_after_that(course: Path) -> None:
    first = run_grade(course, "sheet")
    assert first.returncode == 0, first.stderr
    assert "New:" not in first.stdout
    assert "Streak:" not in first.stdout
    assert "    Your code turns day into night: needs brighter\n" in run_grade(course, "list", "sheet").stdout
    refused = run_grade(course, "list", "sheet", "--html", "page.html")
    assert refused.returncode == 2
    assert "No milestone of sheet is reached yet" in refused.stderr

    solve(course, INVERTED + BRIGHTER)
    reached = run_grade(course, "sheet", "--html", "grade.html")
    assert NEW + STREAK in reached.stdout
    assert "Your code turns day into night" in (course / "grade.html").read_text(encoding="utf-8")
    again = run_grade(course, "sheet")
    assert "New:" not in again.stdout
    assert "Streak:" not in again.stdout

    listed = run_grade(course, "list", "sheet", "--html", "page.html")
    assert "Milestones, 1 of 1 reached\n  ✓ Your code turns day into night\n" in listed.stdout
    assert STREAK in listed.stdout
    page = "`grade list sheet --html milestones.html`"
    assert page not in listed.stdout
    assert page in run_grade(course, "list", "sheet").stdout
    assert "data:image/png;base64," in (course / "page.html").read_text(encoding="utf-8")
    assert "2 of 2 exercises done, 1 of 1 milestone reached" in run_grade(course, "list").stdout


def test_work_elsewhere_changes_nothing_but_its_page(course: Path) -> None:
    write(course / "other/images.py", INVERTED + BRIGHTER)
    done = run_grade(course, "sheet", "other", "--html", "grade.html")
    assert done.returncode == 0, done.stderr
    assert "New:" not in done.stdout
    assert "Your code turns day into night" in (course / "grade.html").read_text(encoding="utf-8")
    assert not (course / "state").exists()


def test_certificate_comes_when_all_is_right(course: Path) -> None:
    run_grade(course, "sheet")
    refused = run_grade(course, "certificate", "sheet", "--name", "Ada")
    assert refused.returncode == 2
    assert refused.stderr == (
        "Error: There is no certificate yet: 1 exercise is not right, or changed since the last grading: brighter. "
        "Run `grade sheet`.\n"
    )
    solve(course, INVERTED + BRIGHTER)
    run_grade(course, "sheet")
    done = run_grade(course, "certificate", "sheet", "--name", "Ada <b>")
    assert (done.returncode, done.stdout) == (0, "Certificate: certificate-sheet.html\n")
    page = (course / "certificate-sheet.html").read_text(encoding="utf-8")
    assert "<h1>Ada &lt;b&gt;</h1>" in page
    assert "Your code turns day into night" in page
    solve(course, INVERTED + BRIGHTER.replace("+ 1", "+ 2"))
    assert "changed since the last grading: brighter" in run_grade(course, "certificate", "sheet", "--name", "A").stderr
    shutil.rmtree(course / "exercises")
    elsewhere = run_grade(course, "certificate", "sheet", "--name", "A")
    assert elsewhere.returncode == 2
    assert "run this in the folder that holds exercises/, or run `grade start sheet`." in elsewhere.stderr


@pytest.mark.parametrize("name", ["", " ", "x" * 81])
def test_name_on_a_certificate_is_a_short_one(course: Path, name: str) -> None:
    done = run_grade(course, "certificate", "sheet", "--name", name)
    assert (done.returncode, done.stderr) == (2, "Error: --name needs 1 to 80 characters.\n")


def test_streak_ends_when_an_exercise_turns_wrong(course: Path) -> None:
    solve(course, INVERTED + BRIGHTER)
    assert STREAK in run_grade(course, "sheet").stdout
    solve(course, INVERTED)
    run_grade(course, "sheet")
    assert "Streak:" not in run_grade(course, "list", "sheet").stdout


@pytest.mark.parametrize("damage", ["{", '{"%s:sheet": {"version": 1, "reached": [{}], "streak": -3}}'])
def test_damaged_file_does_not_disturb_a_grade(course: Path, damage: str) -> None:
    write(course / "state/torchgrade/milestones.json", damage.replace("%s", str(course.resolve())))
    solve(course, INVERTED + BRIGHTER)
    done = run_grade(course, "sheet")
    assert (done.returncode, done.stderr) == (0, "")
    assert NEW + STREAK in done.stdout


def test_folder_that_cannot_be_written_does_not_disturb_a_grade(course: Path) -> None:
    write(course / "state", "a file")
    solve(course, INVERTED + BRIGHTER)
    done = run_grade(course, "sheet")
    assert (done.returncode, done.stderr) == (0, "")
    assert NEW in done.stdout


def test_code_that_shows_rubbish_keeps_its_grade(course: Path) -> None:
    rubbish = "def inverted(image):\n    return 1 - image if image.shape == (2, 3) else image * float('nan')\n"
    solve(course, rubbish + BRIGHTER)
    done = run_grade(course, "sheet")
    assert done.returncode == 0
    assert "2 of 2 exercises complete" in done.stdout
    assert "New:" not in done.stdout
    assert "Your code turns day into night: run `grade sheet` to see it" in run_grade(course, "list", "sheet").stdout
