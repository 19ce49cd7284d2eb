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
    options |= {"steps": STEPS, "watched": STEPS, "epochs": 1}
    for name in "inputs", "images", "targets":
        if name in options:
            options[name] = _first(options[name])
    return replace(check, items=(replace(item, question=replace(item.question, options=options)),))


def _first(data: Any) -> Any:
    """The first 64 rows of an array, or of the pictures that a builder makes."""
    if isinstance(data, dict):
        images, rows = data["args"]
        return {**data, "args": (images, rows[:64])}
    return data[:64]
