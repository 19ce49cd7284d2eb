"""A folder in which the notebook of a small assignment runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import Course
from autograder.exam.cache import exam_for
from autograder.exam.codec import save_exam
from autograder.exam.seal import seal
from tests.support.halves import HALVES
from tests.support.submissions import write_all


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sealed exam of a small assignment; the notebook runs there."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    write_all(tmp_path / "course", HALVES)
    folder = tmp_path / "work"
    folder.mkdir()
    save_exam(seal(exam_for(Course(tmp_path / "course"), "sheet", 0)), folder / "sheet.exam")
    monkeypatch.chdir(folder)
    return folder
