"""Asks right code for the pictures of milestones, after all verdicts stand; nothing of it can change a point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from autograder.grading.course_code import SandboxedRules
from autograder.judge import Rules, images_of
from autograder.model import (
    Attempt,
    Exam,
    ExamMilestone,
    ExerciseResult,
    Grade,
    ReachedMilestone,
    Returned,
    SourceFile,
    Submission,
)
from autograder.sandbox import Limits, LostTime, Sandbox, Session, SharedChild

SECONDS = 5.0  # for one answer
MOST_LOST = 8.0  # of all answers that do not come; after that no milestone is asked
LIMITS = Limits(load_seconds=5.0, cpu_seconds=60, total_seconds=30.0)


@dataclass(frozen=True)
class NotReached:
    """A milestone without a picture, and one sentence why."""

    exercise: str
    name: str
    why: str


def ask_milestones(
    wanted: Iterable[ExamMilestone], grade: Grade, exam: Exam, submission: Submission, sandbox: Sandbox
) -> Iterator[ReachedMilestone | NotReached]:
    """The pictures of the `wanted` milestones, whose exercises are right by this grade.

    The answers come from the file of the submission that the exercise was graded in, in a new child of the sandbox.
    """
    results = {one.name: one for section in grade.sections for one in section.exercises}
    files = {file.name: file for file in submission.files}
    asked = [one for one in wanted if one.exercises[0] in results and results[one.exercises[0]].file in files]
    if not asked:
        return
    with (
        SandboxedRules(lambda: sandbox, exam.assignment, exam.judging) as rules,
        SharedChild(sandbox, submission, LIMITS, probes=exam.probes, lost=LostTime(MOST_LOST)) as shared,
    ):
        for milestone in asked:
            result = results[milestone.exercises[0]]
            yield _reached(milestone, result, rules, shared, files[result.file])


def _reached(
    milestone: ExamMilestone, result: ExerciseResult, rules: Rules, shared: SharedChild, file: SourceFile
) -> ReachedMilestone | NotReached:
    """Ask for one picture; the first answer that does not come ends the asking."""
    answers = []
    with Session(shared, file, [result.name], loads_silently=True) as session:
        for item in milestone.check.items if not milestone.trained else ():
            answers.append(session.ask(item.question, SECONDS))
            if not isinstance(answers[-1], Returned):
                return NotReached(result.name, milestone.name, f"{item.call}: the code returned no value")
    found = images_of(rules, milestone, answers, _attempts(milestone, result))
    if isinstance(found, str):
        return NotReached(result.name, milestone.name, found)
    return ReachedMilestone(result.name, milestone.name, milestone.title, milestone.text, found)


def _attempts(milestone: ExamMilestone, result: ExerciseResult) -> tuple[Attempt, ...]:
    return next((check.attempts for check in result.checks if check.name == milestone.trained), ())
