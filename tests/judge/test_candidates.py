"""One way of filling the weights must be right for all items of a check, whatever a student's process claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograder.judge.accept import Rules
from autograder.judge.compare import agrees
from autograder.judge.exercise import judge_exercise
from autograder.judge.explain import _same
from autograder.model import Answer, ExamCheck, ExamExercise, Item, Question, Returned, Stopped
from tests.support.answers import NASTY

A, B, C, WRONG = (np.full(2, number, np.float32) for number in (1, 2, 3, 9))


def answer(**candidates: Any) -> Answer:
    """`answer(use=A, levels_10=B)`; an underline stands for a space."""
    labels = [[name.replace("_", " ")] for name in candidates]
    return Returned({"candidates": [{"output": one} for one in candidates.values()], "labels": labels})


def items_of(*expected: Answer) -> tuple[Item, ...]:
    return tuple(Item(f"Net({n})", Question("forward", "Net"), (one,)) for n, one in enumerate(expected))


def check_of(*expected: Answer) -> ExamCheck:
    return ExamCheck("same_output", "The output is right", 2, "agrees", {}, items_of(*expected))


RIGHT = check_of(answer(use=A, levels_10=WRONG), answer(use=B, levels_10=WRONG), answer(use=C, levels_10=WRONG))


def judged(check: ExamCheck, given: Sequence[Answer]) -> tuple[str, str, float]:
    left = iter(given)

    class Asker:
        question_seconds = 0.0

        def __call__(self, question: Question, seconds: float) -> Answer:
            return next(left)

    (result,) = judge_exercise(Rules(), ExamExercise("Net", 2, "Net()", (check,)), Asker(), Asker()).checks
    return result.verdict, result.feedback, result.earned


@pytest.mark.parametrize(
    "given",
    [
        [answer(use=A), answer(use=B), answer(use=C)],
        [answer(use=WRONG, levels_10=A), answer(use=WRONG, levels_10=B), answer(levels=C)],
        [answer(levels=A, use=WRONG), answer(use=WRONG, levels=B), answer(levels=C)],
        [answer(levels_10_102=WRONG, levels_10=A), answer(levels_10=B), answer(levels=C)],
    ],
)
def test_one_way_is_right_for_all_items(given: list[Answer]) -> None:
    assert judged(RIGHT, given) == ("passed", "", 2.0)


ROLE = "a layer must have the same role in every call"


@pytest.mark.parametrize(
    ("given", "calls"),
    [
        ([answer(use=A, levels=WRONG), answer(use=WRONG, levels=B), answer(use=C, levels=C)], "Net(0) and Net(1)"),
        ([answer(use=A, levels=WRONG), answer(use=B), answer(use=WRONG, levels=C)], "Net(0) and Net(2)"),
        ([answer(use=WRONG, levels_10=A), answer(use=B, levels=WRONG), answer(use=C)], "Net(0) and Net(1)"),
    ],
)
def test_different_ways_are_refused_together(given: list[Answer], calls: str) -> None:
    assert all(Rules().accepts(RIGHT, item.expected, one) for item, one in zip(RIGHT.items, given, strict=True))
    sentence = f"{calls}: each output is right for some assignment of the weights to the layers, but no assignment is"
    assert judged(RIGHT, given) == ("failed", f"{sentence} right for both; {ROLE}", 0.0)


def test_three_calls_that_agree_in_pairs_are_named_together() -> None:
    given = [
        answer(use=A, levels=A, levels_10=WRONG),
        answer(use=B, levels=WRONG, levels_10=B),
        answer(use=WRONG, levels=C, levels_10=C),
    ]
    verdict, feedback, _ = judged(RIGHT, given)
    assert (verdict, feedback[:31]) == ("failed", "Net(0) and Net(1) and Net(2): e")
    assert "no assignment is right for all of them" in feedback


def verdicts(*answers_of_checks: Answer) -> list[str]:
    """The verdicts on checks of one item each; A is right in all."""
    expected = answer(use=A, levels=A, levels_10=WRONG, levels_102=WRONG)
    checks = tuple(replace(check_of(expected), name=f"check {n}", title=f"{n}") for n in range(len(answers_of_checks)))
    left = iter(answers_of_checks)

    class Asker:
        question_seconds = 0.0

        def __call__(self, question: Question, seconds: float) -> Answer:
            return next(left)

    exercise = ExamExercise("Net", 2, "Net()", checks)
    return [one.feedback or one.verdict for one in judge_exercise(Rules(), exercise, Asker(), Asker()).checks]


def test_one_way_is_right_for_all_checks() -> None:
    given = [answer(use=A, levels=WRONG), answer(use=WRONG, levels=A), answer(use=A, levels=WRONG)]
    apart = (
        "“1” and “0” are right for different assignments of the weights to the layers; "
        "a layer must have the same role in every call"
    )
    assert verdicts(*given) == ["passed", apart, "passed"]


def test_checks_may_differ_in_what_can_be_permuted() -> None:
    two, three = answer(levels=WRONG, levels_10=A), answer(levels=WRONG, levels_102=A)
    assert verdicts(two, three, answer(levels=A)) == ["passed"] * 3


def test_same_layers_are_permuted_alike_in_all_checks() -> None:
    one, other = answer(levels=WRONG, levels_10=A), answer(levels=A, levels_10=WRONG)
    assert verdicts(one, other)[0] == "passed"
    assert "are right for different assignments" in verdicts(one, other)[1]


def test_labels_that_the_reference_does_not_have_are_ignored() -> None:
    expected = Returned({"candidates": [{"output": A}], "labels": [["use"]]})
    assert not Rules().accepts(check_of(expected), [expected], answer(use=WRONG, levels_10=A))
    assert Rules().accepts(check_of(expected), [expected], answer(use=WRONG, levels=A))


@pytest.mark.parametrize(
    "value",
    [
        {"candidates": [{"output": A}]},
        {"candidates": [{"output": A}], "labels": []},
        {"candidates": [{"output": A}], "labels": [[]]},
        {"candidates": [{"output": A}], "labels": ["use"]},
        {"candidates": [{"output": A}], "labels": [["mine"]]},
        {"candidates": [{"output": A}], "labels": [[7]]},
        {"candidates": [{"output": A}], "labels": [["levels " + "10 " * 5000 + "10"]]},
        {"candidates": [{"output": A}], "labels": [["use"]], "more": 1},
        {"candidates": [{"output": A}] * 2, "labels": [["use"], ["use"]]},
        {"candidates": [{"output": A}] * 9, "labels": [["use"]] * 9},
        {"candidates": [{"output": A}], "labels": [[f"levels {n // 4}{n % 4}" for n in range(16)] * 2]},
        {
            "candidates": [{"output": A}],
            "labels": [[f"levels {n // 4}{n % 4} {m}0" for n in range(16) for m in range(4)]],
        },
        {"candidates": {"use": {"output": A}}, "labels": {"use": ["use"]}},
    ],
)
def test_forged_labels_are_a_failed_verdict(value: Any) -> None:
    sentence = "Net(0): the answer does not have the expected form"
    assert judged(RIGHT, [Returned(value)] * 3) == ("failed", sentence, 0.0)


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("nasty", NASTY, ids=lambda one: repr(one)[:30])
def test_anything_among_right_answers_fails(nasty: Any, place: int) -> None:
    given: list[Answer] = [answer(use=A), answer(use=B), answer(use=C)]
    given[place] = Returned(nasty)
    assert not Rules().accepts_all(RIGHT, RIGHT.items, given)
    assert judged(RIGHT, given)[0] == "failed"


def test_stopped_answer_keeps_its_verdict() -> None:
    given = [answer(use=A), Stopped("time", "did not finish within 10 seconds")]
    assert judged(RIGHT, given) == ("stopped", "Net(1) did not finish within 10 seconds", 0.0)


def test_misconception_is_one_that_is_the_same_in_one_way() -> None:
    wrong = [answer(use=A), answer(use=B), answer(use=C)]
    together = [answer(use=A, levels=WRONG), answer(use=B, levels=WRONG), answer(use=C)]
    apart = [answer(use=A, levels=WRONG), answer(use=WRONG, levels=B), answer(use=C)]
    assert _same(Rules(), RIGHT, wrong, together)
    assert not _same(Rules(), RIGHT, wrong, apart)


def test_first_candidate_is_the_one_that_is_described() -> None:
    wrong = {"candidates": [{"output": WRONG}, {"output": B}], "labels": [["use"], ["levels"]]}
    right = {"candidates": [{"output": A}], "labels": [["use", "levels"]]}
    assert agrees.judge(right, wrong) == "output: expected [1, 1], got [9, 9]"
