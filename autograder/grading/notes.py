"""Notes on a submission that no verdict rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder.model import Submission

ABOUT_COMPILE = "torch.compile does nothing here; the code runs uncompiled, with the same results"
COMPILES = re.compile(r"^[^#\n]*\btorch\s*\.\s*compile\b", re.MULTILINE)


def notes_on(submission: Submission) -> Iterator[str]:
    """What the student should know about how the code was run."""
    for file in submission.files:
        if any(COMPILES.search(cell) for cell in file.cells):
            yield f"{file.name}: {ABOUT_COMPILE}"


def may_cost_points(note: str) -> bool:
    """Whether a note of a grade names something that was not read, not run or not chosen."""
    return not note.endswith(ABOUT_COMPILE)
