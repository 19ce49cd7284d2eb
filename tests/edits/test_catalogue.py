"""The catalogue makes the small changes that turn right code into mistakes, and nothing else."""

from __future__ import annotations

import ast
import difflib
import textwrap

import pytest

from autograder.sandbox.inside.edits import RULES, edits_of
from tests.support.course import SOLUTIONS

LINES = [  # kind, the line of a function's body, what it becomes
    ("number", "y = x + 2", "y = x + 3"),
    ("number", "y = x * 0.5", "y = x * 5.0"),
    ("constant", "y = f(x, keepdim=True)", "y = f(x, keepdim=False)"),
    ("name", "y = x - other", "y = x - x"),
    ("items", "y = (x, other)", "y = (other, x)"),
    ("items", "y = x[:, None]", "y = x[None, :]"),
    ("list or tuple", "y = (x, other)", "y = [x, other]"),
    ("slice", "y = x[1:]", "y = x[:]"),
    ("slice", "y = x[::-1]", "y = x"),
    ("operator", "y = x // other", "y = x / other"),
    ("operator", "x += other", "x = other"),
    ("rounding", "y = x // other", "y = -(-x // other)"),
    ("operands exchanged", "y = x - other", "y = other - x"),
    ("term left out", "y = x + 2 * other", "y = x"),
    ("term left out", "y = (x - 1) * other", "y = x - 1"),
    ("term added", "return x", "return x + 1"),
    ("comparison", "y = x < other", "y = x <= other"),
    ("comparison", "y = x and other", "y = x or other"),
    ("sibling", "y = F.max_pool2d(x, 2)", "y = F.avg_pool2d(x, 2)"),
    ("sibling", "y = x.var(0)", "y = x.std(0)"),
    ("arguments exchanged", "y = f(x, other)", "y = f(other, x)"),
    ("argument left out", "y = f(x, dim=1)", "y = f(x)"),
    ("keyword", "y = nn.Conv2d(x, other, 3)", "y = nn.Conv2d(x, other, 3, bias=False)"),
    ("keyword", "y = x.var(0)", "y = x.var(0, correction=0)"),
    ("call left out", "y = F.relu(x)", "y = x"),
    ("call left out", "y = x.detach()", "y = x"),
    ("call added", "return x", "return x.softmax(1)"),
    ("statement left out", "x.add_(1)", ""),
    ("statement twice", "x.add_(1)", "x.add_(1)\nx.add_(1)"),
    ("return", "return x", "x"),
]
BLOCKS = [
    ("condition", "if x > 0:\n    y = 1", "if not x > 0:\n    y = 1"),
    ("condition", "if x > 0:\n    y = 1", "if False:\n    y = 1"),
    ("statements exchanged", "a = f(x)\nb = g(x)", "b = g(x)\na = f(x)"),
    ("statement moved", "for i in x:\n    a(i)\n    b(i)", "for i in x:\n    a(i)\nb(i)"),
    ("statement moved", "a = 0\nfor i in x:\n    b(i)", "for i in x:\n    a = 0\n    b(i)"),
    ("statement moved", "for i in x:\n    a(i)\nreturn x", "for i in x:\n    a(i)\n    return x"),
    ("block left out", "with torch.no_grad():\n    a(x)", "a(x)"),
    ("return", "for i in x:\n    a(i)", "for i in x:\n    a(i)\n    break"),
]


def function(body: str) -> str:
    return f"def f(x, other):\n{textwrap.indent(body, '    ')}\n    end()\n"


@pytest.mark.parametrize(("kind", "before", "after"), [*LINES, *BLOCKS])
def test_change_is_made(kind: str, before: str, after: str) -> None:
    found = {edit.source for edit in edits_of(function(before)) if edit.kind == kind}
    wanted = ast.dump(ast.parse(function(after)))
    assert wanted in {ast.dump(ast.parse(source)) for source in found}


def test_each_family_is_tried() -> None:
    tried = {kind for kind, *_ in (*LINES, *BLOCKS)}
    assert tried | {"attribute"} == set(RULES)


def test_attribute_becomes_another_one_of_the_class() -> None:
    source = """
class A:
    def __init__(self):
        self.one = 1
        self.other = 2

    def forward(self, x):
        return self.one + x
"""
    found = [edit for edit in edits_of(source) if edit.kind == "attribute"]
    assert [edit.sentence for edit in found] == ["`self.one` becomes `self.other`"]
    assert found[0].line == 8


def test_decorator_is_dropped() -> None:
    source = "@torch.no_grad()\ndef f(x):\n    return x\n"
    assert "def f(x):\n    return x" in {edit.source.strip() for edit in edits_of(source)}


@pytest.mark.parametrize("path", sorted(SOLUTIONS.glob("*.py")), ids=lambda path: path.stem)
def test_programs_are_new_python_and_keep_their_layout(path: object) -> None:
    source = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]  # a Path of the parameters
    edits = list(edits_of(source))
    dumps = [ast.dump(ast.parse(edit.source)) for edit in edits]
    assert len(dumps) > 50
    assert len(set(dumps)) == len(dumps)
    assert ast.dump(ast.parse(source)) not in dumps
    kept = [edit for edit in edits if "### BEGIN SOLUTION" in edit.source]  # a program written anew has no comments
    assert len(kept) > 0.97 * len(edits)
    for edit in kept[::7]:
        lines = difflib.unified_diff(source.splitlines(), edit.source.splitlines(), n=0, lineterm="")
        assert sum(line.startswith("+") for line in lines) < 35


def test_texts_of_errors_and_docstrings_stay() -> None:
    source = 'def f(x):\n    """About x."""\n    raise ValueError(f"{x} is too large", x)\n'
    assert all("is too large" in edit.source or "raise" not in edit.source for edit in edits_of(source))
    assert not [edit for edit in edits_of(source) if "About x" not in edit.source]


def test_source_must_be_python() -> None:
    with pytest.raises(SyntaxError):
        list(edits_of("def f(:"))
