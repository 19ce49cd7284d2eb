"""A course folder for nbgrader: makes one, and tells in what an existing one differs from the reference."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.errors import UserError
from autograder.exam import ExamFileError, encode_sealed_exam, exam_digest, exam_for, load_exam
from autograder.files import write_atomically
from autograder.handout import solutions
from autograder.model import Exam
from autograder.nbgrader.cells import known_cells
from autograder.nbgrader.grades import FILE, SCHEMA, GradesError, Settings, read_settings
from autograder.nbgrader.source import source_notebook

CONFIG = '''\
"""Read by every nbgrader command in this folder; made by `grade nbgrader init`."""

from autograder.nbgrader.config import sealed

c = get_config()
c.CourseDirectory.course_id = "{name}"
sealed(c)  # scores are made in the sandbox, from the source that was handed in
# c.SealedGrades.training = False  # leave out the checks that train networks
# c.SealedGrades.results = "results"  # take the grades of `grade batch` from this folder instead
'''


def make(course: Course, assignments: Sequence[str], folder: Path) -> list[Path]:
    """Write what is not there yet; the files. An assignment that is there already is a `UserError`."""
    there = [name for name in assignments if (folder / "source" / name).exists()]
    if there:
        raise UserError(
            f"{folder / 'source' / there[0]} exists, and nothing is overwritten; "
            f"what differs there is told by: grade nbgrader check {folder}"
        )
    try:
        before = read_settings(folder) if (folder / FILE).exists() else Settings(course.folder, {})
    except GradesError as error:
        raise UserError(str(error)) from None
    if before.course.resolve() != course.folder.resolve():
        raise UserError(f"{folder / FILE} names another course, {before.course}; one folder has one reference")
    made: dict[Path, bytes] = {}
    for name in assignments:
        exam = exam_for(course, name, 0)
        made[folder / "source" / name / f"{name}.ipynb"] = _notebook(course, exam).encode()
        made[folder / "source" / name / f"{name}.exam"] = encode_sealed_exam(exam, {})
    seeds = {name: before.seeds.get(name, secrets.randbelow(1 << 31)) for name in assignments}
    told = {"schema": SCHEMA, "course": str(course.folder.resolve()), "seeds": {**before.seeds, **seeds}}
    made[folder / FILE] = (json.dumps(told, indent=1) + "\n").encode()
    if not (folder / "nbgrader_config.py").exists():
        name = re.sub(r"\W+", "-", folder.resolve().name).strip("-") or "course"
        made[folder / "nbgrader_config.py"] = CONFIG.format(name=name).encode()
    try:
        for path, data in made.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, data)
        (folder / FILE).chmod(0o600)
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror}") from None
    return list(made)


def differences(folder: Path) -> Iterator[str]:
    """Sentences on what is not as it must be, each with what to do."""
    if not folder.is_dir():
        raise UserError(f"{folder} is not a folder")
    try:
        settings = read_settings(folder)
    except GradesError as error:
        yield str(error)
        return
    if (folder / FILE).stat().st_mode & 0o077:
        yield f"{folder / FILE} holds secret seeds, and others may read it: chmod 600 {folder / FILE}"
    if shutil.which("alembic") is None:
        yield "nbgrader needs the program alembic to make its gradebook: put the bin folder of its environment on PATH."
    yield from _config(folder)
    course = Course(settings.course)
    for name in settings.seeds:
        if not course.has_reference(name):
            yield f"{folder / FILE} names {course.folder}, which has no reference of {name}."
            continue
        try:
            yield from _assignment(folder, course, exam_for(course, name, 0))
        except UserError as error:
            yield f"{error}."


def config_of(folder: Path) -> Any:
    """nbgrader's configuration of the folder, as nbgrader reads it."""
    from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

    try:
        return PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()
    except ConfigFileNotFound:
        raise UserError(f"{folder} holds no nbgrader_config.py; make a course with: grade nbgrader init") from None
    except Exception as error:  # noqa: BLE001 - the file may hold any code
        raise UserError(f"{folder / 'nbgrader_config.py'} cannot be read: {error}") from None


