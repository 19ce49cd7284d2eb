"""Checks that the reference leaves the arrays and lists that it is called with as they are."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Iterator
from typing import Any

from autograder.author import read_reference
from autograder.course import Course
from autograder.lint.finding import Finding
from autograder.lint.values import are_equal, copied
from autograder.model import Exam, ExamExercise, Question


def argument_findings(course: Course, assignment: str, exam: Exam) -> Iterator[Finding]:
    """Find references that change an array or a list among their arguments.

    Networks do not count, because a training is there to change one. Neither do arguments that a check watches.
    """
    for section, exam_section in zip(read_reference(course, assignment).sections, exam.sections, strict=True):
        for reference, exercise in zip(section.references, exam_section.exercises, strict=True):
            watched = {name for question, _ in _calls(exercise) for name in _watched(question)}
            for question, call in _calls(exercise):
                for name in _changed(reference.right, question):
                    if name not in watched:
                        text = f"the reference changes its argument {name} in {call}"
                        advice = f"let it work on a copy, or write a check that watches {name}"
                        yield Finding(exercise.name, "argument", f"{text}; {advice}", subject=name)


def _calls(exercise: ExamExercise) -> Iterator[tuple[Question, str]]:
    """Yield the questions that call the exercise, each with its call as a student would write it."""
    for check in exercise.checks:
        for item in check.items:
            if item.question.probe == "call" and not check.measure:
                yield item.question, item.call


def _watched(question: Question) -> Iterator[str]:
    names: Any = question.options.get("watch", ())
    for name in names:
        yield name.partition(".")[0]


def _changed(function: Any, question: Question) -> list[str]:
    """Call the function, and list the parameters whose arguments it changes."""
    from autograder.sandbox.inside.build import build

    built: dict[int, Any] = {}
    args, kwargs = build(question.args, built), build(question.kwargs, built)
    try:
        arguments = inspect.signature(function).bind(*args, **kwargs).arguments
    except TypeError:
        return []  # a call with wrong arguments, which a check expects to raise
    before = copied(arguments)
    with contextlib.suppress(Exception):  # a check may expect an error; what changed before it counts
        function(*args, **kwargs)
    return [name for name, value in arguments.items() if not are_equal(before[name], value)]
