"""Comparators accept what will do, say in one sentence why the rest will not, and never raise."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.judge.accept import Rules
from autograder.judge.compare import COMPARATORS, matches
from autograder.model import Answer, Exam, ExamCheck, Raised, Returned
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.tree import DTYPES, Other
from tests.support.answers import NASTY
from tests.support.fuzzing import FUZZING

X = np.array([[1.0, -2.0, 4.0], [0.5, 3.0, -1.0]], np.float32)

leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats()
    | st.text(max_size=9)
    | st.builds(Other, st.text(max_size=9))
    | npst.arrays(st.sampled_from(sorted(DTYPES)), npst.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=3))
)
names = st.sampled_from(
    [
        "candidates",
        "labels",
        "output",
        "state",
        "means",
        "variances",
        "moved",
        "plain",
        "batchnorm",
        "predictions",
        "untrained",
    ]
)
answers = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(names | st.integers(0, 3), inner, max_size=4)
    ),
    max_leaves=12,
)


Comparisons = Callable[[], list[tuple[ExamCheck, Answer]]]


@pytest.fixture(scope="module")
def comparisons(exam: Callable[[int], Exam]) -> Comparisons:
    """Each check of the exam with its first right answer; behind a call, since hypothesis would print it all."""
    return lambda: [(check, check.items[0].expected[0]) for exercise in exam(0).exercises for check in exercise.checks]


def judge(rules: Rules, check: ExamCheck, expected: Any, actual: Any) -> Any:
    """What the check's comparator or measure says."""
    if check.measure:
        return rules.measure(check.measure, actual, expected)
    return rules.objection(check, Returned(expected), Returned(actual))


@pytest.mark.parametrize("answer", [7, np.int64(7), np.array(7), np.array(7, np.int32), np.array(7, np.uint8)])
def test_int_is_an_int_in_every_form(answer: Any) -> None:
    assert matches.judge(7, wire.decode(wire.encode(answer))) is None


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (True, "expected 7, an int; got True, a bool"),
        (7.0, "expected 7, an int; got 7.0, a float"),
        (np.array(7.0), "expected 7, an int; got tensor(7), a 0-d float64 tensor"),
        (np.array([7]), "expected 7, an int; got [7], an array of shape (1,)"),
        ("7", "expected 7, an int; got '7', a str"),
        ([7], "expected 7, an int; got [7], a list"),
        (None, "expected 7, an int; got None (is a `return` missing?)"),
        (Other("Tree"), "expected 7, an int; got a Tree"),
        (8, "expected 7, got 8"),
        (np.array(8), "expected 7, got tensor(8)"),
    ],
)
def test_what_is_no_int_is_named_by_its_kind(answer: Any, reason: str) -> None:
    assert matches.judge(7, answer) == reason


@pytest.mark.parametrize("answer", [2.5, np.array(2.5), np.array(2.5, np.float32), 2.5 + 1e-6])
def test_float_is_a_float_in_every_form(answer: Any) -> None:
    assert matches.judge(2.5, answer) is None


@pytest.mark.parametrize("answer", [3, np.array(3)])
def test_whole_number_will_do_for_a_float(answer: Any) -> None:
    assert matches.judge(3.0, answer) is None


@pytest.mark.parametrize("answer", [math.nan, math.inf, -math.inf, np.array(math.nan)])
def test_float_that_is_not_finite_is_refused(answer: Any) -> None:
    assert str(matches.judge(2.5, answer)).startswith("expected 2.5, got ")


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_values_that_are_not_finite_are_counted(bad: float) -> None:
    answer = X.copy()
    answer[1, 2] = bad
    assert matches.judge(X, answer) == "1 of 6 values are NaN or infinite"


def test_float64_will_do_for_float32() -> None:
    assert matches.judge(X, X.astype(np.float64)) is None


@pytest.mark.parametrize("kind", ["int64", "int32", "uint8", "bool"])
def test_whole_numbers_do_not_do_for_floating_point(kind: str) -> None:
    assert matches.judge(X, X.astype(kind)) == f"expected floating point values, got dtype {kind}"


def test_dtype_of_whole_numbers_is_exact() -> None:
    assert matches.judge(np.arange(3), np.arange(3, dtype=np.int32)) == "expected dtype int64, got int32"


def test_shapes_are_shown() -> None:
    assert matches.judge(X, X.T) == "expected shape (2, 3), got (3, 2)"
    assert matches.judge(X, X[None]) == "expected shape (2, 3), got (1, 2, 3)"
    assert matches.judge(X, X[0]) == "expected shape (2, 3), got (3,)"


@pytest.mark.parametrize("wrong", [X * 0, np.full_like(X, X.mean()), -X, X[::-1], X * 1.001, X + 1e-3])
def test_other_values_never_pass(wrong: Any) -> None:
    assert str(matches.judge(X, np.ascontiguousarray(wrong))).startswith("expected [[1, -2, 4], [0.5, 3, -1]], got [[")


def test_large_arrays_are_shown_by_their_worst_value() -> None:
    expected = np.zeros((4, 5), np.float32)
    expected[1, 2] = 2
    answer = expected.copy()
    answer[1, 2], answer[3, 4] = -1, 0.5
    assert matches.judge(expected, answer) == "2 of 20 values differ, most at [1, 2]: expected 2, got -1"


