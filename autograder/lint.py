"""Looks an assignment over for its author: does it reward right work, refuse wrong work, and tell the two apart?"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.course import Course
from autograder.exam_file import exam_for
from autograder.grading import grade, without_training
from autograder.judge import Sheet
from autograder.model import (
    Answer,
    Exam,
    ExamCheck,
    ExamExercise,
    ExamMisconception,
    Question,
    SourceFile,
    Submission,
)
from autograder.sandbox.process import Sandbox
from autograder.stubs import generate
from autograder.submission import read_submission

LONGEST_TITLE = 70
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
    found: list[Finding] = []
    for seed in range(seeds):
        progress(f"Drawing the questions from seed {seed}")
        exams.append(exam_for(course, assignment, seed))
        progress(f"Grading the solution with seed {seed}")
        asked = exams[-1] if training and seed == 0 else without_training(exams[-1])
        found += _solution(asked, solution, sandbox, seed)
    progress("Grading the stubs")
    texts = {path.name: text for path, text in generate(course.folder, assignment).items() if path.suffix == ".py"}
    found += _stubs(without_training(exams[0]), texts, sandbox)
    for number, exercise in enumerate(exams[0].exercises):
        draws = [exam.exercises[number] for exam in exams]
        found += [Finding(exercise.name, text) for text in _misconceptions(draws)]
        found += [Finding(exercise.name, text, advice=True) for text in _advice(exercise)]
    return list(dict.fromkeys(found))


def _solution(exam: Exam, solution: Submission, sandbox: Sandbox, seed: int) -> Iterator[Finding]:
    due = {exercise.name: exercise for exercise in exam.exercises}
    for section in grade(exam, solution, sandbox).sections:
        for result in section.exercises:
            for check in result.checks:
                if check.verdict != "passed":
                    text = f"the solution does not pass {check.name} with seed {seed}: {check.feedback}"
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
    sheet = Sheet(ExamExercise(exercise.name, exercise.points, exercise.signature, checks, exercise.misconceptions))
    sheet.ask(_Recorded(answers), training=False)
    sheet.ask(_Recorded(answers), training=True)
    return {check.misconception for check in sheet.result().checks if check.misconception} or {""}


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
