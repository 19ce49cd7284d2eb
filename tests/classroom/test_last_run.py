"""The page of a class shows whose points the last run of `grade batch` changed, and why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from autograder.classroom import Change, LastRun, read_last_run, write_last_run
from tests.support.commands import run_grade
from tests.support.course import HALF_RIGHT, SOLUTIONS


def test_changed_submission_is_listed_with_the_reason(small_course: Path, tmp_path: Path) -> None:
    submissions, results = tmp_path / "submissions", tmp_path / "results"
    for name, source in (("ada", HALF_RIGHT), ("bob", SOLUTIONS)):
        (submissions / name).mkdir(parents=True)
        shutil.copy(source / "output_size.py", submissions / name)
    batch = "batch", "exercise3", submissions, "-o", results, "--seed", 3
    assert run_grade(small_course, *batch).returncode == 0
    assert read_last_run(results) == LastRun(new=2)
    shutil.copy(SOLUTIONS / "output_size.py", submissions / "ada")
    assert run_grade(small_course, *batch).returncode == 0
    (change,) = read_last_run(results).changes
    assert change.student == "ada"
    assert change.before is not None
    assert change.after is not None
    assert change.before < change.after
    assert change.why == "the submission changed"
    page = (results / "report/index.html").read_text(encoding="utf-8")
    assert "the submission changed" in page
    assert run_grade(small_course, *batch).returncode == 0  # nothing to do
    assert read_last_run(results).changes == (change,)
    assert run_grade(small_course, "verify", results).returncode == 0


def test_file_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    for text in ("", "[]", '{"new": 1, "changes": [{"a": 1}]}', json.dumps({"new": "x", "changes": []})):
        (tmp_path / "last_run.json").write_text(text, encoding="utf-8")
        assert read_last_run(tmp_path) == LastRun()


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    changes = [Change("b", None, 2.0, "x"), Change("\ud800", 1.0, 0.5, "y")]
    write_last_run(tmp_path, 3, changes)
    assert read_last_run(tmp_path) == LastRun(3, tuple(changes))
