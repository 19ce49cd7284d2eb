"""A text that cannot be parsed is split at its top-level statements, and only whole statements are left out."""

from __future__ import annotations

import ast

import pytest

from autograder.sandbox.inside.pieces import ANY_NAME, MAX_BROKEN, BrokenPiece, statements

HEAD = "import math\n\n\n"
F = "def f(x):\n    return x\n\n\n"
G = "def g(x):\n    return 2 * x\n"

BREAKAGES = {
    "missing colon": "def f(x)\n    return x\n\n",
    "unclosed bracket": "def f(x):\n    return (x + 1\n\n",
    "unclosed bracket in the head": "def f(x:\n    return x\n\n",
    "unclosed brace": "def f(x):\n    return {'a': x\n\n",
    "bracket too many": "def f(x):\n    return x + 1)\n\n",
    "wrong bracket": "def f(x):\n    return (x + 1]\n\n",
    "unclosed string": "def f(x):\n    return 'x\n\n",
    "unclosed docstring": 'def f(x):\n    """Twice x.\n    return x\n\n',
    "unclosed docstring above another docstring": "def f(x):\n    '''Twice x.\n    return x\n\n",
    "unexpected indentation": "def f(x):\n    y = x\n      return y\n\n",
    "no indentation": "def f(x):\nreturn x\n\n",
    "dedent to nowhere": "def f(x):\n        y = x\n    return y\n\n",
    "line that lost its indentation": "def f(x):\n    y = x\nz = y\n    return z\n\n",
    "else that lost its indentation": "def f(x):\n    if x:\n        return 1\nelse:\n    return 2\n\n",
    "tabs and spaces": "def f(x):\n    y = x\n\treturn y\n\n",
    "assignment for comparison": "def f(x):\n    if x = 1:\n        return x\n    return 2\n\n",
    "print of Python 2": "def f(x):\n    print x\n    return x\n\n",
    "half an expression": "def f(x):\n    return x +\n\n",
    "capital Def": "Def f(x):\n    return x\n\n",
    "keyword as a name": "def f(lambda):\n    return lambda\n\n",
    "decorated": "@math.cache(\ndef f(x):\n    return x\n\n",
    "conflict in a body": "def f(x):\n<<<<<<< HEAD\n    return x\n=======\n    return 2\n>>>>>>> other\n\n",
    "conflict below a body": "def f(x):\n    y = x\n<<<<<<< HEAD\n    return y\n=======\n>>>>>>> other\n\n",
    "conflict of versions": "<<<<<<< HEAD\ndef f(x):\n    return x\n=======\ndef f(x):\n    return 2\n>>>>>>> b\n\n",
    "mark of a conflict in a body": "def f(x):\n    y = x\n=======\n    return y\n\n",
    "curly quotes": "def f(x):\n    return “x”\n\n",
    "code from a prompt": "def f(x):\n    >>> x\n    return x\n\n",
}


def names_of(text: str) -> tuple[list[str], list[BrokenPiece]]:
    """The names of the definitions that can be read, and the broken pieces."""
    parts = statements(text, "work.py")
    names = [part.name for part in parts if isinstance(part, ast.FunctionDef)]
    return names, [part for part in parts if isinstance(part, BrokenPiece)]


@pytest.mark.parametrize("broken", BREAKAGES.values(), ids=BREAKAGES)
@pytest.mark.parametrize("documented", [False, True])
def test_error_costs_the_definition_in_which_it_stands(broken: str, documented: bool) -> None:
    around = [G.replace("g", name).replace(":\n", ':\n    """Twice x."""\n' if documented else ":\n") for name in "ab"]
    names, pieces = names_of(f"{HEAD}{around[0]}\n\n{broken}\n{around[1]}")
    assert names == ["a", "b"]
    assert "f" in frozenset[str]().union(*(piece.mentions for piece in pieces))


@pytest.mark.parametrize("broken", BREAKAGES.values(), ids=BREAKAGES)
def test_definition_that_is_broken_later_is_not_there(broken: str) -> None:
    _, pieces = names_of(f"{HEAD}{F}{broken}\n{G}")
    assert "f" in frozenset[str]().union(*(piece.defines for piece in pieces))


@pytest.mark.parametrize("broken", BREAKAGES.values(), ids=BREAKAGES)
def test_lines_keep_their_numbers(broken: str) -> None:
    text = f"{HEAD}{broken}{G}"
    last = statements(text, "work.py")[-1]
    assert isinstance(last, ast.FunctionDef)
    assert text.split("\n")[last.lineno - 1] == "def g(x):"
    assert last.body[-1].lineno == last.lineno + 1


def test_error_has_the_numbers_of_the_whole_text() -> None:
    _, (piece,) = names_of(f"{F}def g(x):\n\n\n{G}")
    assert isinstance(piece.error, SyntaxError)
    assert (piece.first, piece.last, piece.error.lineno) == (5, 5, 8)
    assert piece.error.msg == "expected an indented block after function definition on line 5"


