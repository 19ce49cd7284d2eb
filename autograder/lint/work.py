"""Grades the solution and the stubs: the one must earn everything, the other nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from autograder.grading import grade
from autograder.lint.finding import Finding
from autograder.model import Exam, SourceFile, Submission
from autograder.sandbox import Sandbox


def solution_findings(exam: Exam, solution: Submission, sandbox: Sandbox, seed: int) -> Iterator[Finding]:
    due = {exercise.name: exercise for exercise in exam.exercises}
    for section in grade(exam, solution, sandbox).sections:
        for result in section.exercises:
            for check in result.checks:
                if check.verdict != "passed":
                    text = f"the solution does not pass {check.name}: {check.feedback} (seed {seed})"
                    yield Finding(result.name, text)
            plain = [check.seconds for check in due[result.name].checks if not check.measure]
            trained = any(check.attempts for check in result.checks)
            if plain and not trained and result.seconds > max(plain) / 2:
                yield Finding(
                    result.name,
                    f"the solution takes {result.seconds:.1f} seconds, and a check has {max(plain):g}: slower work "
                    "that is right would be stopped; ask for less, or allow more with seconds=",
                )


def stub_findings(exam: Exam, texts: Mapping[str, str], sandbox: Sandbox) -> Iterator[Finding]:
    stubs = Submission("stubs", tuple(SourceFile(name, (text,)) for name, text in texts.items()))
    for section in grade(exam, stubs, sandbox).sections:
        for result in section.exercises:
            for check in result.checks:
                if check.verdict == "passed":
                    yield Finding(result.name, f"the stub passes {check.name}, before anything is written")
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
            yield Finding(exercise.name, "the stub has no docstring that says what is to be written", advice=True)
