"""What an instructor hands out: stubs, notebook, a README, and the sealed exam; no reference and no solution.

The sealed exam holds questions with expected answers as data, so that `grade` works without the reference. Hidden
checks are left out of it. Grades that count are made from the reference, with questions drawn from another seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from autograder.course import Course
from autograder.errors import UserError
from autograder.exam import encode_sealed_exam
from autograder.files import write_beside
from autograder.model import Exam

README = """# {title}

You need Python 3.10 or later, and torchgrade {version} from where your instructor says:

    python3 -m venv .venv
    .venv/bin/pip install torchgrade-{version}-py3-none-any.whl

Work in `exercises/{assignment}/`, one file for each section, or in the notebook there: replace each
`raise NotImplementedError()`. Then, in this folder:

    .venv/bin/grade {assignment}

It tells which exercises are right, what exactly is wrong in the others, and why. `grade {assignment} --only NAME`
looks at one exercise, `grade --help` tells the rest. What you hand in is graded with other questions of the same kind.
"""


def write_release(course: Course, exam: Exam, folder: Path) -> list[Path]:
    """Write all that is handed out of an assignment to a new or empty folder, or `UserError`; the files."""
    stubs = course.exercises(exam.assignment)
    names = [f"{section.name}.py" for section in exam.sections]
    files = [path for path in stubs.glob("*") if path.suffix in (".py", ".ipynb")]
    files.sort(key=lambda path: (names.index(path.name) if path.name in names else len(names), path.name))
    if not files:
        raise UserError(f"{stubs} holds no stubs; make them with: python -m autograder.handout.stubs")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} is not an empty folder; name a new one, so that nothing is overwritten")
    told = README.format(title=exam.title, assignment=exam.assignment, version=metadata.version("torchgrade"))
    made: Mapping[Path, bytes] = {
        **{Path("exercises") / exam.assignment / path.name: path.read_bytes() for path in files},
        Path("README.md"): told.encode(),
        Path(f"{exam.assignment}.exam"): encode_sealed_exam(
            exam, {path.name: path.read_text(encoding="utf-8") for path in files}
        ),
    }
    try:
        for name, data in made.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_beside(folder / name, data)
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror}") from None
    return list(made)
