"""The exam holds the calls that the reference makes of other exercises, and finds those of a student among them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.exam.codec import decode_exam, encode_exam
from autograder.exam.inner_calls import KnownCalls, bound, key_of
from autograder.exam.seal import seal
from autograder.model import Exam, InnerCall, Raised, Returned
from autograder.sandbox.inside.tree import Other
from tests.support.small_course import exam_of

REFERENCE = '''
import torch

from autograder.author import alternative, case, check, reference


@reference(points=2)
def half(x, digits=0):
    """Half?"""
    if x < 0:
        raise ValueError("too small")
    x = x / 2 if digits else x // 2
    return x


@check(half, points=1)
def of_two(draw):
    """Half of 2 is 1"""
    yield case(2)


@check(half, points=1, hidden=True)
def of_eight(draw):
    """Half of 8 is 4"""
    yield case(8, digits=0)


@reference(points=2)
def quarter(x):
    """Half of the half?"""
    try:
        half(-1)
    except ValueError:
        pass
    return half(half(x))


@alternative(quarter)
def other_quarter(x):
    return half(half(torch.tensor(x), 1), digits=1)


@check(quarter, points=2)
def of_sixteen(draw):
    """A quarter of 16 is 4"""
    yield case(16)


class Net:
    pass


@reference(points=1)
def eighth(x):
    """A quarter of the half?"""
    if x > 100:
        return eighth(x - 100)
    half(Net())if x == 3 else None
    return quarter(half(x))


@check(eighth, points=1)
def of_hundred_and_eight(draw):
    """An eighth of 8 is 1"""
    yield case(108)
'''


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Exam:
    return decode_exam(encode_exam(exam_of(tmp_path_factory.mktemp("course"), REFERENCE)), "a file")


def calls_of(exam: Exam, name: str) -> list[tuple[str, Any, Any]]:
    (exercise,) = (one for one in exam.exercises if one.name == name)
    calls = exercise.checks[0].items[0].inner_calls
    return [(call.target, dict(call.arguments), call.answer) for call in calls]


def test_calls_of_the_reference_and_its_alternatives_are_there(exam: Exam) -> None:
    calls = calls_of(exam, "quarter")
    assert [(target, arguments) for target, arguments, _ in calls] == [
        ("half", {"x": -1, "digits": 0}),
        ("half", {"x": 16, "digits": 0}),
        ("half", {"x": 8, "digits": 0}),
        ("half", {"x": np.array(16), "digits": 1}),
        ("half", {"x": np.array(8.0), "digits": 1}),
    ]
    answers = [answer for *_, answer in calls]
    assert isinstance(answers[0], Raised)
    assert (answers[0].error, answers[0].message) == ("ValueError", "too small")
    assert answers[1:3] == [Returned(8), Returned(4)]


def test_exercise_has_no_call_of_itself(exam: Exam) -> None:
    targets = [target for target, *_ in calls_of(exam, "eighth")]
    assert targets.count("quarter") == 1
    assert set(targets) == {"half", "quarter"}


def test_exercise_that_calls_none_has_no_calls(exam: Exam) -> None:
    assert calls_of(exam, "half") == []


def test_sealed_exam_has_no_call_that_a_hidden_check_asks(exam: Exam) -> None:
    hidden = ("half", {"x": 8, "digits": 0})
    assert hidden in [call[:2] for call in calls_of(exam, "quarter")]
    assert hidden not in [call[:2] for call in calls_of(seal(exam), "quarter")]
    assert len(calls_of(seal(exam), "quarter")) == 4


@pytest.mark.parametrize(
    ("signature", "args", "kwargs", "expected"),
    [
        ("f(a, b=1)", (2,), {}, {"a": 2, "b": 1}),
        ("f(a, b=1)", (2, 3), {}, {"a": 2, "b": 3}),
        ("f(a, b=1)", (), {"b": 3, "a": 2}, {"a": 2, "b": 3}),
        ("f(a: int, /, *rest, c=(1, -2), **more) -> int", (1, 2), {"d": 3}, None),
        ("f(a, b=1)", (), {}, None),
        ("f(a, b=1)", (1, 2, 3), {}, None),
        ("f(a, b=1)", (1,), {"a": 1}, None),
        ("f(a, b=1)", (1,), {("a",): 1}, None),
        ("f(a=<object object>)", (1,), {}, None),
        ("f(a=open())", (1,), {}, None),
        ("f(a): pass\nimport os\ndef g(", (1,), {}, None),
        ("", (1,), {}, None),
        ("answers", (), {}, None),
    ],
)
def test_arguments_are_bound_as_python_does(
    signature: str, args: tuple[Any, ...], kwargs: dict[Any, Any], expected: dict[str, Any] | None
) -> None:
    if signature.startswith("f(a: int"):
        expected = {"a": 1, "rest": (2,), "c": (1, -2), "more": {"d": 3}}
    assert bound(signature, args, kwargs) == expected


EQUAL = [
    (3, np.int64(3)),
    (3, np.array(3)),
    ([1, (2, 3)], (1, [2, 3])),
    (np.array([0.5, 2], np.float32), np.array([0.5, 2], np.float64)),
    (np.array([1, 2], np.int32), np.array([1, 2], np.uint8)),
    (np.array([0.0], np.float32), np.array([-0.0], np.float32)),
    ({"a": 1, "b": [2]}, {"b": (2,), "a": 1}),
]
DIFFERENT = [
    (3, 3.0),
    (1, True),
    ("3", 3),
    (None, 0),
    ((1,), 1),
    ([1, 2], np.array([1, 2])),
    (np.array([1, 2], np.float32), np.array([[1, 2]], np.float32)),
    (np.array([1, 2], np.float32), np.array([1, 2], np.int64)),
    (np.zeros((2, 3)), np.zeros((3, 2))),
    (Other("Net"), Other("Net")),
    ({"a": 1}, {"a": 2}),
]


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_equal_arguments_have_one_key(one: Any, other: Any) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_arguments_have_other_keys(one: Any, other: Any) -> None:
    assert key_of(one) != key_of(other)


def test_name_that_nobody_calls_is_not_known() -> None:
    known = KnownCalls([InnerCall("half", "half(x)", {"x": 2}, Returned(1))])
    assert [known.answer(name, (2,), {}) for name in ("half", "quarter", "")] == [Returned(1), None, None]
    assert known.used == {"half"}


def test_course_without_calls_has_none(tmp_path: Path) -> None:
    alone = REFERENCE.partition("@reference(points=2)\ndef quarter")[0]
    assert all(not item.inner_calls for e in exam_of(tmp_path, alone).exercises for c in e.checks for item in c.items)
