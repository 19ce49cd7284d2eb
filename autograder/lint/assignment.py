"""Runs all checks of lint on one assignment, and reports each finding once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.author import read_reference
from autograder.course import Course
from autograder.exam import exam_for, without_training
from autograder.grading import grade
from autograder.handout import make_stubs, outdated_stubs, read_solutions
from autograder.judge import OwnRules, Rules
from autograder.lint.advice import advice
from autograder.lint.arguments import argument_findings
from autograder.lint.draws import draw_findings
from autograder.lint.finding import Finding, without_repetitions
from autograder.lint.interchangeable import order_findings
from autograder.lint.milestones import milestone_findings
from autograder.lint.misconceptions import misconception_findings
from autograder.lint.random_answers import randomness_findings
from autograder.lint.solution_and_stubs import solution_findings, stub_findings
from autograder.lint.titles import title_findings
from autograder.model import Exam
from autograder.sandbox import Sandbox
from autograder.submission import read_submission


@dataclass(frozen=True)
class LintProgress:
    """The current step in a few words, for a status line."""

    text: str


@dataclass(frozen=True)
class LintReport:
    """The last event of `lint`."""

    findings: tuple[Finding, ...]


def lint(
    course: Course, assignment: str, sandbox: Sandbox, *, seeds: int = 3, training: bool = True
) -> Iterator[LintProgress | LintReport]:
    """Check an assignment; yield the current step before it starts, and the report at the end.

    Exams with the seeds 0 to `seeds` - 1 are checked, because a fault may depend on the seed. Networks are trained only
    with seed 0. Raise `CourseError` or another `UserError` if the assignment cannot be read.
    """
    solution = read_submission(course.folder / "solutions" / assignment)
    exams: list[Exam] = []
    found = list(_file_findings(course, assignment))
    for seed in range(seeds):
        yield LintProgress(f"Drawing the questions from seed {seed}")
        exams.append(exam_for(course, assignment, seed, whole=True))
        yield LintProgress(f"Grading the solution with seed {seed}")
        exam = exams[-1] if training and seed == 0 else without_training(exams[-1])
        graded = grade(exam, solution, sandbox)
        found += [*solution_findings(exam, graded, seed), *milestone_findings(exam, graded, solution, sandbox)]
    yield LintProgress("Running the reference with other random numbers")
    found += randomness_findings(course, assignment, exams[0])
    yield LintProgress("Drawing the questions again")
    found += draw_findings(course, assignment)
    found += argument_findings(course, assignment, exams[0])
    found += order_findings(course, assignment, exams[0])
    yield LintProgress("Grading the stubs")
    texts = {path.name: text for path, text in make_stubs(course.folder, assignment).items() if path.suffix == ".py"}
    found += stub_findings(without_training(exams[0]), texts, sandbox)
    rules = Rules(OwnRules(read_reference(course, assignment).own.rules))
    for number, exercise in enumerate(exams[0].exercises):
        draws = [exam.exercises[number] for exam in exams]
        found += [*title_findings(exercise), *misconception_findings(draws, rules), *advice(exercise)]
    yield LintReport(tuple(without_repetitions(found)))


def findings(
    course: Course, assignment: str, sandbox: Sandbox, *, seeds: int = 3, training: bool = True
) -> list[Finding]:
    """Collect the findings of `lint`, without progress."""
    *_, report = lint(course, assignment, sandbox, seeds=seeds, training=training)
    assert isinstance(report, LintReport)
    return list(report.findings)


def _file_findings(course: Course, assignment: str) -> Iterator[Finding]:
    """Check titles, docstrings and stubs, which needs no sandbox."""
    for path in outdated_stubs(course.folder, assignment):
        where = path.relative_to(course.folder).as_posix()
        yield Finding(assignment, "file", f"{where} does not match the solutions; run: grade stubs")
    for section in read_reference(course, assignment).sections:
        if not section.title:
            text = "the reference has no docstring; its first line becomes the title of the section"
            yield Finding(section.name, "docstring", text)
    package = course.reference(assignment) / "__init__.py"
    if not ast.get_docstring(ast.parse(package.read_bytes())):
        text = "has no docstring; its first line becomes the title of the assignment"
        yield Finding(assignment, "docstring", f"{'/'.join(package.parts[-3:])} {text}")
    for name, solution in read_solutions(course.folder, assignment)[1].items():
        if not ast.get_docstring(ast.parse(solution)):
            text = "the solution has no docstring; it would introduce the section in stub and notebook"
            yield Finding(name, "docstring", text, advice=True)
