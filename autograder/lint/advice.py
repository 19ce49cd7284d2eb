"""Suggests improvements of an exercise: shorter titles, more misconceptions, cases that reveal mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np

from autograder.lint.finding import Finding, Kind
from autograder.model import ExamExercise, Raised

MAX_TITLE = 70  # characters
ERRORS_OF_SLIPS = frozenset({"AttributeError", "NameError", "UnboundLocalError", "ImportError", "ModuleNotFoundError"})
MIN_MISCONCEPTIONS = 3


def advice(exercise: ExamExercise) -> Iterator[Finding]:
    """Yield all advice on one exercise, always in the same order."""
    parts = _on_titles(exercise), _on_misconceptions(exercise), _on_hints(exercise), _on_arrays(exercise)
    for kind, text in chain(*parts):
        yield Finding(exercise.name, kind, text, advice=True)


def _on_titles(exercise: ExamExercise) -> Iterator[tuple[Kind, str]]:
    for check in exercise.checks:
        if len(check.title) > MAX_TITLE:
            yield "title", f"the title of {check.name} has {len(check.title)} characters; {MAX_TITLE} fit on a line"


def _on_misconceptions(exercise: ExamExercise) -> Iterator[tuple[Kind, str]]:
    for wrong in exercise.misconceptions:
        errors = [answer for answers in wrong.answers.values() for answer in answers]
        if errors and all(isinstance(answer, Raised) and answer.error in ERRORS_OF_SLIPS for answer in errors):
            why = f"{errors[0].error}: {errors[0].message}" if isinstance(errors[0], Raised) else ""
            text = f"the misconception {wrong.name} always raises {why}; is that intended, or a slip in its code?"
            yield "misconception", text


def _on_hints(exercise: ExamExercise) -> Iterator[tuple[Kind, str]]:
    if all(check.hidden for check in exercise.checks):
        yield "check", "all checks are hidden, so a release holds the stub but no check of it"
    if not exercise.hints:
        yield "docstring", "the reference has no docstring; its paragraphs become the hints of `grade hint`"
    count = len({wrong.name for wrong in exercise.misconceptions})
    if count < MIN_MISCONCEPTIONS:
        text = f"there are {count} misconceptions; write at least {MIN_MISCONCEPTIONS}"
        yield "misconception", text


def _on_arrays(exercise: ExamExercise) -> Iterator[tuple[Kind, str]]:
    calls = [item.question for check in exercise.checks for item in check.items if item.question.probe == "call"]
    arrays = [array for question in calls for array in _arrays([*question.args, *question.kwargs.values()])]
    planes = [array.shape[-2:] for array in arrays if array.ndim >= 2 and min(array.shape[-2:]) > 1]
    several_sizes = len(set(planes)) > 1  # a single size may be part of the task
    if several_sizes and all(height == width for height, width in planes):
        yield "cases", "height and width are equal in every case, so no check notices code that swaps them"
    if (batches := [len(array) for array in arrays if array.ndim == 4]) and max(batches) == 1:
        yield "cases", "no case has a batch of more than one image, so no check notices code for single images"


def _arrays(value: Any) -> list[np.ndarray[Any, Any]]:
    if isinstance(value, np.ndarray):
        return [value]
    if isinstance(value, dict):
        return _arrays(list(value.values()))
    return [array for part in value for array in _arrays(part)] if isinstance(value, (list, tuple)) else []