def gradebook_of(folder: Path) -> Any:
    """nbgrader's gradebook of the folder; `UserError` where none was made yet."""
    from nbgrader.api import Gradebook
    from nbgrader.coursedir import CourseDirectory

    course = CourseDirectory(config=config_of(folder), root=str(folder.resolve()))
    if course.db_url == f"sqlite:///{folder.resolve() / 'gradebook.db'}" and not (folder / "gradebook.db").is_file():
        raise UserError(f"{folder} has no gradebook yet; run in it: nbgrader generate_assignment ASSIGNMENT")
    return Gradebook(course.db_url, course.course_id)


def _config(folder: Path) -> Iterator[str]:
    try:
        used = config_of(folder).Autograde.get("autograde_preprocessors", [])
    except UserError as error:
        yield f"{error}."
        return
    if not any("SealedGrades" in str(one) for one in used):
        yield (
            "nbgrader_config.py does not call sealed(c), so scores come from the student's own kernel and can be "
            "forged: add `from autograder.nbgrader.config import sealed` and, below get_config(), `sealed(c)`."
        )


def _assignment(folder: Path, course: Course, exam: Exam) -> Iterator[str]:
    name = exam.assignment
    source = folder / "source" / name
    path = source / f"{name}.ipynb"
    due = json.loads(_notebook(course, exam))
    yield from _notebook_differs(path, due)
    sealed = source / f"{name}.exam"
    try:
        if load_exam(sealed).digest != exam_digest(course, name, 0):
            yield f"{sealed} is of another reference; put there what this writes: grade release {name} A-NEW-FOLDER"
    except FileNotFoundError:
        yield f"{sealed} is missing: students' checks need it, unless it comes with their torchgrade."
    except (OSError, ExamFileError) as error:
        yield f"{error}"
    released = folder / "release" / name / f"{name}.ipynb"
    if not released.is_file():
        yield f"{name} is not released yet; run in {folder}: nbgrader generate_assignment {name}"
        return
    yield from _gradebook_differs(folder, exam)


def _notebook_differs(path: Path, due: Any) -> Iterator[str]:
    """By exercise, in what a notebook in source/ is not the one that the solutions make now."""
    try:
        found = _by_id(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        yield f"{path} is missing."
        return
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        yield f"{path} cannot be read: {error}"
        return
    for name, cell in _by_id(due).items():
        if name not in found:
            yield f"{path}: there is no cell {name}."
            continue
        points, expected = (one["metadata"]["nbgrader"].get("points") for one in (found[name], cell))
        if points != expected:
            told = f"{points:g}" if isinstance(points, (int, float)) else "no"
            yield f"{path}: {name} has {told} points, the reference {expected:g}."
        if "".join(found[name]["source"]) != "".join(cell["source"]):
            yield f"{path}: the cell {name} is not what the solutions make."


def _by_id(document: Any) -> dict[str, Any]:
    cells = [cell for cell in document["cells"] if "nbgrader" in cell["metadata"]]
    return {cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in cells}


def _gradebook_differs(folder: Path, exam: Exam) -> Iterator[str]:
    from nbgrader.api import MissingEntry

    name = exam.assignment
    try:
        with gradebook_of(folder) as gradebook:
            known = {cell.exercise: cell for cell in known_cells(gradebook, name, name) if cell.exercise}
    except UserError as error:
        yield f"{error}."
        return
    except MissingEntry:
        yield f"The gradebook does not know {name}; run in {folder}: nbgrader generate_assignment {name}"
        return
    again = f"run in {folder}: nbgrader generate_assignment {name} --force"
    for exercise in exam.exercises:
        if exercise.name not in known:
            yield f"The gradebook has no check of {exercise.name}; {again}"
        elif known[exercise.name].points != exercise.points:
            yield f"In the gradebook {exercise.name} has {known[exercise.name].points:g} points; {again}"


def _notebook(course: Course, exam: Exam) -> str:
    title, texts = solutions(course.folder, exam.assignment)
    return source_notebook(exam, title, texts)
