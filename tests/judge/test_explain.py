"""A misconception explains a failed check, if the student's answers are those of the misconception."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from autograder.judge.accept import Rules
from autograder.judge.explain import _same_answer
from autograder.model import Answer, Exam, ExamCheck, ExamExercise, Item, Returned
from tests.support.answers import NASTY


def answers_of(exercise: ExamExercise, check: ExamCheck) -> Iterator[tuple[Item, list[Answer]]]:
    """For each item of the check: the expected answers, and those of the misconceptions."""
    for place, item in enumerate(check.items):
        wrong = [one.answers.get(check.name, ()) for one in exercise.misconceptions]
        yield item, [*item.expected, *(answers[place] for answers in wrong if place < len(answers))]


def test_misconceptions_are_compared_with_any_answer(exam: Callable[[int], Exam], rules: Rules) -> None:
    """Their answers take the place of the expected one, and may have another form."""
    for exercise in exam(0).exercises:
        for check in (check for check in exercise.checks if not check.measure):
            for item, answers in answers_of(exercise, check):
                for expected in answers:
                    for actual in (*answers, *map(Returned, NASTY)):
                        assert _same_answer(rules, check, item, expected, actual) in (True, False)
