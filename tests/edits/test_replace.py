"""Words are found by syntax, and refused where they are not clear."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.edits import EditError, replace_in_source
from autograder.errors import UserError

NETWORK = """
class Net(nn.Module):
    def __init__(self, width: int, stride=1, *, bias: bool = True):
        super().__init__()
        self.first = nn.Conv2d(3, width, 3, stride=stride, padding=1)  # keeps the size
        self.norm = nn.BatchNorm2d(width)
        self.last = nn.Sequential(nn.Flatten(), nn.ReLU(), nn.Linear(width, 10))

    def forward(self, x):
        if x.ndim == 3:
            x = x[None]
        x = self.first(x)
        x = self.norm(x)
        return self.last(F.relu(x))
"""


def same_program(one: str, other: str) -> bool:
    return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))


@pytest.mark.parametrize(
    ("words", "value", "before", "after"),
    [
        ("F.relu(x)", "x", "F.relu(x)", "x"),
        ("F . relu( (x) )", "x", "F.relu(x)", "x"),
        ("padding = 1", "padding=0", "padding=1", "padding=0"),
        ("padding=1", "", ", padding=1", ""),
        ("padding=1", "**more", "padding=1", "**more"),
        ("stride=1", "stride=2", "stride=1", "stride=2"),
        ("bias = True", "bias = False", "bias: bool = True", "bias: bool = False"),
        ("bias: bool = True", "bias: int = 0", "bias: bool = True", "bias: int = 0"),
        ("stride=1", "step=1", "stride=1", "step=1"),
        ("x = self.norm(x)", "", "        x = self.norm(x)\n", ""),
        ("x = x[None]", "", "x = x[None]", "pass"),
        ("x = self.first(x)\nx = self.norm(x)", "x = self.first(self.norm(x))", None, None),
        ("\n    x = self.first(x)\n    x = self.norm(x)\n", "x = self.first(self.norm(x))", None, None),
        ("super().__init__()", "", "        super().__init__()\n", ""),
        ("super().__init__()", "self.n = 1; super().__init__()", "super()", "self.n = 1; super()"),
        ("nn.ReLU()", "", "nn.ReLU(), ", ""),
        ("return self.last(F.relu(x))", "self.last(F.relu(x))", "return self.last", "self.last"),
        ("self.norm", "self.norm", "", ""),
        ("x.ndim == 3", "x.ndim == 3 or a", "x.ndim == 3", "(x.ndim == 3 or a)"),
    ],
)
def test_words_are_replaced(words: str, value: str, before: str | None, after: str | None) -> None:
    if before is None or after is None:
        before = "x = self.first(x)\n        x = self.norm(x)"
        after = "x = self.first(self.norm(x))"
    everywhere = words == "self.norm"
    assert same_program(
        replace_in_source(NETWORK, {words: value}, everywhere=everywhere), NETWORK.replace(before, after)
    )


@pytest.mark.parametrize(
    ("source", "changes", "result"),
    [
        ("y = a * b", {"b": "c + d"}, "y = a * (c + d)"),
        ("y = x [ :: -1]", {"x[::-1]": "x"}, "y = x"),
        ("print('a')", {'"a"': "'b'"}, "print('b')"),
        ("x[0] = 1\ny = 2", {"x[0]": "x[1]"}, "x[1] = 1\ny = 2"),
        ("x[0] = 1", {"x[0]": "a, *b"}, "(a, *b) = 1"),
        ("y = a", {"a": "b", "y": "a"}, "a = b"),
        ("i, f, g = split(z)", {"i, f, g": "f, i, g"}, "f, i, g = split(z)"),
        ("f(1, True, 1.0)", {"True": "2"}, "f(1, 2, 1.0)"),
        ("lambda x, *, n=1: x", {"n=1": "n=2"}, "lambda x, *, n=2: x"),
        (
            "def f(a, b=1, /, c=2, *, d, e=3): ...",
            {"b=1": "b=4", "c=2": "c=5"},
            "def f(a, b=4, /, c=5, *, d, e=3): ...",
        ),
        ("@a\n@b\ndef f(): ...", {"a": ""}, "@b\ndef f(): ..."),
        ("if a:\n    b()\n    c()", {"b()": "", "c()": ""}, "if a:\n    pass"),
        ("if a:\n    b()\nelse:\n    c()", {"c()": ""}, "if a:\n    b()"),
        ("a()", {"a()": ""}, ""),
        ("for i in x:\n    break", {"break": "continue"}, "for i in x:\n    continue"),
        ("f(**k)", {"**k": ""}, "f()"),
        ("x = f'{a} b'", {"a": "c"}, "x = f'{c} b'"),
        ("# nothing\nx = 1  # one", {"1": "2"}, "x = 2"),
    ],
)
def test_programs_become(source: str, changes: dict[str, str], result: str) -> None:
    assert replace_in_source(source, changes) == ast.unparse(ast.parse(result))


def test_everywhere_replaces_all() -> None:
    source = "a = 1\na = 1\na = 1\nf(a=1)"
    assert replace_in_source(source, {"a = 1": "a = 2"}, everywhere=True) == "a = 2\na = 2\na = 2\nf(a=2)"
    assert replace_in_source("s()\ns()\ns()", {"s()\ns()": "t = 1"}, everywhere=True) == "t = 1\ns()"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"padding=": "1"}, "`padding=` is not a piece of Python that can be replaced"),
        ({"": "1"}, "an empty text is not a piece of Python that can be replaced"),
        ({"padding=2": "padding=1"}, "`padding=2` is not there"),
        ({"a + b": "a"}, "`a + b` is not there"),
        ({"width": "w"}, "`width` is there 3 times, in lines 5, 6 and 7; add more of the code around it"),
        ({"3": "5"}, "`3` is there 3 times, in lines 5, 5 and 10; add more of the code around it"),
        ({"padding=1": "1"}, "`padding=1` is a keyword argument, and its replacement `1` is not"),
        ({"stride=1": ""}, "`stride=1` is a parameter with a default, and its replacement an empty text is not"),
        ({"x.ndim == 3": ""}, "`x.ndim == 3` is an expression, and its replacement an empty text is not"),
        ({"x = x[None]": "x ="}, "`x =`, the replacement for `x = x[None]`, is not Python"),
        ({"F.relu(x)": "x", "F.relu": "F.elu"}, "`F.relu(x)` and `F.relu` overlap; replace them in one change"),
        (
            {"self.last(F.relu(x))" + " + a_long_name" * 9: ""},
            "`self.last(F.relu(x)) + a_long_name + a_long_name + a_long_n…` is not there",
        ),
    ],
)
def test_unclear_words_are_refused(changes: dict[str, str], message: str) -> None:
    with pytest.raises(EditError) as caught:
        replace_in_source(NETWORK, changes)
    assert str(caught.value) == message
    assert isinstance(caught.value, UserError)


def test_a_result_that_is_no_python_is_refused() -> None:
    with pytest.raises(EditError, match="not Python any more with `x` replaced: cannot assign to literal"):
        replace_in_source("x = 2", {"x": "1"})
    with pytest.raises(EditError, match="the program is not Python: "):
        replace_in_source("x =", {"x": "1"})


expressions = st.recursive(
    st.sampled_from(["a", "b", "1", "0.5", "'t'", "x.y", "x[::-1]"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+*@"), inner).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
        st.tuples(inner, inner).map(lambda t: f"f({t[0]}, k={t[1]})"),
        st.tuples(inner, inner).map(lambda t: f"[{t[0]}, {t[1]}]"),
        inner.map(lambda e: f"-({e})"),
    ),
    max_leaves=8,
)
statements = st.one_of(
    expressions.map(lambda e: f"r = {e}"),
    expressions,
    st.tuples(expressions, expressions).map(lambda t: f"if {t[0]}:\n    s = {t[1]}"),
    expressions.map(lambda e: f"def g(n, m={e}):\n    return n"),
)
programs = st.lists(statements, min_size=1, max_size=5).map("\n".join)


@given(programs, st.data())
def test_an_edit_and_its_reverse_give_the_same_program(program: str, data: st.DataObject) -> None:
    nodes = [one for one in ast.walk(ast.parse(program)) if isinstance(one, (ast.expr, ast.stmt))]
    read = [
        one for one in nodes if not isinstance(one, ast.Slice) and not isinstance(getattr(one, "ctx", None), ast.Store)
    ]
    words = ast.unparse(data.draw(st.sampled_from(read)))
    there = replace_in_source(program, {words: "mark()"}, everywhere=True)
    assert "mark()" in there
    assert same_program(replace_in_source(there, {"mark()": words}, everywhere=True), program)


@given(programs)
def test_an_edit_that_changes_nothing_gives_the_same_program(program: str) -> None:
    for statement in ast.parse(program).body:
        words = ast.unparse(statement)
        assert same_program(replace_in_source(program, {words: words}, everywhere=True), program)


def test_keyword_may_become_several() -> None:
    assert replace_in_source("f(x, a=1)", {"a=1": "a=2, b=3"}) == "f(x, a=2, b=3)"
