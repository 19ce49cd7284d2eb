"""One course folder, made and graded by the real commands, once for the whole session."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .students import CLASS, REFERENCE, SOLUTIONS, handed_in

SEED = 4711


@dataclass(frozen=True)
class Course:
    """nbgrader's course folder, and the folder with the reference that it was made from."""

    folder: Path
    reference: Path

    def nbgrader(self, *arguments: str, fails: bool = False) -> str:
        return run("nbgrader", *arguments, folder=self.folder, fails=fails)

    def submit(self, student: str, notebook: str) -> None:
        place = self.folder / "submitted" / student / "sheet"
        place.mkdir(parents=True)
        (place / "sheet.ipynb").write_text(notebook, encoding="utf-8")
        (place / "timestamp.txt").write_text("2030-01-01 12:00:00 UTC")

    def scores(self, mode: str = "auto_score") -> dict[str, dict[str, float | None]]:
        """The scores in the gradebook, by student and exercise."""
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as gradebook:
            return {
                submission.student.id: {grade.name: getattr(grade, mode) for grade in submission.notebooks[0].grades}
                for submission in gradebook.assignment_submissions("sheet")
            }


def run(*arguments: str, folder: Path, fails: bool = False) -> str:
    """What a command says on both streams."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    program = [sys.executable, "-m", "autograder" if arguments[0] == "grade" else arguments[0]]
    done = subprocess.run(
        [*program, *arguments[1:]],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=400,
    )
    assert (done.returncode != 0) is fails, done.stdout
    return done.stdout


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small course, with a space in its name."""
    folder = tmp_path_factory.mktemp("nbgrader") / "my course"
    for part, texts in (("reference", REFERENCE), ("solutions", SOLUTIONS)):
        (folder / part / "sheet").mkdir(parents=True)
        for name, text in texts.items():
            (folder / part / "sheet" / name).write_text(text)
    return folder


@pytest.fixture(scope="session")
def made(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Course]:
    """`made(name)`: a course folder of nbgrader with the released assignment, and nobody's work in it."""
    first = tmp_path_factory.mktemp("made") / "first"
    run("grade", "nbgrader", "init", str(first), folder=reference)
    settings = json.loads((first / "torchgrade.json").read_text())
    (first / "torchgrade.json").write_text(json.dumps({**settings, "seeds": {"sheet": SEED}}))
    Course(first, reference).nbgrader("generate_assignment", "sheet")

    def make(name: str) -> Course:
        folder = tmp_path_factory.mktemp("made") / name
        shutil.copytree(first, folder)
        return Course(folder, reference)

    return make


@pytest.fixture(scope="session")
def released(course_before: Course) -> Any:
    """The notebook that students get."""
    return json.loads((course_before.folder / "release/sheet/sheet.ipynb").read_text())


@pytest.fixture(scope="session")
def course_before(made: Callable[[str], Course]) -> Course:
    """The class has handed in, nothing is graded."""
    course = made("a class")
    released = json.loads((course.folder / "release/sheet/sheet.ipynb").read_text())
    for name in CLASS:
        course.submit(name, handed_in(released, name))
    config = course.folder / "nbgrader_config.py"
    text = config.read_text()
    assert "kernels=False" in text
    config.write_text(f"{text.replace('kernels=False', 'kernels=True')}\nc.Execute.timeout = 4\n")
    return course


@pytest.fixture(scope="session")
def course(course_before: Course, results: Path) -> Course:
    """The class is graded, by one `nbgrader autograde` in the sealed mode; by `grade batch` before that."""
    (course_before.folder / "autograde.log").write_text(course_before.nbgrader("autograde", "sheet"))
    return course_before


@pytest.fixture(scope="session")
def results(course_before: Course) -> Path:
    """The results of `grade batch` on the same submissions, with the same seed."""
    folder = course_before.folder / "results"
    arguments = ["batch", "sheet", str(course_before.folder / "submitted"), "-o", str(folder), "--seed", str(SEED)]
    run("grade", *arguments, folder=course_before.reference)
    return folder
