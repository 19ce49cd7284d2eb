"""Writes a zip to hand in, with the code that ran in this kernel."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.cell.check import SEALED
from autograder.cell.display import Display, show_sentence
from autograder.cell.find import NoExamError, exam_for_names
from autograder.cell.kernel import written_cells
from autograder.files import write_atomically
from autograder.handout import METADATA
from autograder.model import Exam
from autograder.submission import SubmissionError, code_digests, is_stub, read_submission
from autograder.text import plural

HONEST = "check() runs in this kernel, without a sandbox. The grade that counts comes from your instructor."


def submitted(assignment: str, namespace: Mapping[str, Any]) -> Display:
    """Write `ASSIGNMENT-hand-in.zip`; the report says which exercises it holds."""
    if os.environ.get(SEALED):
        return show_sentence("Hand-ins are for students.", "")
    cells = written_cells(namespace)
    if not cells:
        return _sentence("submit() works in a notebook, where the code that ran is known.")
    try:
        exam = exam_for_names(namespace.keys(), Path.cwd(), assignment)
    except NoExamError as error:
        return _sentence(str(error))
    path = _place(exam.assignment)
    try:
        write_atomically(path, _zipped(exam.assignment, cells))
        found = _exercises_in(path, exam)
    except OSError as error:
        return _sentence(f"{path} cannot be written: {error.strerror}.")
    except SubmissionError as error:
        return _sentence(f"{path} cannot be graded: {error}. Restart the kernel, run all cells, and try again.")
    return _sentence(_report(path, cells, exam, found))


def _place(assignment: str) -> Path:
    """The path of the zip: beside the notebook, but above the folder that `grade` reads."""
    folder = Path.cwd()
    if folder.parts[-2:] == ("exercises", assignment):
        folder = folder.parents[1]
    return folder / f"{assignment}-hand-in.zip"


def _zipped(assignment: str, cells: Sequence[str]) -> bytes:
    parts: list[dict[str, Any]] = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": cell} for cell in cells
    ]
    notebook = {"cells": parts, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 4}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{assignment}.ipynb", json.dumps(notebook, indent=1))
    return data.getvalue()


def _exercises_in(path: Path, exam: Exam) -> list[str]:
    """The exercises that the grader finds in the zip, without stubs."""
    submission = read_submission(path)
    names = code_digests(submission, [exercise.name for exercise in exam.exercises])
    return [name for name in names if not any(is_stub(name, file) for file in submission.files)]


def _report(path: Path, cells: Sequence[str], exam: Exam, found: Sequence[str]) -> str:
    every = [exercise.name for exercise in exam.exercises]
    missing = [name for name in every if name not in found]
    lines = [
        f"Wrote {path} with the {plural(len(cells), 'cell')} that ran in this kernel. Hand in this file.",
        f"It holds {len(found)} of {plural(len(every), 'exercise')} of {exam.assignment}.",
    ]
    if missing:
        lines.append(f"Not in it, or not started: {', '.join(missing)}.")
    return "\n".join([*lines, HONEST])


def _sentence(text: str) -> Display:
    return show_sentence(text, text)
