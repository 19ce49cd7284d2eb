"""The seconds of an exercise are those of its own answers, without the start of a child or the loading of a file.

A check that was stopped costs what the clock says.
"""

from __future__ import annotations

import time

import pytest

from autograder.judge import Rules, judge_exercise
from autograder.model import Answer, ExamCheck, ExamExercise, Item, Question, Returned, Stopped

ITEM = Item("half(4)", Question("call", "half", (4,)), (Returned(2),))
CHECK = ExamCheck("values", "Half of it", 1, "matches", {"rtol": 0.0, "atol": 0.0}, (ITEM, ITEM))


def test_seconds_are_those_of_the_answers() -> None:
    class Asker:
        """Takes half a second for an answer, as it says itself, after it has started a child."""

        question_seconds = 7.0

        def __call__(self, question: Question, seconds: float) -> Answer:
            time.sleep(0.01)
            self.question_seconds += 0.5
            return Returned(2)

    result = judge_exercise(Rules(), ExamExercise("half", 1, "half(n)", (CHECK,)), Asker(), Asker())
    assert (result.seconds, result.checks[0].verdict) == (1.0, "passed")


def test_stopped_check_costs_what_the_clock_says() -> None:
    class Asker:
        """Waits longer than it counts, as a second attempt in a fresh child does."""

        question_seconds = 0.0

        def __call__(self, question: Question, seconds: float) -> Answer:
            time.sleep(0.2)
            self.question_seconds += 0.01
            return Stopped("time", "did not finish within 10 seconds")

    result = judge_exercise(Rules(), ExamExercise("half", 1, "half(n)", (CHECK,)), Asker(), Asker())
    assert result.checks[0].verdict == "stopped"
    assert result.checks[0].seconds >= 0.2
    assert result.seconds == pytest.approx(result.checks[0].seconds, abs=0.001)