@FUZZING
@given(npst.arrays(np.float32, (3, 5), elements=st.floats(-1e3, 1e3, width=32)), st.floats(0.9, 1.1))
def test_value_passes_up_to_the_tolerance(x: Any, share: float) -> None:
    scale = float(np.abs(x).max())
    off = x.astype(np.float64)
    off[1, 2] += share * 1e-3 * scale
    expected = scale == 0 or share * 1e-3 * scale <= 1e-3 * scale
    assert (matches.judge(x, off, rtol=1e-3) is None) == expected or abs(share - 1) < 1e-6


@pytest.mark.parametrize(
    ("expected", "answer"),
    [((1, 2), [1, 2]), ([1, 2], (1, 2)), ([(1, 2), (3, 4)], ((1, 2), [3, 4])), ((X, 1), [X, 1]), ((), [])],
)
def test_list_will_do_for_a_tuple(expected: Any, answer: Any) -> None:
    assert matches.judge(expected, answer) is None


@pytest.mark.parametrize(
    ("expected", "answer", "reason"),
    [
        ((2, 8, 24), (2, 24, 8), "expected (2, 8, 24), got (2, 24, 8)"),
        ((2, 8), (2, 8, 1), "expected (2, 8), got (2, 8, 1)"),
        ((2, 8), (2, 8.0), "expected 8, an int; got 8.0, a float inside (2, 8.0)"),
        ((2, 8), X, "expected a tuple, got an array of shape (2, 3)"),
        ({"a": 1}, {"b": 1}, "expected the keys ['a'], got ['b']"),
        ({1: 1}, {"1": 1}, "expected the keys [1], got ['1']"),
        ({"a": [1.5]}, {"a": [2.5]}, "a: expected [1.5], got [2.5]"),
        ([X, X], [X, X.T], "result[1]: expected shape (2, 3), got (3, 2)"),
        ("plain", None, "expected a str, got None (is a `return` missing?)"),
        (True, 1, "expected a bool, got an int"),
    ],
)
def test_first_difference_is_shown(expected: Any, answer: Any, reason: str) -> None:
    assert matches.judge(expected, answer) == reason


def test_error_that_is_due_passes_whatever_it_says(comparisons: Comparisons, rules: Rules) -> None:
    check, due = next((check, due) for check, due in comparisons() if isinstance(due, Raised))
    assert rules.objection(check, due, Raised("ValueError", "in my own words")) is None
    assert rules.objection(check, due, Raised("KeyError")) == "expected ValueError"
    assert rules.objection(check, due, Returned(0)) == "expected ValueError, got 0"


def test_right_answer_passes_every_comparator(comparisons: Comparisons, rules: Rules) -> None:
    used = {check.comparator for check, _ in comparisons() if not check.measure}
    assert used == {*COMPARATORS, "normalises", "follows_bias", "loss_curves"} - {"same_text"}  # nothing prints here
    wrong = [check.name for check, due in comparisons() if not check.measure and not rules.accepts(check, [due], due)]
    assert wrong == []


@FUZZING
@given(answer=answers)
def test_any_answer_gets_a_sentence_and_never_an_exception(comparisons: Comparisons, rules: Rules, answer: Any) -> None:
    for check, due in comparisons():
        if isinstance(due, Returned):
            said = judge(rules, check, due.value, answer)
            assert said is None or str(said).strip()


@pytest.mark.parametrize("nasty", NASTY, ids=repr)
def test_damaged_right_answer_gets_a_sentence_and_never_an_exception(
    comparisons: Comparisons, rules: Rules, nasty: Any
) -> None:
    for check, due in comparisons():
        if not isinstance(due, Returned):
            continue
        for path in islice(parts(due.value, ()), 30):
            damaged = replaced(due.value, path, nasty)
            said = judge(rules, check, due.value, damaged)
            assert said is None or isinstance(said, float) or said.strip()


@pytest.mark.parametrize("factor", [1e308, -1e308, 1e300, 1e-300, 0.0])
def test_numbers_of_any_size_are_compared_without_a_warning(
    comparisons: Comparisons, rules: Rules, factor: float
) -> None:
    for check, due in comparisons():
        if isinstance(due, Returned) and not check.measure:
            said = rules.objection(check, due, Returned(scaled(due.value, factor)))
            assert said is None or said.strip()


def scaled(tree: Any, factor: float) -> Any:
    """The tree with every floating-point number in it multiplied."""
    if isinstance(tree, dict):
        return {key: scaled(value, factor) for key, value in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)(scaled(value, factor) for value in tree)
    if isinstance(tree, np.ndarray) and tree.dtype.kind == "f":
        return np.clip(tree.astype(np.float64), -1, 1) * factor
    return min(tree, 1.0) * factor if isinstance(tree, float) else tree


def parts(tree: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The paths to every part of a tree."""
    yield path
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from parts(value, (*path, key))
    elif isinstance(tree, (list, tuple)):
        for index, value in enumerate(tree):
            yield from parts(value, (*path, index))


def replaced(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The tree with another value at a path."""
    if not path:
        return value
    first, *rest = path
    if isinstance(tree, dict):
        return {**tree, first: replaced(tree[first], tuple(rest), value)}
    changed = [replaced(item, tuple(rest), value) if i == first else item for i, item in enumerate(tree)]
    return type(tree)(changed)
