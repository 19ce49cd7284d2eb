"""Exams with less in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from autograder.model import Exam, ExamCheck

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


def only_training(exam: Exam, name: str, seconds: float, options: Mapping[str, Any], attempts: int = 6) -> Exam:
    """The training check of one exercise alone, with other options of its recipe."""
    section, exercise = next((s, e) for s in exam.sections for e in s.exercises if e.name == name)
    check = next(check for check in exercise.checks if check.measure)
    items = tuple(
        replace(item, question=replace(item.question, options={**item.question.options, **options}))
        for item in check.items[:attempts]
    )
    check = replace(check, items=items, seconds=seconds)
    exercise = replace(exercise, checks=(check,), points=check.points)
    return replace(exam, sections=(replace(section, exercises=(exercise,)),))


def _first(data: Any) -> Any:
    """The first 64 rows of an array, or of the pictures that a builder makes."""
    if isinstance(data, dict):
        images, rows = data["args"]
        return {**data, "args": (images, rows[:64])}
    return data[:64]
