"""Asks the reference again with other random numbers, and looks for names that torch does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from autograder.author import ask, read_reference
from autograder.course import Course
from autograder.judge import accepts
from autograder.lint.finding import Finding
from autograder.model import Exam, ExamCheck, Item

STATES = 20  # of the random functions with which a check of random answers is tried


def chance_findings(course: Course, assignment: str, exam: Exam) -> Iterator[Finding]:
    """Checks that the reference itself fails with other random numbers than those that its answers were made with."""
    _, sections = read_reference(course, assignment)
    for section, asked in zip(sections, exam.sections, strict=True):
        namespace = {reference.name: reference.right for reference in section.references}
        for exercise in asked.exercises:
            for check in exercise.checks:
                failed = 0 if check.measure else max(_failures(namespace, check, item) for item in check.items)
                if failed:
                    text = f"{check.name} refuses the reference in {failed} of {STATES} runs with other random numbers"
                    yield Finding(exercise.name, f"{text}: allow more, or ask for more values")
            for name in _unknown(exercise.checks[0].items[0].question.forbids):
                yield Finding(exercise.name, f"forbids {name!r}, and torch has no function of that name")


def _failures(namespace: Mapping[str, Any], check: ExamCheck, item: Item) -> int:
    """How many of `STATES` answers of the reference the check refuses; a few will do where chance plays no part."""
    answers = (ask(namespace, item.question, state) for state in range(1, STATES + 1))
    first = [next(answers)]
    if accepts(replace(check, comparator="matches", parameters={"rtol": 1e-6}), item.expected, first[0]):
        return 0
    return sum(not accepts(check, item.expected, answer) for answer in chain(first, answers))


def _unknown(names: Sequence[str]) -> list[str]:
    """The names that no function of torch has, nor an operator of another build, which is named after a function."""
    import torch

    places = (torch, torch.nn.functional, torch.Tensor, torch.ops.aten, torch.linalg, torch.fft, torch.special)
    known = [name for name in names if any(hasattr(place, name) for place in places)]
    return [name for name in names if not any(part in name for part in known)]
