"""Asks what is defined in the notebook, lets the judge decide, and shows it; leaves the kernel as it was."""

from __future__ import annotations

import atexit
import functools
import os
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.cell.ask import KernelAsker, own_words
from autograder.cell.display import (
    Display,
    Interrupted,
    show_hint,
    show_result,
    show_sentence,
    show_solution,
    show_total,
)
from autograder.cell.find import NoExamError, exam_of_kernel, find
from autograder.cell.kernel import cells_of
from autograder.cell.quiet import captured_output, unchanged_kernel
from autograder.exam import only, without_training
from autograder.grading import (
    SandboxedRules,
    fail_by_source,
    is_open,
    judge_again,
    misspelt_results,
    probes_needed,
    repairs_of,
    with_follow_ons,
    wrong_functions,
)
from autograder.handout import hide_quiz, model_solution, next_hint
from autograder.judge import ExerciseJudge
from autograder.model import Exam, ExamExercise, ExerciseResult, Repair, SourceFile, Submission
from autograder.sandbox import Sandbox, SandboxError
from autograder.sandbox.inside.pieces import BrokenPiece, statements

SECONDS = 5.0  # to look for the place of a mistake
SECONDS_NAME = "TORCHGRADE_EXPLAIN_SECONDS"
"""The variable of the environment with another number of them."""

SEALED = "TORCHGRADE_SEALED"
"""Set in a kernel whose outputs will be replaced by grades made outside of it."""


_HINTED: set[str] = set()
"""The exercises that got a hint in this kernel."""


def checked(exercise: Any, namespace: Mapping[str, Any], training: bool) -> Display:
    """The report of an exercise, by its name or itself; what cannot be asked earns nothing, with a sentence."""
    name = _name_of(exercise)
    if os.environ.get(SEALED):
        return show_sentence(f"{name} is graded outside of this notebook.")
    if not name:
        return _all_checked(namespace, training)
    try:
        found = find(name, Path.cwd())
    except NoExamError as error:
        return show_sentence(str(error))
    asked = found.exercise
    result, output = _result(found.exam, asked, namespace, training, found.folder)
    left_out = not training and any(check.training for check in asked.checks)
    notes = ["Its training was left out."] if left_out else []
    return show_result(result, result.earned, asked.points, asked.full_points or asked.points, notes, output)


def _all_checked(namespace: Mapping[str, Any], training: bool) -> Display:
    """The points of each exercise of the notebook and their total."""
    try:
        exam = exam_of_kernel(namespace.keys(), Path.cwd())
    except NoExamError as error:
        return show_sentence(str(error))
    extra = {one.name for section in exam.sections if section.extra for one in section.exercises}
    results = [(one, _result(exam, one, namespace, training)[0]) for one in exam.exercises]
    return show_total([(result, one.points, one.full_points or one.points) for one, result in results], extra)


def hinted(exercise: Any, namespace: Mapping[str, Any]) -> Display:
    """The next hint for an exercise, unless it is complete; the same hint if another cell ran in between."""
    if os.environ.get(SEALED):
        return show_sentence("Hints are for students.", "")
    try:
        found = find(_name_of(exercise), Path.cwd())
    except NoExamError as error:
        return _sentence(str(error))
    asked = found.exercise
    result, _ = _result(found.exam, asked, namespace, False, found.folder)
    step = next_hint(found.folder, found.exam.assignment, asked, result, further=_ran_twice(namespace, asked.name))
    return show_hint(result, step) if step.number else _sentence(f"{asked.name}: {step.text}")


def solved(exercise: Any, namespace: Mapping[str, Any]) -> Display:
    """The course's solution of an exercise that is complete here, or a sentence that says why it is not shown."""
    if os.environ.get(SEALED):
        return show_sentence("Solutions are for students.", "")
    try:
        found = find(_name_of(exercise), Path.cwd())
    except NoExamError as error:
        return _sentence(str(error))
    asked, exam = found.exercise, found.exam
    section = next(one.name for one in exam.sections if asked in one.exercises)
    text = model_solution(found.folder, exam.assignment, section, asked.name)
    if not text:
        return _sentence(f"There is no solution of {asked.name} here. Your instructor may have one.")
    result, _ = _result(exam, asked, namespace, training=True)
    if not result.checks or any(check.verdict != "passed" for check in result.checks):
        return _sentence(
            f'The solution of {asked.name} is shown when all of its checks pass. check("{asked.name}") shows what is '
            f'left, and hint("{asked.name}") helps.'
        )
    return show_solution(asked.name, text)


