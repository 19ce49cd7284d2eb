"""The first run builds the exam and says so; what is piped is as wide as COLUMNS says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.cli.console import exam_progress
from tests.support.commands import run_grade

FIRST = "Preparing the exam, only this once. It may take a minute.\n"


def test_only_the_run_that_builds_the_exam_says_so(small_course: Path, tmp_path: Path) -> None:
    own = {"XDG_CACHE_HOME": str(tmp_path)}
    first = run_grade(small_course, "exercise3", "solutions/exercise3", **own)
    assert (first.returncode, first.stderr) == (0, FIRST)
    again = run_grade(small_course, "exercise3", "solutions/exercise3", **own)
    assert (again.returncode, again.stderr) == (0, "")


def test_terminal_shows_how_far_the_exam_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    shown: list[str] = []
    progress = exam_progress(shown.append)
    progress(1, 2)
    progress(2, 2)
    assert shown[-1] == "Preparing the exam, only this once: step 2 of 2"
    assert capsys.readouterr().err == ""


def test_seconds_of_the_report_are_those_since_the_start(small_course: Path, tmp_path: Path) -> None:
    done = run_grade(small_course, "exercise3", "solutions/exercise3", "--json", tmp_path / "grade.json")
    shown = re.search(r"complete, ([0-9.]+) s, isolation", done.stdout)
    graded = re.search(r'"seconds": ([0-9.]+)', (tmp_path / "grade.json").read_text(encoding="utf-8"))
    assert shown is not None
    assert graded is not None
    assert float(shown[1]) > float(graded[1])  # torch alone takes longer to import than these answers to compare


@pytest.mark.parametrize("columns", [60, 90])
def test_columns_set_the_width_of_what_is_piped(small_course: Path, tmp_path: Path, columns: int) -> None:
    done = run_grade(small_course, "exercise3", "solutions/exercise3", COLUMNS=str(columns))
    assert max(map(len, done.stdout.splitlines())) == columns
    work = tmp_path / "work.py"
    work.write_text("def conv_output_size(*sizes, **more):\n    return 1\n", encoding="utf-8")
    hint = run_grade(small_course, "hint", "exercise3", "conv_output_size", work, COLUMNS=str(columns))
    assert max(map(len, hint.stdout.splitlines()[:-1])) in range(columns - 20, columns + 1)
