"""Checks that the reference passes with other random numbers, and that forbidden names exist in torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from autograder.author import ask, read_reference
from autograder.course import Course
from autograder.judge import OwnRules, Rules
from autograder.lint.finding import Finding
from autograder.model import Answer, Exam, ExamCheck, Item

STATES = 20  # states of the random generators that each check is tried with


def randomness_findings(course: Course, assignment: str, exam: Exam) -> Iterator[Finding]:
    """Find checks that refuse the reference itself when its random numbers differ from those of the exam."""
    read = read_reference(course, assignment)
    rules = Rules(OwnRules(read.own.rules))
    for section, exam_section in zip(read.sections, exam.sections, strict=True):
        for exercise in exam_section.exercises:
            for check in exercise.checks:
                ask_again = partial(ask, section.namespace, probes=read.own.probes)
                failed = 0 if check.measure else max(_failures(rules, ask_again, check, item) for item in check.items)
                if failed:
                    text = f"{check.name} refuses the reference in {failed} of {STATES} runs with other random numbers"
                    yield Finding(exercise.name, "randomness", f"{text}: raise the tolerance, or use larger cases")
            for name in _not_in_torch(exercise.checks[0].items[0].question.forbids):
                yield Finding(exercise.name, "forbids", f"forbids {name!r}, and torch has no function of that name")


def _failures(rules: Rules, ask_again: Callable[..., Answer], check: ExamCheck, item: Item) -> int:
    """Count the answers of the reference, out of `STATES`, that the check refuses.

    Only one answer is made if it equals the expected one: then the answer does not depend on random numbers.
    """
    answers = (ask_again(item.question, random_state=state) for state in range(1, STATES + 1))
    first = [next(answers)]
    if rules.accepts(replace(check, comparator="matches", parameters={"rtol": 1e-6}), item.expected, first[0]):
        return 0
    return sum(not rules.accepts(check, item.expected, answer) for answer in chain(first, answers))


def _not_in_torch(names: Sequence[str]) -> list[str]:
    """List the names that torch does not have; a name that contains a known name is an operator of another build."""
    import torch

    places = (torch, torch.nn.functional, torch.Tensor, torch.ops.aten, torch.linalg, torch.fft, torch.special)
    known = [name for name in names if any(hasattr(place, name) for place in places)]
    return [name for name in names if not any(part in name for part in known)]
