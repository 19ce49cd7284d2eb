"""Frames carry plain data unchanged, and whatever else comes raises WireError and nothing else."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.sandbox.inside import wire
from autograder.sandbox.inside.tree import DTYPES, MAX_TEXT, Other, WireError
from autograder.sandbox.inside.wire import HEADER, MAGIC, MAX_HEAD, Bounds, decode, encode
from tests.support import frames
from tests.support.fuzzing import FUZZING

MANY = settings(FUZZING, max_examples=200)

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats()
    | st.text(max_size=50)
    | st.builds(Other, st.text(max_size=20))
)
arrays = npst.arrays(st.sampled_from(sorted(DTYPES)), npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
keys = st.none() | st.integers(-99, 99) | st.text(max_size=9) | st.tuples(st.integers(-9, 9), st.text(max_size=3))
trees = st.recursive(
    scalars | arrays,
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple) | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=20,
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["array", "tuple", "dict", "float", "other", "pickle", ""]), inner, max_size=2
        )
    ),
    max_leaves=20,
)


def frame(tree: Any, body: bytes = b"") -> bytes:
    return frames.frame((tree if isinstance(tree, str) else json.dumps(tree)).encode(), body)


def tensors(header: Any, data: bytes = b"") -> bytes:
    return frames.tensors(json.dumps(header).encode(), data)


def same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        kinds = one.dtype == other.dtype and one.shape == other.shape
        return bool(kinds and np.array_equal(one, other, equal_nan=one.dtype.kind == "f"))
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, float):
        return one == other or (math.isnan(one) and math.isnan(other))
    return bool(one == other)


@MANY
@given(trees)
def test_plain_data_arrives_unchanged(tree: Any) -> None:
    assert same(decode(encode(tree)), tree)


@MANY
@given(trees, st.data())
def test_frame_that_ends_early_is_refused(tree: Any, data: st.DataObject) -> None:
    whole = encode(tree)
    end = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises((WireError, EOFError)):
        decode(whole[:end])


@MANY
@given(trees, st.data())
def test_flipped_bit_is_refused_or_gives_plain_data(tree: Any, data: st.DataObject) -> None:
    damaged = bytearray(encode(tree))
    bit = data.draw(st.integers(0, 8 * len(damaged) - 1))
    damaged[bit // 8] ^= 1 << bit % 8
    with contextlib.suppress(WireError, EOFError):
        encode(decode(bytes(damaged)))


@MANY
@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused(noise: bytes) -> None:
    with pytest.raises((WireError, EOFError)):
        decode(noise)


@MANY
@given(json_values, st.binary(max_size=50))
def test_arbitrary_json_is_refused_or_gives_plain_data(tree: Any, body: bytes) -> None:
    with contextlib.suppress(WireError):
        encode(decode(frame(tree, body)))


@MANY
@given(
    st.sampled_from(["F32", "F64", "I64", "U8", "BOOL", "BF16", "F8_E4M3", "C64", "OBJECT", ""]),
    st.lists(st.integers(-1, 2**63) | st.integers(0, 3), max_size=10),
    st.lists(st.integers(-1, 2**64) | st.integers(0, 48), min_size=0, max_size=3),
    st.binary(max_size=48),
)
def test_arbitrary_arrays_are_refused_or_read(kind: str, shape: list[int], offsets: list[int], data: bytes) -> None:
    header = {"0": {"dtype": kind, "shape": shape, "data_offsets": offsets}}
    try:
        array = decode(frame({"array": "0"}, tensors(header, data)))
    except WireError:
        return
    assert array.dtype.name in DTYPES
    assert (array.ndim <= 8, array.nbytes) == (True, len(data))


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        ("[" * 100_000, "the tree cannot be read"),
        ("[" * 30 + "]" * 30, "too many parts or is nested too deeply"),
        ("[" + "0," * 300_000 + "0]", "too many parts or is nested too deeply"),
        ("1" * 100_000, "the tree cannot be read"),
        ({"tuple": [], "dict": []}, "a node has more than one tag"),
        ({"pickle": "x"}, "a node has an unknown tag"),
        ({"array": "0"}, "the tree cannot be read"),
        ({"dict": [[[], 1]]}, "a key of a dict is not plain"),
        ({"float": "1e999"}, "the tree cannot be read"),
        ("{", "the tree cannot be read"),
    ],
)
def test_tree_that_breaks_a_rule_says_which(tree: Any, reason: str) -> None:
    with pytest.raises(WireError, match=reason):
        decode(frame(tree))


@pytest.mark.parametrize("bounds", [wire.WIDE, wire.ANSWER], ids=["wide", "answer"])
@pytest.mark.parametrize("part", ["both", "json", "arrays"])
def test_announced_size_is_refused_before_it_is_read(part: str, bounds: Bounds) -> None:
    sizes = {
        "both": (2**32 - 1, 2**64 - 1),
        "json": (bounds.json + 1, 0),
        "arrays": (2, bounds.arrays + MAX_HEAD + 1),
    }[part]
    asked: list[int] = []

    def read(count: int) -> bytes:
        asked.append(count)
        return HEADER.pack(MAGIC, *sizes)

    with pytest.raises(WireError, match="the header is not one of ours"):
        wire.read_frame(read, bounds)
    assert asked == [HEADER.size]


def test_second_frame_in_the_same_bytes_is_refused() -> None:
    with pytest.raises(WireError, match="more than one frame"):
        decode(encode(1) + encode(2))


@pytest.mark.parametrize(
    ("value", "arrives"),
    [
        (np.float32(0.5), 0.5),
        (np.int8(-3), -3),
        (np.bool_(True), True),
        (2**63, Other("int of more than 64 bits")),
        (1j, Other("complex")),
        (object, Other("type")),
        ({frozenset(): 1}, {Other("frozenset"): 1}),
        ({(1, (2,)): 1}, {Other("tuple"): 1}),
        (torch.zeros(2, dtype=torch.complex64), Other("tensor of dtype complex64")),
        (torch.zeros(2).to_sparse(), Other("sparse tensor of dtype float32")),
        (np.array(["text"]), Other("ndarray")),
        (np.array([object()]), Other("ndarray")),
        ("x" * 30_000, "x" * MAX_TEXT),
    ],
)
def test_what_is_not_plain_becomes_its_name(value: Any, arrives: Any) -> None:
    assert same(decode(encode(value)), arrives)


@pytest.mark.parametrize(
    "tensor",
    [
        torch.arange(6).reshape(2, 3).T,
        torch.ones(2, 3, requires_grad=True),
        torch.tensor(3.5),
        torch.ones(4, dtype=torch.bfloat16),
        torch.ones(2, 1).expand(2, 3),
        torch.empty(0, 3),
    ],
)
def test_tensor_arrives_as_an_array(tensor: torch.Tensor) -> None:
    expected = tensor.detach()
    array = decode(encode(tensor))
    assert same(array, (expected.float() if tensor.dtype is torch.bfloat16 else expected).numpy())


def test_array_in_two_places_arrives_in_both() -> None:
    array = np.arange(3.0)
    assert same(decode(encode([array, {"again": array}])), [array, {"again": array}])


def test_arrays_made_while_they_are_sent_stay_apart() -> None:
    class Fresh(list[Any]):
        def __iter__(self) -> Iterator[Any]:
            return (torch.full((1,), float(i)) for i in range(20))

    assert [array.item() for array in decode(encode(Fresh()))] == [float(i) for i in range(20)]


@pytest.mark.parametrize("value", [list(range(300_000)), [[]] * 300_000, np.zeros((1 << 28) + 1, np.uint8)])
def test_value_that_is_too_large_is_not_sent(value: Any) -> None:
    with pytest.raises(WireError):
        encode(value)


def test_answer_that_is_too_large_is_refused_with_its_size_and_shape() -> None:
    answer = {"small": np.zeros(3), "large": np.zeros((1 << 12, 1 << 10)), "other": np.zeros(1 << 21)}
    with pytest.raises(WireError, match=r"arrays take 48 MB, of which 16 MB can be read; .* shape \(4096, 1024\)"):
        encode(answer, wire.ANSWER)
    assert same(decode(encode(answer)), answer)


def test_too_many_arrays_are_not_sent() -> None:
    with pytest.raises(WireError, match="too many arrays"):
        encode([np.zeros(1) for _ in range(40_000)])


def test_value_that_contains_itself_is_not_sent() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(WireError, match="nested too deeply"):
        encode(loop)
