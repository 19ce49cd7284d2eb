"""A course of one section, written by a test, and the grade of a submission to it."""

from __future__ import annotations

from pathlib import Path

from autograder.course import Course
from autograder.exam.build import build_exam
from autograder.grading import grade
from autograder.model import Exam, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from tests.support.results import checks_of

CONTENTS = '"""A sheet"""\nsections = ("work",)\n'


def exam_of(folder: Path, reference: str) -> Exam:
    """The exam of a reference of one module, `work.py`."""
    package = folder / "reference/exercise7"
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text(CONTENTS, encoding="utf-8")
    (package / "work.py").write_text(reference, encoding="utf-8")
    return build_exam(Course(folder), "exercise7", 0, "", {})


def feedback_of(sandbox: Sandbox, exam: Exam, work: str) -> dict[str, str]:
    """The feedback on each check, by its name: empty if it passed, else it begins with the verdict."""
    result = grade(exam, Submission("student", (SourceFile("work.py", (work,)),)), sandbox)
    checks = {check.name: check for check in checks_of(result)}
    assert all(check.feedback == "" for check in checks.values() if check.verdict == "passed")
    return {
        name: "" if check.verdict == "passed" else f"{check.verdict}: {check.feedback}"
        for name, check in checks.items()
    }
