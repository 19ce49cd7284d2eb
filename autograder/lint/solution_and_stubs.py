"""Grades the solution, which must earn all points, and the stubs, which must earn none."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from autograder.grading import grade
from autograder.handout import assigned_name
from autograder.lint.finding import Finding
from autograder.model import Exam, ExerciseResult, Grade, SourceFile, Submission
from autograder.sandbox import Sandbox


def solution_findings(exam: Exam, graded: Grade, seed: int) -> Iterator[Finding]:
    exercises = {exercise.name: exercise for exercise in exam.exercises}
    for section in graded.sections:
        for result in section.exercises:
            for check in result.checks:
                if check.verdict != "passed":
                    text = f"the solution does not pass {check.name}: {check.feedback} (seed {seed})"
                    yield Finding(result.name, "solution", text, subject=check.name)
            limits = [check.seconds for check in exercises[result.name].checks if not check.measure]
            trained = any(check.attempts for check in result.checks)
            if limits and not trained and result.seconds > max(limits) / 2:
                yield Finding(
                    result.name,
                    "time",
                    f"the solution takes {result.seconds:.1f} of the {max(limits):g} seconds of a check, so "
                    "right but slower code would be stopped; use smaller cases, or raise the limit with seconds=",
                    subject=result.name,
                )


def stub_findings(exam: Exam, texts: Mapping[str, str], sandbox: Sandbox) -> Iterator[Finding]:
    """Find stubs that earn points, that do not grade as not started, that lack their docstring, or that are missing.

    A variable needs no docstring: the text of its section describes it.
    """
    documented: dict[str, bool] = {}
    for node in (node for text in texts.values() for node in ast.parse(text).body):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            documented[node.name] = bool(ast.get_docstring(node))
        elif name := assigned_name(node):
            documented[name] = True
    stubs = Submission("stubs", tuple(SourceFile(name, (text,)) for name, text in texts.items()))
    for section in grade(exam, stubs, sandbox).sections:
        for result in section.exercises:
            if result.name in documented:
                yield from _started(result)
    for exercise in exam.exercises:
        if exercise.name not in documented:
            text = "the solutions define no such function, class or variable, so students get no stub"
            yield Finding(exercise.name, "stub", text)
        elif not documented[exercise.name]:
            text = "the stub has no docstring that describes the task"
            yield Finding(exercise.name, "docstring", text, advice=True)


def _started(result: ExerciseResult) -> Iterator[Finding]:
    """Find checks that take the stub for work of a student: all that it passes, or else the first."""
    passed = [check for check in result.checks if check.verdict == "passed"]
    for check in passed:
        yield Finding(result.name, "stub", f"the stub passes {check.name}")
    if not passed and not result.not_started:
        check = next(check for check in result.checks if not check.not_started)
        text = f"the stub does not grade as not started: {check.name} says “{check.feedback}”"
        yield Finding(result.name, "stub", f"{text}; let it raise NotImplementedError() when it is called")
