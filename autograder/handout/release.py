"""Writes what an instructor gives to the class: stubs, notebook, README and the sealed exam.

A release holds neither reference nor solution. Its sealed exam holds questions with expected answers as data, without
the hidden checks, so that `grade` works without the reference. Grades that count come from the reference, with
questions drawn from another seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from autograder.course import Course
from autograder.errors import UserError
from autograder.exam import encode_sealed_exam
from autograder.files import write_files
from autograder.model import Exam

README = """# {title}

You need Python 3.10 or later and torchgrade {version}. {place}:

    python3 -m venv .venv
    .venv/bin/pip install torchgrade-{version}-py3-none-any.whl

Work in `exercises/{assignment}/`, in the `.py` file of each section or in the notebook. Replace each
`raise NotImplementedError()`. Then run this in this folder:

    .venv/bin/grade {assignment}

It shows which exercises are right, what is wrong in the others, and why. `grade {assignment} --only NAME` grades one
exercise, and `grade --help` shows all commands. Your submission is graded with other questions of the same kind.

On Windows write `py -m venv .venv` and `.venv\\Scripts\\` in place of `.venv/bin/`. After `. .venv/bin/activate`
(Windows: `.venv\\Scripts\\activate`) you can write `grade` without the path.
"""
PUSHES = """
Each push to GitHub is graded too. The tab “Actions” shows the points and what is wrong.
"""


def write_release(
    course: Course, exam: Exam, folder: Path, quiz_after: int = 0, for_github: bool = False
) -> list[Path]:
    """Write a release to a new or empty folder; return the files below it. Raise `UserError` if that fails.

    Students see which answers to a quiz are right after `quiz_after` attempts. With `for_github` the README says what
    `write_github_files` adds.
    """
    stubs = course.exercises(exam.assignment)
    names = [f"{section.name}.py" for section in exam.sections]
    files = [path for path in stubs.glob("*") if path.suffix in (".py", ".ipynb")]
    files.sort(key=lambda path: (names.index(path.name) if path.name in names else len(names), path.name))
    if not files:
        raise UserError(f"{stubs} holds no stubs; run: grade stubs {exam.assignment}")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} is not an empty folder; name a new one, so that nothing is overwritten")
    place = "The file is in this folder" if for_github else "Your instructor says where to get the file"
    version = metadata.version("torchgrade")
    readme = README.format(title=exam.title, assignment=exam.assignment, version=version, place=place)
    readme += PUSHES if for_github else ""
    contents: Mapping[Path, bytes] = {
        **{Path("exercises") / exam.assignment / path.name: path.read_bytes() for path in files},
        Path("README.md"): readme.encode(),
        Path(f"{exam.assignment}.exam"): encode_sealed_exam(
            exam, {path.name: path.read_text(encoding="utf-8") for path in files}, quiz_after
        ),
    }
    return write_files(folder, contents)
