"""How the model solution of a finished exercise differs from the student's, where the course has solutions."""

from __future__ import annotations

import difflib

from autograder.course import Course
from autograder.model import SourceFile, Submission
from autograder.submission import definition

MOST_LINES = 400


def difference(course: Course, assignment: str, section: str, name: str, work: Submission, file: str) -> list[str]:
    """The lines of a diff from the student's definition to the model's; one sentence where there is none."""
    path = course.folder / "solutions" / assignment / f"{section}.py"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ["There is no model solution in this folder."]
    model = definition(SourceFile(path.name, (_unmarked(text),)), name).splitlines()
    mine = definition(next((one for one in work.files if one.name == file), None), name).splitlines()
    if not model or not mine:
        return [f"There is no definition of {name} to compare at the left margin of {file if model else path.name}."]
    told = list(difflib.unified_diff(mine, model, "yours", "model solution", lineterm=""))[:MOST_LINES]
    return told or ["Yours is the model solution, line by line."]


def _unmarked(text: str) -> str:
    """The solution without the marks between which students write."""
    marks = ("### BEGIN SOLUTION", "### END SOLUTION")
    return "\n".join(line for line in text.splitlines() if line.strip() not in marks)
