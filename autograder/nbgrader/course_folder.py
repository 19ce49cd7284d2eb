"""Creates nbgrader's course folder from the reference, and opens its configuration and gradebook."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.errors import UserError
from autograder.exam import encode_sealed_exam, exam_for
from autograder.files import write_atomically
from autograder.handout import read_solutions
from autograder.model import Exam
from autograder.nbgrader.settings import FILE, Settings, read_settings, settings_bytes
from autograder.nbgrader.source_notebook import make_source_notebook

CONFIG = '''\
"""Settings for every nbgrader command in this folder; written by `grade nbgrader init`."""

from autograder.nbgrader.config import sealed

c = get_config()
c.CourseDirectory.course_id = "{name}"
{sealed}  # scores come from the sandbox, which grades the submitted source
# kernels=True also runs notebooks in kernels, with your rights, for their output and for tests of your own
# c.SealedGrades.training = False  # leave out the checks that train networks
# c.SealedGrades.results = "results"  # take the grades from this results folder of `grade batch`
'''


def sealed_call(kernels: bool) -> str:
    """The line of nbgrader_config.py that seals the grades."""
    return f"sealed(c, kernels={kernels})"


def create_folder(course: Course, assignments: Sequence[str], folder: Path, kernels: bool = False) -> list[Path]:
    """Write the files that are missing, and return them; raise `UserError` if an assignment exists already.

    `kernels` is whether the new configuration lets notebooks run in kernels.
    """
    existing = [name for name in assignments if (folder / "source" / name).exists()]
    if existing:
        raise UserError(
            f"{folder / 'source' / existing[0]} exists, and nothing is overwritten; "
            f"to see what differs, run: grade nbgrader check {folder}"
        )
    settings = read_settings(folder) if (folder / FILE).exists() else Settings(course.folder, {})
    if settings.course.resolve() != course.folder.resolve():
        raise UserError(f"{folder / FILE} names another course, {settings.course}; one folder has one reference")
    files = _new_files(course, assignments, folder, settings)
    if not (folder / "nbgrader_config.py").exists():
        course_id = re.sub(r"\W+", "-", folder.resolve().name).strip("-") or "course"
        files[folder / "nbgrader_config.py"] = CONFIG.format(name=course_id, sealed=sealed_call(kernels)).encode()
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, data)
        (folder / FILE).chmod(0o600)
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror}") from None
    return list(files)


def notebook_of(course: Course, exam: Exam) -> str:
    """Make the notebook of an assignment for source/ from today's solutions."""
    title, texts = read_solutions(course.folder, exam.assignment)
    return make_source_notebook(exam, title, texts)


def _new_files(course: Course, assignments: Sequence[str], folder: Path, settings: Settings) -> dict[Path, bytes]:
    files: dict[Path, bytes] = {}
    for name in assignments:
        exam = exam_for(course, name, 0, whole=True)
        files[folder / "source" / name / f"{name}.ipynb"] = notebook_of(course, exam).encode()
        files[folder / "source" / name / f"{name}.exam"] = encode_sealed_exam(exam, {})
    new_seeds = {name: secrets.randbelow(1 << 31) for name in assignments if name not in settings.seeds}
    files[folder / FILE] = settings_bytes(Settings(course.folder, {**settings.seeds, **new_seeds}))
    return files


def config_of(folder: Path) -> Any:
    """Read the folder's `nbgrader_config.py` as nbgrader does."""
    from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

    try:
        return PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()
    except ConfigFileNotFound:
        raise UserError(f"{folder} holds no nbgrader_config.py; to create a course, run: grade nbgrader init") from None
    except Exception as error:  # noqa: BLE001 - the file may hold any code
        raise UserError(f"{folder / 'nbgrader_config.py'} cannot be read: {error}") from None


def gradebook_of(folder: Path) -> Any:
    """Open nbgrader's gradebook of the folder; raise `UserError` if there is none yet."""
    from nbgrader.api import Gradebook
    from nbgrader.coursedir import CourseDirectory

    course = CourseDirectory(config=config_of(folder), root=str(folder.resolve()))
    if course.db_url == f"sqlite:///{folder.resolve() / 'gradebook.db'}" and not (folder / "gradebook.db").is_file():
        raise UserError(f"{folder} has no gradebook yet; run in it: nbgrader generate_assignment ASSIGNMENT")
    return Gradebook(course.db_url, course.course_id)
