"""Sets, iterators, dtypes and tables cross the wire, and a forged frame of them is refused."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from autograder.judge import show
from autograder.judge.compare import matches
from autograder.judge.slim import size, slim
from autograder.judge.texts import same_text
from autograder.model import Exam
from autograder.sandbox.inside.build import build
from autograder.sandbox.inside.tree import Other, WireError
from autograder.sandbox.inside.values import MOST_ITEMS, Dtype, Items, Table
from autograder.sandbox.inside.wire import decode, encode
from autograder.sandbox.sandbox import Sandbox
from tests.support import frames
from tests.support.fuzzing import FUZZING
from tests.support.small_course import exam_of, feedback_of

FORGED = [
    {"set": 3},
    {"set": [[1]]},
    {"set": [{"tuple": [[]]}]},
    {"frozenset": [{"set": []}]},
    {"set": [0] * (MOST_ITEMS + 1)},
    {"dtype": "os.system"},
    {"dtype": 3},
    {"dtype": f"torch.{'a' * 40}"},
    {"items": ["map", 1, []]},
    {"items": ["map", False, {"tuple": []}]},
    {"items": ["map", False]},
    {"items": ["map", False, [0] * (MOST_ITEMS + 1)]},
    {"table": ["Frame", [], [], []]},
    {"table": ["DataFrame", ["a"], [0], []]},
    {"table": ["DataFrame", ["a"], [0], [[1, 2]]]},
    {"table": ["DataFrame", ["a"], 3, [[1]]]},
    {"table": []},
]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["set", "frozenset", "dtype", "items", "table", "tuple", "other"]), inner, max_size=1
        )
    ),
    max_leaves=20,
)


def sent(value: Any) -> Any:
    return decode(encode(value))


def endless() -> Iterator[int]:
    while True:
        yield 1


@pytest.mark.parametrize(
    ("value", "arrives"),
    [
        ({1, "a", (2, (3,)), frozenset({4})}, {1, "a", (2, (3,)), frozenset({4})}),
        (frozenset(), frozenset()),
        ({object()}, {Other("object")}),
        ((x * x for x in range(3)), Items("generator", [0, 1, 4])),
        (map(str, [1]), Items("map", ["1"])),
        (endless(), Items("generator", [1] * MOST_ITEMS, endless=True)),
        (torch.float32, Dtype("torch.float32")),
        (np.dtype("int64"), Dtype("numpy.int64")),
        (np.float32, Dtype("numpy.float32")),
        (np.bool_, Dtype("numpy.bool")),
        (np.dtype([("a", int)]), Dtype("numpy.void64")),
        (float, Other("type")),
    ],
)
def test_value_arrives_as_plain_data(value: Any, arrives: Any) -> None:
    found = sent(value)
    assert found == arrives
    assert type(found) is type(arrives)
    assert sent(found) == arrives


@pytest.mark.parametrize("tree", FORGED, ids=lambda tree: json.dumps(tree)[:40])
def test_forged_frame_is_refused(tree: Any) -> None:
    with pytest.raises(WireError):
        decode(frames.frame(json.dumps(tree).encode()))


@FUZZING
@given(json_values)
def test_arbitrary_frame_is_refused_or_can_be_compared(tree: Any) -> None:
    with contextlib.suppress(WireError):
        value = decode(frames.frame(json.dumps(tree).encode()))
        encode(value)
        assert isinstance(show(value), str)
        for other in ({1}, Items("map", [1]), Dtype("torch.int8"), Table("Series", [None], [0], [[1]]), 1, [1], None):
            for pair in ((value, other), (other, value), (value, value)):
                for reason in (matches.judge(*pair), same_text.judge(*pair)):
                    assert reason is None or isinstance(reason, str)


@pytest.mark.parametrize(
    ("expected", "actual", "reason"),
    [
        ({1, 2}, {2, 1}, None),
        ({1, 2}, frozenset({1, 2}), None),
        ({0.1, 0.2}, {0.1 + 1e-9, 0.2}, None),
        ({1, 2}, {1, 3}, "expected {1, 2}, got {1, 3}"),
        ({1, 2}, [1, 2], "expected a set, got a list"),
        (set(range(13)), set(range(1, 15)), "of the elements, 1 missing, such as 0; 2 not expected, such as 13"),
        ([1], map(int, "1"), "expected a list, got a map object; return a list"),
        ([1], range(1), "expected a list, got a range object; return a list"),
        ({"a": 1}, {"a": 1}.items(), "expected a dict, got a dict_items object; return a dict"),
        (7, map(int, "7"), "expected 7, an int; got a map object"),
        (2.5, lambda: 2.5, "expected a float, got a function; call it with `()` and return its result"),
        (iter([1, 2]), (x for x in (1, 2)), None),
        (iter([1, 2]), iter([1, 3]), "expected [1, 2], got [1, 3]"),
        (iter([1]), itertools.count(), "expected 1 items, got more than 10,000: does it ever end?"),
        (itertools.count(), iter([1]), "expected items without an end, got 1 items"),
        (
            (x for x in [1]),
            [1],
            "expected a generator, got a list; write `yield` for each item, in place of one `return`",
        ),
        (torch.int64, torch.int64, None),
        (torch.int64, np.dtype("int64"), "expected torch.int64, got dtype('int64')"),
        (torch.int64, "torch.int64", "expected a dtype, got a str"),
        (1j, 1j, "a complex cannot be compared"),
        ([{"a": 1}, {"a": 2}], [{"a": 1}, {"a": 3}], "result[1] a: expected 2, got 3"),
    ],
)
def test_difference_is_named(expected: Any, actual: Any, reason: str | None) -> None:
    assert matches.judge(sent(expected), sent(actual)) == reason


def test_loader_is_no_list_of_batches() -> None:
    loader: Any = torch.utils.data.DataLoader([1, 2])  # type: ignore[arg-type]  # a list is a dataset, too
    reason = "expected a list, got a DataLoader; return the batches that it gives, `list(loader)`"
    assert matches.judge([1], sent(loader)) == reason


def test_large_arrays_in_iterators_are_slimmed() -> None:
    items = Items("map", [np.ones(1000)])
    assert size(items) == 8000
    assert slim(items, 100).items[0].strides == (0,)


def test_dtype_of_a_question_becomes_one_again() -> None:
    assert build(sent([torch.float16, np.dtype("int8")])) == [torch.float16, np.dtype("int8")]


def test_tables_of_pandas_are_compared_by_columns() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"n": [1, 2, 3], "x": [0.5, None, 2.5], "name": ["a", None, "c"]})
    right = sent(frame)
    assert show(right) == "a DataFrame of 3 rows and the columns ['n', 'x', 'name']"
    assert matches.judge(right, sent(frame.copy())) is None
    for wrong, reason in {
        "rows": (frame[:2], "expected 3 rows, got 2"),
        "columns": (frame[["n", "x"]], "expected the columns ['n', 'x', 'name'], got ['n', 'x']"),
        "series": (frame["n"], "expected a DataFrame, got a Series"),
        "numbers": (frame.assign(x=[0.5, None, 2]), "column 'x': expected [0.5, nan, 2.5], got [0.5, nan, 2]"),
        "missing": (
            frame.assign(x=[0.5, 1.5, 2.5]),
            "column 'x': expected [0.5, nan, 2.5], got [0.5, 1.5, 2.5]",
        ),
        "texts": (frame.assign(name=["a", "b", "c"]), "column 'name'[1]: expected None, got a str"),
        "index": (frame.set_axis([1, 2, 3]), "index: expected [0, 1, 2], got [1, 2, 3]"),
    }.values():
        assert matches.judge(right, sent(wrong)) == reason
    assert matches.judge(sent(frame["n"].rename("m")), sent(frame["n"])) is None
    assert sent(pandas.Series(pandas.to_datetime(["2026-01-02"]))).values == [["2026-01-02 00:00:00"]]


REFERENCE = '''\
"""Iterators"""

from autograder.author import call, case, check, reference


@reference(points=1)
def squares(n):
    """Squares."""
    return {k * k for k in range(n)}


@check(squares, points=1)
def elements(draw):
    """The elements are squares"""
    yield case(5)


@reference(points=1, forbids=("conv1d",))
def naturals():
    """Naturals."""
    n = 0
    while True:
        yield n
        n += 1


@check(naturals, points=1, ask=call(take=3))
def first_three(draw):
    """The first three are 0, 1, 2"""
    yield case()
'''
RIGHT = (
    "import itertools\ndef squares(n):\n    return frozenset(k * k for k in range(-n + 1, n))\ndef naturals():\n    "
)


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Exam:
    return exam_of(tmp_path_factory.mktemp("course"), REFERENCE)


def test_sets_and_iterators_are_right_in_every_form(sandbox: Sandbox, exam: Exam) -> None:
    assert feedback_of(sandbox, exam, RIGHT + "return itertools.count()\n") == {"elements": "", "first_three": ""}


def test_error_inside_a_generator_is_the_students(sandbox: Sandbox, exam: Exam) -> None:
    feedback = feedback_of(sandbox, exam, RIGHT + "yield 0\n    yield 1\n    yield 1 // 0\n")
    assert feedback["first_three"].startswith("raised: naturals() raised ZeroDivisionError")


def test_what_is_forbidden_is_forbidden_inside_a_generator(sandbox: Sandbox, exam: Exam) -> None:
    text = "import torch\n" + RIGHT + "yield getattr(torch, 'conv' + '1d')(torch.ones(1, 1, 1), torch.ones(1, 1, 1))\n"
    assert "naturals() calls conv1d, which this exercise asks" in feedback_of(sandbox, exam, text)["first_three"]
