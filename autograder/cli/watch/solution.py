"""The difference between a student's solution and the model solution."""

from __future__ import annotations

import difflib

from autograder.course import Course
from autograder.handout import without_marks
from autograder.model import SourceFile, Submission
from autograder.submission import definition

MAX_LINES = 400


def difference(course: Course, assignment: str, section: str, name: str, work: Submission, file: str) -> list[str]:
    """The lines of a diff from the student's definition to the model's, or one sentence that says why there is none."""
    path = course.folder / "solutions" / assignment / f"{section}.py"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ["There is no model solution in this folder."]
    model = definition(SourceFile(path.name, (without_marks(text),)), name).splitlines()
    own = definition(next((one for one in work.files if one.name == file), None), name).splitlines()
    if not model or not own:
        return [f"{file if model else path.name} has no definition of {name} at its left margin to compare."]
    lines = list(difflib.unified_diff(own, model, "yours", "model solution", lineterm=""))[:MAX_LINES]
    return lines or ["Your solution is the same as the model solution, line by line."]
