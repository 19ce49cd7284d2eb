"""Files that the cells of a notebook write are part of the submission."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.model import SourceFile
from autograder.submission.read import read_submission
from tests.support.fuzzing import FUZZING
from tests.support.notebooks import notebook
from tests.support.results import Graded, lost
from tests.support.submissions import refusal, write

PARAMETERS = """def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    h, w = pair(kernel_size)
    return out_channels * (in_channels * h * w + bool(bias))
"""


def test_file_that_a_cell_writes_is_imported(graded: Graded, tmp_path: Path) -> None:
    helper = "%%writefile myutils.py\ndef pair(x):\n    return x if isinstance(x, tuple) else (x, x)\n"
    (tmp_path / "work.ipynb").write_text(notebook(helper, "from myutils import pair", PARAMETERS), encoding="utf-8")
    assert lost(graded(tmp_path / "work.ipynb", "conv2d_params")["conv2d_params"]) == set()


def test_exercise_that_a_cell_writes_counts(graded: Graded, tmp_path: Path) -> None:
    text = "%%writefile exercise.py\ndef linear_params(in_features, out_features, bias=True):\n"
    more = "%%writefile -a exercise.py\n    return (in_features + bool(bias)) * out_features"
    (tmp_path / "work.ipynb").write_text(notebook(text, more), encoding="utf-8")
    assert lost(graded(tmp_path / "work.ipynb", "linear_params")["linear_params"]) == set()


@pytest.mark.parametrize(
    ("cells", "files"),
    [
        (["%%writefile a.py\nx = 1", "%%file a.py\nx = 2"], {"a.py": "x = 2\n"}),
        (["%%writefile a.py\nx = 1", "%%writefile -a a.py\ny = 2\n"], {"a.py": "x = 1\ny = 2\n"}),
        (["%%writefile a.txt\nx", "%%writefile ../a.py\nx", "%%writefile /tmp/a.py\nx", "%%writefile b/a.py\nx"], {}),
        (["%%writefile a.py b.py\nx", "%%writefile $name.py\nx", "%%writefile\nx", "x\n%%writefile a.py\nx"], {}),
        (["%%writefile there.py\nx = 1"], {}),
    ],
)
def test_cells_write_python_files_beside_the_notebook(tmp_path: Path, cells: list[str], files: dict[str, str]) -> None:
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper/there.py").write_text("x = 0", encoding="utf-8")
    (tmp_path / "deeper/work.ipynb").write_text(notebook(*cells), encoding="utf-8")
    right = {f"deeper/{name}": text for name, text in files.items()} | {"deeper/there.py": "x = 0"}
    *found, last = read_submission(tmp_path).files
    assert {file.name: "".join(file.cells) for file in found} == right
    assert last.name == "deeper/work.ipynb"


def test_cells_that_write_countless_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "work.py").write_text("x = 1", encoding="utf-8")
    cells = [f"%%writefile a{number}.py\nx" for number in range(101)]
    (tmp_path / "work.ipynb").write_text(notebook(*cells), encoding="utf-8")
    assert read_submission(tmp_path).problems == ("work.ipynb writes more than 100 files, so it was not read",)


def test_notebook_gives_code_cells_in_order(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": "# title"},
        {"cell_type": "code", "source": ["import torch\n", "x = 1"]},
        {"cell_type": "raw", "source": "raw"},
        {"cell_type": "code", "source": "y = 2\r\nz = 3"},
    ]
    path = write(tmp_path / "work.ipynb", json.dumps({"cells": cells}))
    assert read_submission(path).files == (SourceFile("work.ipynb", ("import torch\nx = 1", "y = 2\nz = 3")),)


def test_notebook_of_format_3_is_read(tmp_path: Path) -> None:
    cells = [{"cell_type": "code", "input": ["x = 1"]}, {"cell_type": "heading", "source": "t"}]
    document = {"nbformat": 3, "worksheets": [{"cells": cells}, {"cells": cells[:1]}]}
    path = write(tmp_path / "work.ipynb", json.dumps(document))
    assert read_submission(path).files[0].cells == ("x = 1", "x = 1")


@pytest.mark.parametrize("source", [3, None, ["a", 1], {"a": 1}, "\0", "\ud800"])
def test_malformed_cell_keeps_the_numbers_of_the_others(tmp_path: Path, source: object) -> None:
    read = read_submission(write(tmp_path / "work.ipynb", notebook("a = 1", source, "b = 2")))
    assert read.files[0].cells == ("a = 1", "", "b = 2")
    (problem,) = read.problems
    assert problem.startswith("cell 2 of work.ipynb ")


@pytest.mark.parametrize(
    "content",
    ["", "x = 1", "[]", "null", "{}", '{"cells": 3}', '{"worksheets": [{}]}', "[" * 100_000, '{"a":' * 99_999],
)
def test_json_that_is_no_notebook_is_refused(tmp_path: Path, content: str) -> None:
    assert "is not a notebook" in refusal(write(tmp_path / "work.ipynb", content))


def test_million_digits_cost_nothing(tmp_path: Path) -> None:
    content = notebook("x = 1").replace('"nbformat": 4', '"nbformat": ' + "4" * 10**6 + ', "e": 1e999, "n": NaN')
    assert read_submission(write(tmp_path / "work.ipynb", content)).files[0].cells == ("x = 1",)


def test_notebook_of_countless_values_is_refused(tmp_path: Path) -> None:
    content = '{"cells": [' + "{}," * 1_000_000 + "{}]}"
    assert "holds too many values" in refusal(write(tmp_path / "work.ipynb", content))


def test_notebook_of_countless_cells_is_refused(tmp_path: Path) -> None:
    content = '{"cells": [' + "0," * 20_000 + "0]}"
    assert "more than 10,000 code cells" in refusal(write(tmp_path / "work.ipynb", content))


def test_code_of_a_notebook_is_limited_as_a_file_is(tmp_path: Path) -> None:
    assert "more than 1 MiB of code" in refusal(write(tmp_path / "work.ipynb", notebook("#" * (2**20 + 1))))


def cell(tmp_path: Path, source: object) -> str:
    (file,) = read_submission(write(tmp_path / "work.ipynb", notebook(source))).files
    return file.cells[0]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("%matplotlib inline\nx = 1", "pass  # magic\nx = 1"),
        ("!pip install torch\nx = 1", "pass  # magic\nx = 1"),
        ("if x:\n    !ls 'it\n    y = 1", "if x:\n    pass  # magic\n    y = 1"),
        ("!ls \\\n  -l\nx = 1", "pass  # magic\n\nx = 1"),
        ("%%time\nx = 1", "pass  # magic\nx = 1"),
        ("\n%%capture out\nx = 1", "\npass  # magic\nx = 1"),
        ("%%bash\nls", ""),
        ("%%writefile notes.txt\nx = 1", ""),
        ("?print\nprint?\nnn.Conv2d??\nx = 1", "pass  # magic\n" * 3 + "x = 1"),
        ("files = !ls -l\nx = 1", "files = None\nx = 1"),
        ("a.b[0] = %who\nx = 1", "a.b[0] = None\nx = 1"),
        ("x = (7\n  % 3)\ny = 1", None),
        ("x = 7 \\\n  % 3", None),
        ('"""\n%matplotlib\n!ls\nwhat?\n"""\nx = 1', None),
        ("x = '''a\n''' '''\n!b'''", None),
        ("x = 'it\\'s (' # '''\ny = {\n%s\n}", None),
        ("print('a = %s' % 1)\nx != 2\nx %= 3", None),
        ("x = [1,  # (\n  2]\n", None),
        ("x = '\n%time\ny = 1", "x = '\npass  # magic\ny = 1"),
        ("def f(x):\n    # really?\n    return x\n", None),
    ],
)
def test_magics_go_and_lines_stay(tmp_path: Path, source: str, expected: str | None) -> None:
    assert cell(tmp_path, source) == (source if expected is None else expected)


def test_magics_of_a_hostile_cell_take_linear_time(tmp_path: Path) -> None:
    for piece in " ", "\\", "'", "'''\\", "(", "a", "?", "%\\\n", "x =", "\n":
        source = piece * (2**19 // len(piece))
        assert cell(tmp_path, source).count("\n") == source.count("\n")


@FUZZING
@given(text=st.text(alphabet="%!?='\"\\#()[]\n\r\t ax."))
def test_any_cell_keeps_its_lines(tmp_path: Path, text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if not plain.lstrip().startswith("%%"):
        assert cell(tmp_path, text).count("\n") == plain.count("\n")


@FUZZING
@given(lines=st.lists(st.sampled_from(["x = (1,", "2)", "'''", "a % b", "f'{x}'", "# it's", "x = '''", "y", "z \\"])))
def test_python_without_magics_stays_as_it_is(tmp_path: Path, lines: list[str]) -> None:
    source = "\n".join(lines)
    try:
        ast.parse(source)
    except SyntaxError:
        return
    assert cell(tmp_path, source) == source
