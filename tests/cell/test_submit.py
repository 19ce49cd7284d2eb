"""`submit` writes a zip with the code of the kernel, which the grader reads as it reads a notebook."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from autograder.cell import submit
from tests.support.commands import run_grade
from tests.support.course import ROOT

RIGHT = "def half(x):\n    return x >> 1"
IMPORT = "from autograder.cell import check, hint, submit"
HONEST = "check() runs in this kernel, without a sandbox."


def ran_in_a_kernel(*cells: str) -> list[str]:
    """The text of the last value of each cell, as a notebook gets it."""
    manager, client = start_new_kernel(kernel_name="python3")
    values: list[str] = []

    def keep(message: dict[str, Any]) -> None:
        if message["msg_type"] == "execute_result":
            values[-1] = message["content"]["data"]["text/plain"]

    try:
        for cell in cells:
            values.append("")
            client.execute_interactive(cell, timeout=120, output_hook=keep)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return values


def test_cells_of_a_kernel_are_handed_in_and_graded_without_a_file(sheet: Path) -> None:
    cells = ["%matplotlib inline", IMPORT, "def half(x):\n    return 7", RIGHT, 'check("half")', "submit()"]
    *_, checked, report = ran_in_a_kernel(*cells)
    assert checked == "4.0"
    path = sheet / "sheet-hand-in.zip"
    assert report.splitlines() == [
        f"Wrote {path} with the 6 cells that ran in this kernel. Hand in this file.",
        "It holds 1 of 2 exercises of sheet.",
        "Not in it, or not started: quarter.",
        f"{HONEST} The grade that counts comes from your instructor.",
    ]
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["sheet.ipynb"]
        handed_in = json.loads(archive.read("sheet.ipynb"))
    assert [cell["source"] for cell in handed_in["cells"]] == cells
    done = run_grade(sheet, "sheet", path)
    assert "3/" in done.stdout, done.stdout + done.stderr  # of the three points that are not hidden
    assert "✓ half" in done.stdout


def test_zip_lies_above_the_folder_that_is_graded(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = sheet / "exercises/sheet"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    assert str(sheet / "sheet-hand-in.zip") in str(submitted([RIGHT], RIGHT))
    assert list(folder.iterdir()) == []


def submitted(cells: list[str], code: str = "", last: str = "submit()") -> Any:
    namespace: dict[str, Any] = {"submit": submit, "In": ["", *cells]}
    exec(compile(code, "cell", "exec"), namespace)
    return eval(last, namespace)


@pytest.mark.parametrize(
    ("cells", "code", "last", "sentence"),
    [
        ([], RIGHT, "submit()", "submit() works in a notebook, where the code that ran is known."),
        (["x = 1"], "", "submit()", "No exercise is defined in this kernel yet. Run the cells with your code first."),
        ([RIGHT], RIGHT, "submit('sheat')", "There is no assignment 'sheat'; did you mean sheet?"),
    ],
)
def test_nothing_is_written_without_work(sheet: Path, cells: list[str], code: str, last: str, sentence: str) -> None:
    assert str(submitted(cells, code, last)) == sentence
    assert not list(sheet.glob("*.zip"))


def test_stub_is_not_counted(sheet: Path) -> None:
    stub = "def half(x):\n    raise NotImplementedError()"
    assert "It holds 0 of 2 exercises of sheet." in str(submitted([stub], stub))


def test_folder_that_cannot_be_written_is_a_sentence(sheet: Path) -> None:
    (sheet / "sheet-hand-in.zip").mkdir()
    assert "cannot be written" in str(submitted([RIGHT], RIGHT))


def test_cells_of_the_docs_work_in_their_order(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs/notebooks.md").read_text(encoding="utf-8").partition("## What the grade")[0]
    cells = re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S)
    assert len(cells) == 4
    shutil.copy(released / "exercise3.exam", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    _, checked, hinted, report = ran_in_a_kernel(*cells)
    assert 0 < float(checked) < 5
    assert "Hint 1 of 3 for conv_output_size" in hinted
    assert "It holds 1 of 32 exercises of exercise3." in report
    assert (tmp_path / "exercise3-hand-in.zip").is_file()


MARIMO = """import marimo

app = marimo.App()


@app.cell
def _(check, half):
    print(f"{check('half')!r} of 4", half)
    return


@app.cell
def _(hint):
    print(hint("half"))
    return


@app.cell
def _(SHIFT):
    def half(x):
        return x >> SHIFT

    return (half,)


@app.cell
def _():
    from autograder.cell import check, hint, submit

    SHIFT = 1
    return SHIFT, check, hint, submit


@app.cell
def _(half, submit):
    print(submit(), half)
    return


if __name__ == "__main__":
    app.run()
"""


def test_marimo_notebook_is_checked_and_handed_in(sheet: Path) -> None:
    (sheet / "notebook.py").write_text(MARIMO, encoding="utf-8")
    command = [sys.executable, "-m", "marimo", "export", "ipynb", "notebook.py", "-o", "out.ipynb", "--include-outputs"]
    done = subprocess.run(command, cwd=sheet, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    outputs = (sheet / "out.ipynb").read_text(encoding="utf-8")
    assert "4.0 of 4" in outputs
    assert "It holds 1 of 2 exercises of sheet." in outputs
    assert "✓ half" in run_grade(sheet, "sheet", "sheet-hand-in.zip").stdout
