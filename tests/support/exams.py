"""Exams with less in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from autograder.model import ExamCheck

STEPS = 2  # of a shortened training


def shortened(check: ExamCheck) -> ExamCheck:
    """The check with no more than one training, of a few steps."""
    if not check.measure:
        return check
    item = check.items[0]
    options = dict(item.question.options)
    rows: Any = options.get("images_rows")
    options |= {"steps": STEPS, "watched": STEPS, "epochs": 1}
    labels: Any = options.get("labels", rows)
    if rows is not None:
        options |= {"images_rows": rows[:64], "labels": labels[:64]}
    return replace(check, items=(replace(item, question=replace(item.question, options=options)),))
