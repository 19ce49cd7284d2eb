"""Finds networks whose layers a student may use in more orders than the probe `forward` tries."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from autograder.author import read_reference
from autograder.course import Course
from autograder.lint.finding import Finding
from autograder.model import Exam, ExamCheck


def order_findings(course: Course, assignment: str, exam: Exam) -> Iterator[Finding]:
    """Advise where more layers are interchangeable than are permuted: right work in another order would be refused."""
    from autograder.sandbox.inside.orders import LARGEST_GROUP

    for section, exam_section in zip(read_reference(course, assignment).sections, exam.sections, strict=True):
        for exercise in exam_section.exercises:
            for check in exercise.checks:
                count = _interchangeable(section.namespace, check)
                if count > LARGEST_GROUP:
                    text = f"{check.name}: {count} layers of one size do not build on each other, and a student may use"
                    text += f" them in another order; more than {LARGEST_GROUP} are tried in one order only"
                    remedy = "write the other orders as @alternative, or set parameters by name with weights="
                    yield Finding(exercise.name, "order", f"{text}: {remedy}", advice=True, subject="order")


def _interchangeable(namespace: dict[str, Any], check: ExamCheck) -> int:
    """The number of interchangeable layers in the network of a check; 0 if it has none."""
    from autograder.sandbox.inside.build import build
    from autograder.sandbox.inside.weights import interchangeable

    largest = 0
    for question in (item.question for item in check.items):
        if question.probe != "forward" or "weights" in question.options:
            continue
        with contextlib.suppress(Exception):  # the reference may expect to be refused
            network = namespace[question.target](*build(question.args), **build(question.kwargs)).eval()
            inputs: Any = question.options["inputs"]
            largest = max(largest, interchangeable(network, lambda: network(*build(inputs))))  # noqa: B023 - called at once
    return largest