@pytest.mark.parametrize(
    "whole",
    [
        "TEXT = '''\ndef not_code(x):\n    return (\n'''\n",
        "SIZES = [\n(1, 2),\n(3, 4),\n]\n",
        "if math:\n    y = 1\nelif 1:\n    y = 2\nelse:\n    y = 3\n",
        "try:\n    y = 1\nexcept ValueError:\n    y = 2\nfinally:\n    z = 3\n",
        "y = 1 + \\\n2\n",
        "@math.sqrt\n# why\n\n@math.cos\ndef h(x):\n    return x\n",
        "class A(\n    object,\n):\n    def f(self): pass\n",
        "class A(object,\n        metaclass=type):\n    def f(self): pass\n",
        "def h(x):\n    y = x\n# z = 1\n    return y\n",
        "def h(x):\n    return '''\ntext (\n'''\n",
    ],
)
def test_statement_of_several_lines_stays_whole(whole: str) -> None:
    parts = statements(f"{HEAD}x = = 1\n{whole}{G}", "work.py")
    alone = ast.parse(whole).body
    assert [type(part) for part in parts] == [ast.Import, BrokenPiece, *map(type, alone), ast.FunctionDef]
    found = [ast.dump(part) for part in parts[2:-1] if isinstance(part, ast.AST)]
    assert found == [ast.dump(node) for node in alone]


def test_no_line_of_a_broken_call_runs() -> None:
    parts = statements("call(\nlaunch(),\n2 +)\ny = 3\n", "work.py")
    assert [type(part) for part in parts] == [BrokenPiece, ast.Assign]


CUT = {
    "loop without indentation": "def f(x):\n    y = 0\nfor i in x:\n        y += i\n    return y\n\n",
    "conflict of comments": "def f(x):\n    y = 0\n<<<<<<< a\n    # a\n=======\n    # b\n>>>>>>> b\n    return y\n\n",
    "method without indentation": "class f:\n    y = 0\n\ndef g(self):\n        return 1\n    def h(self): ...\n",
    "docstring of a class": "class f:\n      'Deep.'\n    def g(self):\n        return 1\n\n",
    "after an empty line": "def f(x):\n    y = x\n\nz = y\n    return z\n\n",
}


@pytest.mark.parametrize("text", CUT.values(), ids=CUT)
def test_definition_that_goes_on_below_an_error_is_left_out(text: str) -> None:
    whole = "def before(x):\n    print(x)\n\n\n"
    parts = statements(f"{whole}{text}\ndef after(x):\n    print(x)\n", "work.py")
    names = [part.name for part in parts if isinstance(part, (ast.FunctionDef, ast.ClassDef))]
    assert {"before", "after"} <= set(names) <= {"before", "after", "g"}


def test_function_that_has_returned_is_whole() -> None:
    names, (piece,) = names_of(f"{F}y = f(3)\n    print(y)\n\n{G}")
    assert (names, piece.first, piece.last) == (["f", "g"], 6, 6)


def test_long_open_list_is_read_in_time() -> None:
    names, _ = names_of("DATA = [\n" + "    (1, 2),\n" * 20_000 + G)
    assert names == ["g"]


def test_many_statements_are_read_in_time() -> None:
    parts = statements("x = 1\n" * 20_000 + "y = = 2\n" + G, "work.py")
    assert len(parts) == 20_002


def test_import_survives_an_indented_line_below_it() -> None:
    names, (piece,) = names_of(f"import math\n import os\n{G}")
    assert (names, piece.first, piece.last, piece.mentions) == (["g"], 2, 2, frozenset())


def test_function_survives_an_indented_one_below_it() -> None:
    names, (piece,) = names_of(f"{F} def h(x):\n     return x\n\n{G}")
    assert names == ["f", "g"]
    assert piece.mentions == {"h"}


def test_constant_below_an_open_bracket_is_read() -> None:
    parts = statements(f"def f(x):\n    return (x\n\nSIZE = 3\n{G}", "work.py")
    assert [type(part) for part in parts] == [BrokenPiece, ast.Assign, ast.FunctionDef]


def test_definition_without_a_name_may_be_any() -> None:
    _, (piece,) = names_of(f"def (x):\n    return x\n\n{G}")
    assert piece.mentions == {ANY_NAME}


def test_method_of_a_broken_class_is_no_function() -> None:
    _, (piece,) = names_of("class A:\n    def f(self)\n        return 1\n")
    assert piece.mentions == {"A"}


def test_imports_of_a_broken_line_are_mentioned() -> None:
    _, (piece,) = names_of(f"from math import sqrt, cos as\n{G}")
    assert {"sqrt", "cos"} <= piece.mentions
    assert piece.defines == frozenset()


def test_text_of_countless_errors_is_read_in_time() -> None:
    names, pieces = names_of("x = (\n@\n" * 20_000 + G)
    assert (names, len(pieces)) == ([], MAX_BROKEN + 1)


@pytest.mark.parametrize(
    "text", ["x = (", "(", "    x = 1\n      y", "'''", "\\", "<<<<<<< HEAD", ")", "else:\n", "x\0"]
)
def test_text_without_a_statement_is_one_piece(text: str) -> None:
    assert [type(part) for part in statements(text, "work.py")] == [BrokenPiece]