def _ran_twice(namespace: Mapping[str, Any], name: str) -> bool:
    """Whether this cell is also the one that ran before; "Run all" must not use up the hints.

    marimo runs all cells when it opens a notebook, so the first hint of a kernel there is the one that was shown last.
    """
    cells = namespace.get("In")
    if isinstance(cells, list) and len(cells) > 1:
        return bool(cells[-1] == cells[-2])
    if not cells_of(namespace):
        return True
    again = name in _HINTED
    _HINTED.add(name)
    return again


def _name_of(exercise: Any) -> str:
    return exercise if isinstance(exercise, str) else str(getattr(exercise, "__name__", exercise))


def _sentence(text: str) -> Display:
    return show_sentence(text, text)


def _result(
    exam: Exam, asked: ExamExercise, namespace: Mapping[str, Any], training: bool, folder: Path | None = None
) -> tuple[ExerciseResult, str]:
    """The verdicts on the exercise, and what the code printed meanwhile.

    With the `folder` of the course, they are made ready to be shown to a student, with the place of the mistake.
    """
    whole = only(exam, [asked.name])
    left = whole if training else without_training(whole)
    exercise = next((one for one in left.exercises if one.name == asked.name), replace(asked, checks=()))
    try:
        with unchanged_kernel(), captured_output() as printed, ExitStack() as stack:
            import torch

            device = {"device": "cuda" if torch.cuda.is_available() else "cpu"}
            rules = stack.enter_context(SandboxedRules(_sandbox, exam.assignment, exam.judging))
            probes = own_words(probes_needed(left))
            judge = ExerciseJudge(exercise, rules)
            judge.ask(KernelAsker(namespace, probes), training=False)
            cells = _history(namespace)
            fail_by_source(judge, cells)
            judge.ask(KernelAsker(namespace, probes, device), training=True)
            judge.ask_for_pictures(KernelAsker(namespace, probes))
            result, output = judge.result("this notebook"), printed()
            if result.not_started:
                written = Submission("", (cells,))
                result = misspelt_results(rules, [exercise], exam.names, written).get(asked.name, result)
            if wrong := wrong_functions(judge, cells, {}, [cells]):
                again = judge_again(judge, KernelAsker(namespace, probes, stand_ins=wrong), cells)
                result = with_follow_ons(again, result)
            if folder is not None:
                result = _with_place(left, hide_quiz(result, asked, exam, folder), cells)
            return result, output
    except KeyboardInterrupt:
        raise Interrupted(f"Interrupted: {asked.name} is not graded.") from None


def _with_place(exam: Exam, result: ExerciseResult, cells: SourceFile) -> ExerciseResult:
    """The result with the place of the mistake, if it is found soon. It is looked for in the sandbox, not here."""
    if not is_open(result):
        return result
    try:
        seconds = float(os.environ.get(SECONDS_NAME, SECONDS))
    except ValueError:
        seconds = SECONDS
    found: Mapping[str, Repair] = {}
    with suppress(KeyboardInterrupt, SandboxError):  # the verdicts stand
        wrong = replace(result, file=cells.name)
        found = repairs_of([wrong], exam, Submission("", (cells,)), _sandbox(), seconds)
    repair = found.get(result.name)
    return replace(result, repair=replace(repair, file=f"the cell of {result.name}") if repair else None)


@functools.cache
def _sandbox() -> Sandbox:
    """One sandbox for this kernel, which calls the comparators of a course; it takes a second to start."""
    sandbox = Sandbox()
    atexit.register(sandbox.__exit__)
    return sandbox


def _history(namespace: Mapping[str, Any]) -> SourceFile:
    """The cells that were run in this kernel; Python has run none that it could not parse."""
    cells = (cell for cell in cells_of(namespace) if not any(map(_is_broken, statements(cell, "cell"))))
    return SourceFile("this notebook.ipynb", tuple(cells))


def _is_broken(part: object) -> bool:
    return isinstance(part, BrokenPiece)
