"""What a student has done, as the files show it."""

from __future__ import annotations

from pathlib import Path

from autograder.handout import done_exercises
from autograder.handout.notebook_cells import TASK

STUB = f"def area(side):\n    {TASK}\n    raise NotImplementedError()\n"


def test_exercise_that_was_reset_is_not_done(tmp_path: Path) -> None:
    (tmp_path / "plane.py").write_text(STUB + "\n\ndef side(area):\n    return area**0.5\n", encoding="utf-8")
    assert done_exercises(tmp_path, ["area", "side"]) == {"side"}


def test_exercise_that_is_done_in_one_of_two_files_is_done(tmp_path: Path) -> None:
    (tmp_path / "plane.py").write_text(STUB, encoding="utf-8")
    (tmp_path / "work.py").write_text("def area(side):\n    return side * side\n", encoding="utf-8")
    assert done_exercises(tmp_path, ["area"]) == {"area"}


def test_without_files_what_passed_is_done(tmp_path: Path) -> None:
    assert done_exercises(tmp_path / "missing", ["area"]) == {"area"}
