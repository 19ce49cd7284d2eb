"""Asks one file about one exercise: for lint, which grades many small works and no whole submissions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from autograder.grading.asking import Asking
from autograder.judge import Rules
from autograder.model import Answer, CheckResult, ExamExercise, Question, Submission
from autograder.sandbox import Limits, Sandbox, Session, SharedChild


def grade_exercise(
    exercise: ExamExercise,
    submission: Submission,
    sandbox: Sandbox,
    rules: Rules,
    limits: Limits,
    probes: Mapping[str, str],
) -> dict[str, CheckResult]:
    """The verdicts of the first file of a submission on the checks of one exercise that do not train."""
    return Asking(sandbox, submission, limits, 1, rules, probes).verdicts(submission.files[0], exercise)


def answers_to(
    questions: Iterable[Question],
    submission: Submission,
    sandbox: Sandbox,
    limits: Limits,
    probes: Mapping[str, str],
    seconds: float,
) -> Iterator[Answer]:
    """What the first file of a submission answers to questions about one exercise, each within `seconds`."""
    session = None
    with SharedChild(sandbox, submission, limits, False, probes) as shared:
        for question in questions:
            session = session or Session(shared, submission.files[0], [question.target])
            yield session.ask(question, seconds)
