"""Hides which answers to a quiz are right until a student has made some attempts, if the course wants it.

Feedback comes at once, so a student could try the options of each question one by one. A sealed exam may therefore name
a number of attempts. Until then, a student sees only how many answers are right. Grades by an instructor hide nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.handout.student_progress import read_attempts, write_attempts
from autograder.model import CheckResult, Exam, ExamExercise, ExerciseResult, Grade

Answers = Mapping[str, str]  # check -> the answer to its question


def hide_quizzes(grade: Grade, exam: Exam, course: Path) -> Grade:
    """Count the answers to each quiz as an attempt, and hide which are right if there were too few attempts.

    All points stay as they are.
    """
    if not exam.quiz_after:
        return grade
    exercises = {exercise.name: exercise for exercise in exam.exercises}
    sections = tuple(
        replace(
            section,
            exercises=tuple(hide_quiz(result, exercises[result.name], exam, course) for result in section.exercises),
        )
        for section in grade.sections
    )
    return replace(grade, sections=sections)


def hide_quiz(result: ExerciseResult, exercise: ExamExercise, exam: Exam, course: Path) -> ExerciseResult:
    """The same for one exercise."""
    answers = {check.name: check.given.casefold() for check in result.checks if check.given}
    if not exam.quiz_after or not answers:
        return result
    before = read_attempts(course, exam.assignment, exercise.name)
    attempts = with_attempt(before, answers)
    error = ""
    if attempts != before and len(before) <= exam.quiz_after:
        try:
            write_attempts(course, exam.assignment, exercise.name, attempts)
        except OSError as reason:
            error = f" Attempts cannot be counted on this computer: {reason.strerror or reason}."
    questions = _questions(result, exercise)
    right = sum(check.verdict == "passed" for check in questions)
    if len(attempts) > exam.quiz_after or right == len(questions):
        return result
    text = _sentence(right, len(questions), len(attempts), exam.quiz_after) + error
    return _hidden(result, exercise, _title(sum(bool(check.given) for check in questions), len(questions)), text)


def with_attempt(attempts: Sequence[Answers], answers: Answers) -> list[Answers]:
    """The attempts with one more, if the answers are new.

    An attempt may grow: answers to more questions, with the others unchanged, are the same attempt.
    """
    if any(answers.items() <= one.items() for one in attempts):
        return list(attempts)
    smaller = next((number for number, one in enumerate(attempts) if one.items() <= answers.items()), len(attempts))
    return [*attempts[:smaller], answers, *attempts[smaller + 1 :]]


def is_quiz(exercise: ExamExercise) -> bool:
    """Whether some of its checks ask for the answer to one question."""
    return any(check.reads_variable for check in exercise.checks)


def _questions(result: ExerciseResult, exercise: ExamExercise) -> list[CheckResult]:
    """The results on single questions, answered or not."""
    keyed = {
        check.name for check in exercise.checks if check.reads_variable and "key" in check.items[0].question.options
    }
    return [check for check in result.checks if check.given or check.name in keyed]


def _title(answered: int, questions: int) -> str:
    if answered == questions:
        return "All questions are answered"
    return f"{answered} of {questions} questions {'is' if answered == 1 else 'are'} answered"


def _sentence(right: int, questions: int, attempts: int, quiz_after: int) -> str:
    are = "is" if 1 in (right, questions) else "are"
    noun = "answer" if questions == 1 else "answers"
    return (
        f"{right} of {questions} {noun} {are} right. Which ones are right is shown from attempt {quiz_after + 1} on, "
        f"and this is attempt {attempts}. Think again, change answers, and grade again."
    )


def _hidden(result: ExerciseResult, exercise: ExamExercise, title: str, text: str) -> ExerciseResult:
    """The result with one check in place of those that show which answers are right; unanswered questions stay."""
    variable = {check.name for check in exercise.checks if check.reads_variable}
    unanswered = {check.name for check in _questions(result, exercise) if not check.given}
    hidden = [
        check
        for check in result.checks
        if check.name not in unanswered and (check.name in variable or check.verdict == "skipped")
    ]
    summary = CheckResult(
        name=hidden[0].name,
        title=title,
        verdict="not shown",
        earned=math.fsum(check.earned for check in hidden),
        points=math.fsum(check.points for check in hidden),
        feedback=text,
    )
    names = {check.name for check in hidden}
    return replace(result, checks=(summary, *(check for check in result.checks if check.name not in names)))
