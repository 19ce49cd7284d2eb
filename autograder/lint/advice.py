"""What might be better in an exercise: long titles, few misconceptions, cases that hide mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np

from autograder.model import ExamExercise, Raised

LONGEST_TITLE = 70
MISSPELT = frozenset({"AttributeError", "NameError", "UnboundLocalError", "ImportError", "ModuleNotFoundError"})
FEWEST_MISCONCEPTIONS = 3


def advice(exercise: ExamExercise) -> Iterator[str]:
    """All advice on one exercise, in a fixed order."""
    yield from chain(_on_titles(exercise), _on_misconceptions(exercise), _on_hints(exercise), _on_arrays(exercise))


def _on_titles(exercise: ExamExercise) -> Iterator[str]:
    for check in exercise.checks:
        if len(check.title) > LONGEST_TITLE:
            yield f"the sentence of {check.name} has {len(check.title)} characters; {LONGEST_TITLE} fit a line"


def _on_misconceptions(exercise: ExamExercise) -> Iterator[str]:
    for wrong in exercise.misconceptions:
        errors = [answer for answers in wrong.answers.values() for answer in answers]
        if errors and all(isinstance(answer, Raised) and answer.error in MISSPELT for answer in errors):
            why = f"{errors[0].error}: {errors[0].message}" if isinstance(errors[0], Raised) else ""
            yield f"the misconception {wrong.name} always ends with {why}; is that the mistake, or a slip of yours?"


def _on_hints(exercise: ExamExercise) -> Iterator[str]:
    if all(check.hidden for check in exercise.checks):
        yield "all checks are hidden, so that a release has its stub and nothing that checks it"
    if not exercise.hints:
        yield "the reference has no docstring, whose paragraphs are the hints of `grade hint`"
    if len(exercise.misconceptions) < FEWEST_MISCONCEPTIONS:
        yield f"few misconceptions: {len(exercise.misconceptions)}, and {FEWEST_MISCONCEPTIONS} are a good start"


def _on_arrays(exercise: ExamExercise) -> Iterator[str]:
    calls = [item.question for check in exercise.checks for item in check.items if item.question.probe == "call"]
    arrays = [array for question in calls for array in _arrays([*question.args, *question.kwargs.values()])]
    planes = [array.shape[-2:] for array in arrays if array.ndim >= 2 and min(array.shape[-2:]) > 1]
    several_sizes = len(set(planes)) > 1  # else it may be the only size that there is
    if several_sizes and all(height == width for height, width in planes):
        yield "in every case height and width are the same, so that nobody who swaps them is found"
    if (batches := [len(array) for array in arrays if array.ndim == 4]) and max(batches) == 1:
        yield "no case has a batch of more than one, so that work for one image only is not found"


def _arrays(value: Any) -> list[np.ndarray[Any, Any]]:
    if isinstance(value, np.ndarray):
        return [value]
    if isinstance(value, dict):
        return _arrays(list(value.values()))
    return [array for part in value for array in _arrays(part)] if isinstance(value, (list, tuple)) else []
