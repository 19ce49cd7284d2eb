"""All that is wrong with an assignment, each thing once."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from autograder.author import read_reference
from autograder.course import Course
from autograder.exam import exam_for, without_training
from autograder.handout import generate, solutions, stale
from autograder.lint.advice import advice
from autograder.lint.chance import chance_findings
from autograder.lint.finding import Finding
from autograder.lint.misconceptions import misconception_findings
from autograder.lint.work import solution_findings, stub_findings
from autograder.model import Exam
from autograder.sandbox import Sandbox
from autograder.submission import read_submission


@dataclass(frozen=True)
class Progress:
    """What is looked at now, in a few words."""

    text: str


@dataclass(frozen=True)
class Report:
    """All findings."""

    findings: tuple[Finding, ...]


def lint(
    course: Course, assignment: str, sandbox: Sandbox, *, seeds: int = 3, training: bool = True
) -> Iterator[Progress | Report]:
    """What is done, as it is done; the last event is the report.

    `seeds` exams are checked, to find what depends on the seed; networks are trained with the first. Raises
    `CourseError` or another `UserError` where the assignment cannot even be read.
    """
    solution = read_submission(course.folder / "solutions" / assignment)
    exams: list[Exam] = []
    found = list(_file_findings(course, assignment))
    for seed in range(seeds):
        yield Progress(f"Drawing the questions from seed {seed}")
        exams.append(exam_for(course, assignment, seed))
        yield Progress(f"Grading the solution with seed {seed}")
        asked = exams[-1] if training and seed == 0 else without_training(exams[-1])
        found += solution_findings(asked, solution, sandbox, seed)
    yield Progress("Asking the reference with other random numbers")
    found += chance_findings(course, assignment, exams[0])
    yield Progress("Grading the stubs")
    texts = {path.name: text for path, text in generate(course.folder, assignment).items() if path.suffix == ".py"}
    found += stub_findings(without_training(exams[0]), texts, sandbox)
    for number, exercise in enumerate(exams[0].exercises):
        draws = [exam.exercises[number] for exam in exams]
        found += [Finding(exercise.name, text) for text in misconception_findings(draws)]
        found += [Finding(exercise.name, text, advice=True) for text in advice(exercise)]
    yield Report(tuple(_once(found)))


def findings(
    course: Course, assignment: str, sandbox: Sandbox, *, seeds: int = 3, training: bool = True
) -> list[Finding]:
    """All findings of `lint`."""
    *_, report = lint(course, assignment, sandbox, seeds=seeds, training=training)
    assert isinstance(report, Report)
    return list(report.findings)


def _once(found: Iterable[Finding]) -> Iterable[Finding]:
    """Each finding once; what differs only by the seed counts as one."""
    once: dict[tuple[str, str], Finding] = {}
    for one in found:
        seeded = "(seed " in one.text
        once.setdefault((one.exercise, one.text.partition(": ")[0] if seeded else one.text), one)
    return once.values()


def _file_findings(course: Course, assignment: str) -> Iterator[Finding]:
    """What is wrong with titles and stubs."""
    for path in stale(course.folder, assignment):
        where = path.relative_to(course.folder).as_posix()
        yield Finding(assignment, f"{where} does not match the solutions; run: grade stubs")
    _, sections = read_reference(course, assignment)
    for section in sections:
        if not section.title:
            yield Finding(section.name, "the reference has no docstring, whose first line is the title of the section")
    package = course.reference(assignment) / "__init__.py"
    if not ast.get_docstring(ast.parse(package.read_bytes())):
        yield Finding(assignment, f"{'/'.join(package.parts[-3:])} has no docstring, the title of the assignment")
    for name, text in solutions(course.folder, assignment)[1].items():
        if not ast.get_docstring(ast.parse(text)):
            yield Finding(name, "the solution has no docstring, which opens the stub and the notebook", advice=True)
