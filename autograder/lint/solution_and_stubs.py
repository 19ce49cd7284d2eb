"""Grades the solution, which must earn all points, and the stubs, which must earn none."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from autograder.grading import grade
from autograder.lint.finding import Finding
from autograder.model import Exam, SourceFile, Submission
from autograder.sandbox import Sandbox


def solution_findings(exam: Exam, solution: Submission, sandbox: Sandbox, seed: int) -> Iterator[Finding]:
    exercises = {exercise.name: exercise for exercise in exam.exercises}
    for section in grade(exam, solution, sandbox).sections:
        for result in section.exercises:
            for check in result.checks:
                if check.verdict != "passed":
                    text = f"the solution does not pass {check.name}: {check.feedback} (seed {seed})"
                    yield Finding(result.name, text)
            limits = [check.seconds for check in exercises[result.name].checks if not check.measure]
            trained = any(check.attempts for check in result.checks)
            if limits and not trained and result.seconds > max(limits) / 2:
                yield Finding(
                    result.name,
                    f"the solution takes {result.seconds:.1f} of the {max(limits):g} seconds of a check, so "
                    "right but slower code would be stopped; use smaller cases, or raise the limit with seconds=",
                )


def stub_findings(exam: Exam, texts: Mapping[str, str], sandbox: Sandbox) -> Iterator[Finding]:
    stubs = Submission("stubs", tuple(SourceFile(name, (text,)) for name, text in texts.items()))
    for section in grade(exam, stubs, sandbox).sections:
        for result in section.exercises:
            for check in result.checks:
                if check.verdict == "passed":
                    yield Finding(result.name, f"the stub passes {check.name}")
    documented = {
        node.name: bool(ast.get_docstring(node))
        for text in texts.values()
        for node in ast.parse(text).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }
    for exercise in exam.exercises:
        if exercise.name not in documented:
            yield Finding(exercise.name, "the solutions define no such function or class, so students get no stub")
        elif not documented[exercise.name]:
            yield Finding(exercise.name, "the stub has no docstring that describes the task", advice=True)
