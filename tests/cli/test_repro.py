"""`grade repro` writes a failing call that can be run, and nothing that a student should not see."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder.errors import UserError
from autograder.model import CheckResult, ExamCheck, ExamExercise, ExerciseResult, Item, Question, Returned
from autograder.reports.repro_script import FIRST_LINE, repro_script
from tests.support.commands import run_grade
from tests.support.course import ROOT
from tests.support.mistaken import REFUSING
from tests.support.notebooks import notebook

HALF_RIGHT = "tests/submissions/failed/half_right"
pytestmark = pytest.mark.usefixtures("cached_exam")


def repro(name: str, work: object, target: Path, check: int = 0) -> str:
    done = run_grade(ROOT, "repro", "exercise3", name, work, "-o", target)
    assert done.returncode == check, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def run(script: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, cwd=script.parent)


def test_script_raises_what_the_check_saw(tmp_path: Path) -> None:
    work = tmp_path / "my work" / "output_size.py"
    work.parent.mkdir()
    work.write_text(REFUSING, encoding="utf-8")
    script = tmp_path / "repro.py"
    assert f"run it with `python {script}`" in repro("Conv_output_size", work, script)
    done = run(script)
    assert "ValueError: the stride is too large" in done.stderr
    assert script.read_text(encoding="utf-8").count("conv_output_size(10, 2, 3)") == 2  # in the head, and the call


@pytest.mark.parametrize("name", ["conv2d_manual", "count_parameters", "UNet", "BatchNorm2d", "evaluate"])
def test_tensors_networks_and_loaders_are_made(name: str, tmp_path: Path) -> None:
    script = tmp_path / "repro.py"
    repro(name, HALF_RIGHT, script)
    done = run(script)
    assert done.stdout or "in forward" in done.stderr, done.stderr
    assert "NameError" not in done.stderr


@pytest.mark.parametrize("name", ["random.py", "3.py", "my work.py"])
def test_file_of_any_name_is_run(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(REFUSING, encoding="utf-8")
    script = tmp_path / "a script.py"
    assert f"`python '{script}'`" in repro("conv_output_size", tmp_path / name, script)
    assert "ValueError: the stride is too large" in run(script).stderr


def test_notebook_gets_a_cell(tmp_path: Path) -> None:
    work = tmp_path / "work.ipynb"
    work.write_text(notebook(REFUSING), encoding="utf-8")
    script = tmp_path / "repro.py"
    repro("conv_output_size", work, script)
    assert "# Run this in a cell of work.ipynb" in script.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "work", "sentence"),
    [
        ("conv_output_size", "solutions/exercise3", "passes all of its checks"),
        ("conv_output_size", "exercises/exercise3", "is not started"),
        ("compare_batchnorm", HALF_RIGHT, "All checks of compare_batchnorm train a network"),
        ("conv_output", HALF_RIGHT, "did you mean conv_output_size?"),
    ],
)
def test_what_cannot_be_written_is_a_sentence(name: str, work: str, sentence: str, tmp_path: Path) -> None:
    assert sentence in repro(name, work, tmp_path / "repro.py", check=2)
    assert not (tmp_path / "repro.py").exists()


def test_own_file_is_not_overwritten(tmp_path: Path) -> None:
    script = tmp_path / "repro.py"
    script.write_text("mine\n", encoding="utf-8")
    assert "is there already" in repro("conv2d_manual", HALF_RIGHT, script, check=2)
    script.write_text(f"{FIRST_LINE}\nold\n", encoding="utf-8")
    repro("conv2d_manual", HALF_RIGHT, script)
    assert "conv2d_manual" in script.read_text(encoding="utf-8")


def test_hidden_cases_stay_hidden_and_expected_answers_too() -> None:
    def check(name: str, number: int, hidden: bool) -> ExamCheck:
        item = Item(f"half({number})", Question("call", "half", (number,)), (Returned(777),))
        return ExamCheck(name, name, 1.0, "agrees", {}, (item,), hidden=hidden)

    exercise = ExamExercise("half", 2.0, "half(x)", (check("secret", 123, True), check("open", 5, False)))
    failed = tuple(CheckResult(name, name, "failed", 0.0, 1.0, "") for name in ("secret", "open"))
    script = repro_script(exercise, ExerciseResult("half", 0.0, 2.0, 0.1, failed, "work.py"), Path("work.py"))
    assert "half(5)" in script
    assert "123" not in script
    assert "777" not in script
    only_hidden = ExerciseResult("half", 0.0, 2.0, 0.1, failed[:1], "work.py")
    with pytest.raises(UserError, match="No call of half failed"):
        repro_script(exercise, only_hidden, Path("work.py"))


def test_numbers_come_through_exactly(tmp_path: Path) -> None:
    values = np.array([[0.1, np.nan, -np.inf, 1e-7], [3.0, 16777217.0, 1 / 3, 0.0]], np.float32)
    item = Item("half(x)", Question("call", "half", (values, (np.arange(3),), {"mode": None})), ())
    exercise = ExamExercise("half", 1.0, "half(x)", (ExamCheck("of", "of", 1.0, "agrees", {}, (item,)),))
    result = ExerciseResult("half", 0.0, 1.0, 0.1, (CheckResult("of", "of", "failed", 0.0, 1.0, ""),), "work.py")
    work = tmp_path / "work.py"
    work.write_text(
        "import json\ndef half(x, y, z):\n    return json.dumps([x.tolist(), str(x.dtype), y[0].tolist(), z])\n",
        encoding="utf-8",
    )
    script = tmp_path / "repro.py"
    script.write_text(repro_script(exercise, result, work), encoding="utf-8")
    numbers, dtype, second, third = json.loads(run(script).stdout)
    assert np.array_equal(np.array(numbers, np.float32), values, equal_nan=True)
    assert (dtype, second, third) == ("torch.float32", [0, 1, 2], {"mode": None})
