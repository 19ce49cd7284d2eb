"""The changes that put back what students leave out; mutants are made without them."""

from __future__ import annotations

import ast
import json
import textwrap

import pytest

from autograder.sandbox.inside.editing import LIKELY, Edited, edits_as_data
from autograder.sandbox.inside.edits import REPAIRS, RULES, edits_of

FOUND = [  # kind, the body of a function of (x, other), what it becomes
    ("factor missing", "return x + other", "return x + 2 * other"),
    ("factor missing", "return f(x)", "return f(x * other)"),
    ("factor missing", "return x[other]", "return x[other - 1]"),
    ("argument missing", "return f(x)", "return f(x, other=other)"),
    ("result", "return x", "return int(x)"),
    ("layer missing", "y = nn.Sequential(a(), b())", "y = nn.Sequential(a(), nn.ReLU(), b())"),
    ("layer missing", "y = [a(), b()]", "y = [a(), b(), nn.Flatten()]"),
    ("statement missing", "x.add_(1)", "x = x.clone()\nx.add_(1)"),
    ("another number", "y = f(x, 5)", "y = f(x, 3)"),
    ("another number", "y = x + 0.001", "y = x + 1e-5"),
    ("result thrown away", "self.norm(x)", "x = self.norm(x)"),
    ("result thrown away", "x.relu()", "x = x.relu()"),
    ("product", "return sum(x)", "return __import__('math').prod(x)"),
]


def function(body: str) -> str:
    return f"def f(x, other):\n{textwrap.indent(body, '    ')}\n"


@pytest.mark.parametrize(("kind", "before", "after"), FOUND)
def test_repair_is_made(kind: str, before: str, after: str) -> None:
    found = {ast.dump(ast.parse(edit.source)) for edit in edits_of(function(before), REPAIRS) if edit.kind == kind}
    assert ast.dump(ast.parse(function(after))) in found


def test_parameters_are_exchanged_with_their_defaults() -> None:
    source = "def f(x, padding=0, stride=1):\n    return x\n"
    found = {edit.source for edit in edits_of(source, REPAIRS) if edit.kind == "parameters exchanged"}
    assert found == {"def f(x, stride=1, padding=0):\n    return x\n"}


def test_each_family_is_tried() -> None:
    assert {kind for kind, *_ in FOUND} | {"parameters exchanged"} == set(REPAIRS) - set(RULES)
    assert set(LIKELY) <= set(REPAIRS)


def test_place_is_the_text_that_changes() -> None:
    source = "def f(x):\n    é = 'é'; return x + 2\n"
    places = {(edit.line, source.split("\n")[edit.line - 1][slice(*edit.columns)]) for edit in edits_of(source)}
    assert {(2, "x + 2"), (2, "2")} <= places


@pytest.mark.parametrize("source", [b"def f(:", b"\xff\xfe", b"x = 1\n" * 20_000, b"(" * 5_000], ids=range(4))
def test_unfit_source_has_no_edits(source: bytes) -> None:
    assert edits_as_data(source).tobytes() == b"[]"


def test_large_definition_has_the_edits_that_come_first() -> None:
    source = f"def f(x):\n    return [{', '.join(f'x[{number}]' for number in range(1000))}]\n"
    kinds = {edit["kind"] for edit in json.loads(edits_as_data(source.encode()).tobytes())}
    assert kinds == {"number"}


def test_definition_comes_back() -> None:
    namespace: dict[str, object] = {"f": "mine", "half": 2}
    edited = Edited()
    edited.put(namespace, b"def f(x):\n    return x / half\n")
    assert namespace["f"](3) == 1.5  # type: ignore[operator]
    edited.put(namespace, b"def g(x):\n    return x\n")
    assert (namespace["f"], "g" in namespace) == ("mine", True)
    edited.put(namespace, b"")
    assert "g" not in namespace
