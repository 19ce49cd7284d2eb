"""Looks an assignment over for its author: does it reward right work, refuse wrong work, and tell the two apart?"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np

from autograder.author import ask, read_reference
from autograder.course import Course
from autograder.exam import exam_for, without_training
from autograder.grading import grade
from autograder.handout import generate, solutions, stale
from autograder.judge import ExerciseJudge, accepts
from autograder.model import (
    Answer,
    Exam,
    ExamCheck,
    ExamExercise,
    ExamMisconception,
    Item,
    Question,
    Raised,
    SourceFile,
    Submission,
)
from autograder.sandbox import Sandbox
from autograder.submission import read_submission

LONGEST_TITLE = 70
STATES = 20  # of the random functions with which a check of random answers is tried
MISSPELT = frozenset({"AttributeError", "NameError", "UnboundLocalError", "ImportError", "ModuleNotFoundError"})
FEWEST_MISCONCEPTIONS = 3

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Finding:
    """What is wrong with an exercise; `advice` is what only might be better otherwise."""

    exercise: str
    text: str
    advice: bool = False


def lint(
    course: Course,
    assignment: str,
    sandbox: Sandbox,
    *,
    seeds: int = 3,
    training: bool = True,
    progress: Progress = lambda told: None,
) -> list[Finding]:
    """All that is to be mended or considered in an assignment, each thing once.

    `seeds` exams are looked at, so that what depends on the luck of the draw is found; networks are trained with the
    first. Raises `CourseError`, `StubError` or `SubmissionError` where the assignment cannot even be read.
    """
    solution = read_submission(course.folder / "solutions" / assignment)
    exams = []
    found = list(_files(course, assignment))
    for seed in range(seeds):
        progress(f"Drawing the questions from seed {seed}")
        exams.append(exam_for(course, assignment, seed))
        progress(f"Grading the solution with seed {seed}")
        asked = exams[-1] if training and seed == 0 else without_training(exams[-1])
        found += _solution(asked, solution, sandbox, seed)
    progress("Asking the reference with other random numbers")
    found += _chance(course, assignment, exams[0])
    progress("Grading the stubs")
    texts = {path.name: text for path, text in generate(course.folder, assignment).items() if path.suffix == ".py"}
    found += _stubs(without_training(exams[0]), texts, sandbox)
    for number, exercise in enumerate(exams[0].exercises):
        draws = [exam.exercises[number] for exam in exams]
        found += [Finding(exercise.name, text) for text in _misconceptions(draws)]
        found += [Finding(exercise.name, text, advice=True) for text in _advice(exercise)]
    once: dict[tuple[str, str], Finding] = {}
    for one in found:
        seeded = "(seed " in one.text
        once.setdefault((one.exercise, one.text.partition(": ")[0] if seeded else one.text), one)
    return list(once.values())


def _files(course: Course, assignment: str) -> Iterator[Finding]:
    """What is wrong with titles and stubs."""
    for path in stale(course.folder, assignment):
        where = path.relative_to(course.folder).as_posix()
        yield Finding(
            assignment, f"{where} is not what the solutions make: python -m autograder.handout.stubs makes it anew"
        )
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


def _chance(course: Course, assignment: str, exam: Exam) -> Iterator[Finding]:
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


def _solution(exam: Exam, solution: Submission, sandbox: Sandbox, seed: int) -> Iterator[Finding]:
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


def _stubs(exam: Exam, texts: Mapping[str, str], sandbox: Sandbox) -> Iterator[Finding]:
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


def _misconceptions(draws: Sequence[ExamExercise]) -> Iterator[str]:
    """What is wrong with the misconceptions of one exercise, drawn from several seeds."""
    for number, wrong in enumerate(draws[0].misconceptions):
        others = [exercise.misconceptions[number] for exercise in draws]
        missed = [seed for seed, other in enumerate(others) if not other.answers]
        if len(missed) == len(draws):
            yield f"the misconception {wrong.name} passes all checks"
            continue
        if missed:
            yield f"the misconception {wrong.name} passes all checks with seed {missed[0]}, and not with others"
            continue
        names = set().union(*(_named(exercise, other) for exercise, other in zip(draws, others, strict=True)))
        if names - {wrong.name, ""}:
            other_name = min(names - {wrong.name, ""})
            yield f"the misconception {wrong.name} gets the hint of {other_name}: no check tells the two apart"
        elif "" in names:
            yield f"the misconception {wrong.name} is refused, but its hint is never given"
    failed = {name for wrong in draws[0].misconceptions for name in wrong.answers}
    for check in draws[0].checks:
        if not check.measure and check.name not in failed:
            yield f"no misconception fails {check.name}, so nothing proves that the check can fail"


def _named(exercise: ExamExercise, wrong: ExamMisconception) -> set[str]:
    """The misconceptions that the judge names for who answers exactly like this one; empty text for none."""
    checks = tuple(check for check in exercise.checks if not check.measure)
    answers = {
        id(item.question): answer
        for check in checks
        for item, answer in zip(check.items, wrong.answers.get(check.name, _right(check)), strict=True)
    }
    judge = ExerciseJudge(
        ExamExercise(exercise.name, exercise.points, exercise.signature, checks, exercise.misconceptions)
    )
    judge.ask(_Recorded(answers), training=False)
    judge.ask(_Recorded(answers), training=True)
    return {check.misconception for check in judge.result().checks if check.misconception} or {""}


def _right(check: ExamCheck) -> tuple[Answer, ...]:
    return tuple(item.expected[0] for item in check.items)


@dataclass(frozen=True)
class _Recorded:
    """Answers what is written down."""

    answers: Mapping[int, Answer]
    asked_seconds: float = 0.0

    def __call__(self, question: Question, seconds: float) -> Answer:
        return self.answers[id(question)]


def _advice(exercise: ExamExercise) -> Iterator[str]:
    for check in exercise.checks:
        if len(check.title) > LONGEST_TITLE:
            yield f"the sentence of {check.name} has {len(check.title)} characters; {LONGEST_TITLE} fit a line"
    for wrong in exercise.misconceptions:
        errors = [answer for answers in wrong.answers.values() for answer in answers]
        if errors and all(isinstance(answer, Raised) and answer.error in MISSPELT for answer in errors):
            why = f"{errors[0].error}: {errors[0].message}" if isinstance(errors[0], Raised) else ""
            yield f"the misconception {wrong.name} always ends with {why}; is that the mistake, or a slip of yours?"
    if all(check.hidden for check in exercise.checks):
        yield "all checks are hidden, so that a release has its stub and nothing that checks it"
    if not exercise.hints:
        yield "the reference has no docstring, whose paragraphs are the hints of `grade hint`"
    if len(exercise.misconceptions) < FEWEST_MISCONCEPTIONS:
        yield f"few misconceptions: {len(exercise.misconceptions)}, and {FEWEST_MISCONCEPTIONS} are a good start"
    calls = [item.question for check in exercise.checks for item in check.items if item.question.probe == "call"]
    arrays = [array for question in calls for array in _arrays([*question.args, *question.kwargs.values()])]
    planes = [array.shape[-2:] for array in arrays if array.ndim >= 2 and min(array.shape[-2:]) > 1]
    if len(set(planes)) > 1 and all(  # else it may be the only size that there is
        height == width for height, width in planes
    ):
        yield "in every case height and width are the same, so that nobody who swaps them is found"
    if (batches := [len(array) for array in arrays if array.ndim == 4]) and max(batches) == 1:
        yield "no case has a batch of more than one, so that work for one image only is not found"


def _arrays(value: Any) -> list[np.ndarray[Any, Any]]:
    if isinstance(value, np.ndarray):
        return [value]
    if isinstance(value, dict):
        return _arrays(list(value.values()))
    return [array for part in value for array in _arrays(part)] if isinstance(value, (list, tuple)) else []
