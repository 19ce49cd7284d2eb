"""Files that the cells of a notebook write are part of the submission."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.submission.read import read_submission
from tests.support.notebooks import notebook
from tests.support.results import Graded, lost

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
