"""A course on sequences and attention, written from the documentation alone, works without a change of the engine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.exam.cache import exam_for
from autograder.exam.subset import only, without_training
from autograder.grading import grade
from autograder.handout.stubs import outdated_stubs
from autograder.model import Exam, Grade, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from autograder.submission.read import read_submission
from tests.support.commands import run_grade
from tests.support.results import exercises_of

FOLDER = Path(__file__).parent / "sequences"
RIGHT = sorted((FOLDER / "submissions/right").glob("*.py"))
WRONG = sorted((FOLDER / "submissions/wrong").glob("*.py"))


@pytest.fixture(scope="module")
def sheet(_cache: None) -> Exam:
    return exam_for(Course(FOLDER), "sheet1", 0)


@pytest.fixture(scope="module")
def graded(sandbox: Sandbox, sheet: Exam) -> Callable[[Path], Grade]:
    """The grade of one file: of the exercises that it defines, without training."""

    def result(path: Path) -> Grade:
        text = path.read_text(encoding="utf-8")
        names = [one.name for one in sheet.exercises if f"def {one.name}(" in text or f"class {one.name}" in text]
        assert names
        submission = Submission("student", (SourceFile(path.name, (text,)),))
        return grade(without_training(only(sheet, names)), submission, sandbox)

    return result


def test_solution_earns_all_points_trainings_included(sandbox: Sandbox, sheet: Exam) -> None:
    solution = grade(sheet, read_submission(FOLDER / "solutions/sheet1"), sandbox)
    assert (solution.earned, solution.points) == (47, 47)


def test_stubs_are_not_started_and_up_to_date(sandbox: Sandbox, sheet: Exam) -> None:
    stubs = grade(without_training(sheet), read_submission(FOLDER / "exercises/sheet1"), sandbox)
    assert all(exercise.not_started for exercise in exercises_of(stubs).values())
    assert outdated_stubs(FOLDER, "sheet1") == []


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: path.stem)
def test_right_work_in_another_style_earns_all_points(graded: Callable[[Path], Grade], path: Path) -> None:
    result = graded(path)
    lost = [check for one in exercises_of(result).values() for check in one.checks if check.verdict != "passed"]
    assert lost == []


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_wrong_work_loses_points(graded: Callable[[Path], Grade], path: Path) -> None:
    result = graded(path)
    assert result.earned < result.points


def test_lint_has_nothing_to_fix(tmp_path: Path) -> None:
    course = shutil.copytree(FOLDER, tmp_path / "course")
    done = run_grade(course, "lint", "sheet1", "--no-training", "--seeds", 1, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [finding for finding in json.loads(done.stdout) if not finding["advice"]] == []


def test_release_grades_without_the_reference(tmp_path: Path) -> None:
    course = shutil.copytree(FOLDER, tmp_path / "course")
    assert run_grade(course, "release", "sheet1", tmp_path / "given").returncode == 0
    shutil.copytree(FOLDER / "solutions/sheet1", tmp_path / "given/exercises/sheet1", dirs_exist_ok=True)
    done = run_grade(tmp_path / "given", "sheet1", "--no-training")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "45/45" in done.stdout
