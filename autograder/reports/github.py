"""A grade for GitHub Actions: a summary of the job in Markdown, and annotations at the lines of the files.

Source: docs.github.com, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from autograder.model import CheckResult, ExerciseResult, Grade
from autograder.reports.causes import grouped
from autograder.reports.next_step import UNREADABLE
from autograder.reports.repairs import repair_sentence
from autograder.text import clean, note_line, one_line, points

SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")
CELL = re.compile(r" cell \d+$")  # of a notebook, in whose JSON a line means nothing


def summary(grade: Grade) -> str:
    """The grade in Markdown: a table of the exercises, and below it what is wrong in each."""
    lines = [
        f"## {_plain(grade.assignment)}: {points(grade.earned)} of {points(grade.points)} points",
        "",
        "| exercise | points | |",
        "|---|---:|---|",
    ]
    exercises = [exercise for section in grade.sections for exercise in section.exercises]
    for exercise in exercises:
        share = f"{points(exercise.earned)} / {points(exercise.points)}"
        lines.append(f"| `{exercise.name}` | {share} | {_state(exercise)} |")
    lines += ["", *(f"- {_plain(note_line(note))}" for note in grade.notes)]
    for exercise in exercises:
        if _is_wrong(exercise):
            lines += ["", f"### {_plain(exercise.name)}", "", *_wrong(exercise)]
    return "\n".join(lines) + "\n"


def workflow_commands(grade: Grade, folder: str) -> list[str]:
    """One workflow command for each wrong exercise, at the line of its mistake where that is known.

    `folder` is the path of the graded files from the root of the repository.
    """
    return [
        _command(exercise, folder)
        for section in grade.sections
        for exercise in section.exercises
        if _is_wrong(exercise) and exercise.file
    ]


def _command(exercise: ExerciseResult, folder: str) -> str:
    first = next(check for check in exercise.checks if check.verdict not in ("passed", "skipped"))
    repair = exercise.repair
    file = CELL.sub("", repair.file if repair else exercise.file)
    place = {"file": str(Path(folder) / file)}
    if repair and file == repair.file and file.endswith(".py"):
        place["line"] = str(repair.line)
    elif file.endswith(".py") and (found := UNREADABLE.search(first.feedback)):
        place["line"] = found[1]
    text = [first.title, first.feedback, first.hint, repair_sentence(exercise)]
    properties = ",".join(f"{name}={_property(value)}" for name, value in {**place, "title": exercise.name}.items())
    return f"::error {properties}::{_data(clean(chr(10).join(filter(None, text))))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")


def _is_wrong(exercise: ExerciseResult) -> bool:
    wrong = (check.verdict not in ("passed", "skipped", "not shown") for check in exercise.checks)
    return not (exercise.not_started or exercise.absent) and any(wrong)


def _state(exercise: ExerciseResult) -> str:
    if exercise.absent:
        return "not in the files"
    if exercise.not_started:
        return "not started"
    return "needs work" if _is_wrong(exercise) else "right" if exercise.earned >= exercise.points else "open"


def _wrong(exercise: ExerciseResult) -> Iterator[str]:
    for check, hint, others in grouped(exercise.checks):
        if check.verdict == "passed":
            continue
        yield f"**{_plain(check.title)}**{_more(others)}"
        if check.feedback:
            yield from ("", *_block(check), "")
        if hint:
            yield f"> {_plain(hint)}\n"
    if exercise.repair:
        yield _plain(repair_sentence(exercise))


def _more(others: int) -> str:
    return f" (and {others} more for the same reason)" if others else ""


def _block(check: CheckResult) -> Iterator[str]:
    """The feedback as text that no line of it can end."""
    for line in clean(check.feedback).splitlines():
        yield f"    {line}"


def _plain(text: str) -> str:
    """One line in which nothing is Markdown or HTML."""
    return SPECIAL.sub(r"\\\1", one_line(text))
