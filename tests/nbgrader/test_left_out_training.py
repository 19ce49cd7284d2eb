"""A class graded without trainings: an exercise with no other checks counts neither in points nor in the maximum."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from .conftest import SEED, Course, run
from .students import REFERENCE, SOLUTIONS, handed_in

STUDENTS = {"right": (7.0, 9.5), "untouched": (0.0, 0.0)}  # without and with the training
WITHOUT, WITH = 7.0, 9.5  # points in all


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course, in which the only check of `mean` counts as a training."""
    folder = tmp_path_factory.mktemp("training")
    means = REFERENCE["means.py"].replace("points=2.5)\ndef of_three", "points=2.5, training=True)\ndef of_three")
    assert means != REFERENCE["means.py"]
    for part, texts in (("reference", {**REFERENCE, "means.py": means}), ("solutions", SOLUTIONS)):
        (folder / part / "sheet").mkdir(parents=True)
        for name, text in texts.items():
            (folder / part / "sheet" / name).write_text(text)
    return folder


@pytest.fixture
def handed(reference: Path, tmp_path: Path) -> Course:
    """A course folder with a class that has handed in."""
    folder = tmp_path / "course"
    run("grade", "nbgrader", "init", str(folder), folder=reference)
    settings = json.loads((folder / "torchgrade.json").read_text())
    (folder / "torchgrade.json").write_text(json.dumps({**settings, "seeds": {"sheet": SEED}}))
    course = Course(folder, reference)
    course.nbgrader("generate_assignment", "sheet")
    released = json.loads((folder / "release/sheet/sheet.ipynb").read_text())
    for name in STUDENTS:
        course.submit(name, handed_in(released, name))
    return course


def exported(course: Course) -> dict[str, tuple[float, float]]:
    """The score and the maximum of each student, as `nbgrader export` writes them."""
    course.nbgrader("export")
    header, *rows = [line.split(",") for line in (course.folder / "grades.csv").read_text().splitlines()]
    return {
        row[header.index("student_id")]: (float(row[header.index("score")]), float(row[header.index("max_score")]))
        for row in rows
    }


def batch(course: Course, *options: str) -> Path:
    folder = course.folder / "results"
    arguments = ["batch", "sheet", str(course.folder / "submitted"), "-o", str(folder), "--seed", str(SEED), *options]
    run("grade", *arguments, folder=course.reference)
    return folder


def without() -> dict[str, tuple[float, float]]:
    return {name: (points, WITHOUT) for name, (points, _) in STUDENTS.items()}


def test_autograde_without_training_and_then_with_it(handed: Course) -> None:
    setting = "--SealedGrades.training=False"
    handed.nbgrader("autograde", "sheet", "--no-execute", setting)
    assert exported(handed) == without()
    text = (handed.folder / "autograded/right/sheet/sheet.ipynb").read_text()
    assert "mean is not graded and does not count: its checks train networks, which was left out." in text
    handed.nbgrader("generate_feedback", "sheet")
    assert "does not count" in (handed.folder / "feedback/right/sheet/sheet.html").read_text()

    handed.nbgrader("autograde", "sheet", "--no-execute", "--force")
    assert exported(handed) == {name: (points, WITH) for name, (_, points) in STUDENTS.items()}


def test_results_of_a_batch_without_training(handed: Course) -> None:
    batch(handed, "--no-training")
    handed.nbgrader("autograde", "sheet", "--no-execute", "--SealedGrades.results=results")
    assert exported(handed) == without()


def test_push_of_a_batch_without_training(handed: Course) -> None:
    results = batch(handed, "--no-training")
    assert "2 students in the gradebook" in run(
        "grade", "nbgrader", "push", str(results), str(handed.folder), folder=handed.reference
    )
    assert exported(handed) == without()


def test_unknown_exercise_is_still_refused(handed: Course) -> None:
    results = batch(handed)
    with sqlite3.connect(handed.folder / "gradebook.db") as gradebook:
        gradebook.execute("""update source_cell set source = 'check("median")' where name = 'mean'""")
    message = "has a check of median, which the results do not have."
    said = run("grade", "nbgrader", "push", str(results), str(handed.folder), folder=handed.reference, fails=True)
    assert message in said
