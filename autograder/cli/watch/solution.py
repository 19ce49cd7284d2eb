"""A student's solution beside the model solution."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.course import Course
from autograder.handout import model_solution
from autograder.model import Submission
from autograder.submission import definition
from autograder.text import clean

MAX_LINES = 400
BETWEEN = {"equal": "   ", "replace": " | ", "delete": " < ", "insert": " > "}


@dataclass(frozen=True)
class Comparison:
    """The lines of both solutions; or a `sentence` that says why they are not compared."""

    own: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    sentence: str = ""


def compare(course: Course, assignment: str, section: str, name: str, work: Submission, file: str) -> Comparison:
    """The student's definition and the model's."""
    text = model_solution(course.folder, assignment, section, name)
    if text is None:
        return Comparison(sentence="There is no model solution in this folder.")
    model = _lines(text)
    own = _lines(definition(next((one for one in work.files if one.name == file), None), name))
    if not model or not own:
        where = file if model else f"{section}.py"
        return Comparison(sentence=f"{where} has no definition of {name} at its left margin to compare.")
    if own == model:
        return Comparison(sentence="Your solution is the same as the model solution, line by line.")
    return Comparison(own, model)


def comparison_lines(both: Comparison, columns: int) -> Iterator[tuple[str, str]]:
    """The solutions side by side if they fit, else a diff; each line with its style."""
    if both.sentence:
        yield from ((part, "") for part in _folded(both.sentence, columns))
        return
    left, right = (max(map(len, lines)) for lines in (("yours", *both.own), ("model solution", *both.model)))
    if left + len(BETWEEN["equal"]) + right <= columns:
        yield from _side_by_side(both, left)
        return
    for line in list(difflib.unified_diff(both.own, both.model, "yours", "model solution", lineterm=""))[:MAX_LINES]:
        style = "green" if line.startswith("+") else "red" if line.startswith("-") else ""
        yield from ((part, style) for part in _folded(line.rstrip("\n"), columns))


def _side_by_side(both: Comparison, left: int) -> Iterator[tuple[str, str]]:
    """Lines that differ have a mark between them: < for yours alone, > for the model's alone."""
    yield f"{'yours':<{left}}   model solution", "bold"
    for kind, start, stop, first, last in difflib.SequenceMatcher(None, both.own, both.model, False).get_opcodes():
        own, model = both.own[start:stop], both.model[first:last]
        for row in range(max(len(own), len(model))):
            one, other = ("".join(lines[row : row + 1]) for lines in (own, model))
            mark = "replace" if one and other else "delete" if row < len(own) else "insert"
            yield (
                f"{one:<{left}}{BETWEEN['equal' if kind == 'equal' else mark]}{other}".rstrip(),
                ("" if kind == "equal" else "yellow"),
            )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(clean(line).expandtabs(4) for line in text.splitlines()[:MAX_LINES])


def _folded(line: str, columns: int) -> list[str]:
    """The line in pieces that fit."""
    size = max(1, columns)
    return [line[start : start + size] for start in range(0, len(line), size)] or [""]
