"""Compares a course folder for nbgrader with the reference."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.errors import UserError
from autograder.exam import ExamFileError, exam_digest, exam_for, load_exam
from autograder.model import Exam
from autograder.nbgrader.cell_metadata import gradebook_cells
from autograder.nbgrader.course_folder import config_of, gradebook_of, notebook_of
from autograder.nbgrader.settings import FILE, GradesError, read_settings


def check_folder(folder: Path) -> Iterator[str]:
    """Yield one sentence for each fault of the folder, with what to do."""
    if not folder.is_dir():
        raise UserError(f"{folder} is not a folder")
    try:
        settings = read_settings(folder)
    except GradesError as error:
        yield str(error)
        return
    if (folder / FILE).stat().st_mode & 0o077:
        yield f"{folder / FILE} holds secret seeds, and other users may read it; run: chmod 600 {folder / FILE}"
    if shutil.which("alembic") is None:
        yield "nbgrader needs the program alembic for its gradebook: put the bin folder of its environment on PATH."
    yield from _check_config(folder)
    course = Course(settings.course)
    for name in settings.seeds:
        if not course.has_reference(name):
            yield f"{folder / FILE} names {course.folder}, which has no reference of {name}."
            continue
        try:
            yield from _check_assignment(folder, course, exam_for(course, name, 0))
        except UserError as error:
            yield f"{error}."


def _check_config(folder: Path) -> Iterator[str]:
    try:
        used = config_of(folder).Autograde.get("autograde_preprocessors", [])
    except UserError as error:
        yield f"{error}."
        return
    if not any("SealedGrades" in str(one) for one in used):
        yield (
            "nbgrader_config.py does not call sealed(c), so scores come from the student's own kernel and can be "
            "forged: add `from autograder.nbgrader.config import sealed` and, below get_config(), "
            "`sealed(c, kernels=False)`."
        )


def _check_assignment(folder: Path, course: Course, exam: Exam) -> Iterator[str]:
    name = exam.assignment
    source = folder / "source" / name
    path = source / f"{name}.ipynb"
    yield from _check_notebook(path, json.loads(notebook_of(course, exam)))
    sealed = source / f"{name}.exam"
    try:
        if load_exam(sealed).digest != exam_digest(course, name, 0):
            yield f"{sealed} belongs to another reference; replace it by that of: grade release {name} A-NEW-FOLDER"
    except FileNotFoundError:
        yield f"{sealed} is missing: students' checks need it, unless their torchgrade contains it."
    except (OSError, ExamFileError) as error:
        yield f"{error}"
    released = folder / "release" / name / f"{name}.ipynb"
    if not released.is_file():
        yield f"{name} is not released yet; run in {folder}: nbgrader generate_assignment {name}"
        return
    yield from _check_gradebook(folder, exam)


def _check_notebook(path: Path, expected: Any) -> Iterator[str]:
    """Compare a notebook in source/, cell by cell, with the one that the solutions make now."""
    try:
        found = _by_id(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        yield f"{path} is missing."
        return
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        yield f"{path} cannot be read: {error}"
        return
    for name, cell in _by_id(expected).items():
        if name not in found:
            yield f"{path}: there is no cell {name}."
            continue
        points, right_points = (one["metadata"]["nbgrader"].get("points") for one in (found[name], cell))
        if points != right_points:
            actual = f"{points:g}" if isinstance(points, (int, float)) else "no"
            yield f"{path}: {name} has {actual} points, the reference {right_points:g}."
        if "".join(found[name]["source"]) != "".join(cell["source"]):
            yield f"{path}: the cell {name} does not match the solutions."


def _by_id(document: Any) -> dict[str, Any]:
    cells = [cell for cell in document["cells"] if "nbgrader" in cell["metadata"]]
    return {cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in cells}


def _check_gradebook(folder: Path, exam: Exam) -> Iterator[str]:
    from nbgrader.api import MissingEntry

    name = exam.assignment
    try:
        with gradebook_of(folder) as gradebook:
            expected = gradebook_cells(gradebook, name, name)
    except UserError as error:
        yield f"{error}."
        return
    except MissingEntry:
        yield f"The gradebook does not know {name}; run in {folder}: nbgrader generate_assignment {name}"
        return
    cells = {cell.exercise: cell for cell in expected if cell.exercise}
    own = [cell.grade_id for cell in expected if cell.is_test and not cell.exercise]
    if own and not config_of(folder).Execute.get("enabled", True):
        yield (
            f"{name} has tests of your own ({', '.join(own)}), which only a kernel can run: "
            "in nbgrader_config.py, write sealed(c, kernels=True), or students get nothing for them."
        )
    remedy = f"run in {folder}: nbgrader generate_assignment {name} --force"
    for exercise in exam.exercises:
        if exercise.name not in cells:
            yield f"The gradebook has no check of {exercise.name}; {remedy}"
        elif cells[exercise.name].points != exercise.points:
            yield f"In the gradebook {exercise.name} has {cells[exercise.name].points:g} points; {remedy}"
