"""What is remembered of a student's progress, and when it counts no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import user_state_path

from autograder.course import Course
from autograder.handout import done_exercises, read_passed, write_passed
from autograder.handout.notebook_cells import TASK
from autograder.submission import code_digests, read_submission

STUB = f"def area(side):\n    {TASK}\n    raise NotImplementedError()\n"
AREA = "def area(side):\n    return side * side\n"
SIDE = "\n\ndef side(area):\n    return area**0.5\n"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an assignment in which `area` and `side` passed."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "exercises" / "plane"
    folder.mkdir(parents=True)
    (folder / "plane.py").write_text(AREA + SIDE, encoding="utf-8")
    write_passed(tmp_path, "plane", code_digests(read_submission(folder), ["area", "side"]))
    return folder


def done(work: Path) -> frozenset[str]:
    return done_exercises(Course(work.parent.parent), "plane")


def test_exercise_is_done_while_its_code_is_the_same(work: Path) -> None:
    assert done(work) == {"area", "side"}
    (work / "plane.py").write_text("# done\n" + AREA + "\n" + SIDE, encoding="utf-8")
    assert done(work) == {"area", "side"}


def test_exercise_that_was_reset_or_changed_is_not_done(work: Path) -> None:
    (work / "plane.py").write_text(STUB + SIDE, encoding="utf-8")
    assert done(work) == {"side"}
    (work / "plane.py").write_text(AREA.replace("*", "+") + SIDE, encoding="utf-8")
    assert done(work) == {"side"}


def test_without_files_nothing_is_done(work: Path) -> None:
    (work / "plane.py").unlink()
    assert done(work) == frozenset()


@pytest.mark.parametrize("stored", ['{"%s:plane": {"area": 1}}', '{"%s:plane": ["area"]}', '{"%s:plane": ', "[1]"])
def test_file_of_an_older_version_counts_no_more(work: Path, stored: str) -> None:
    course = work.parent.parent
    path = user_state_path("torchgrade", appauthor=False) / "passed.json"
    path.write_text(stored.replace("%s", str(course.resolve())), encoding="utf-8")
    assert read_passed(course, "plane") == {}
    assert done(work) == frozenset()
