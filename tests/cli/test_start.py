"""`grade start` lays out what is missing, never over anybody's work, and puts one exercise back when asked to."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.errors import UserError
from autograder.handout.stubs import make_stubs
from autograder.handout.workspace import create_workspace, find_resets, read_stubs, reset_exercise
from tests.support.commands import run_grade
from tests.support.course import EXERCISES, ROOT, SOLUTIONS

pytestmark = pytest.mark.usefixtures("cached_exam")
STUB = """\
def one(x):
    # YOUR CODE HERE
    raise NotImplementedError()


def two(x):
    return one(x)
"""
ONE = STUB.partition("\n\n\n")[0]


@pytest.fixture
def handed_out(released: Path, tmp_path: Path) -> Path:
    return shutil.copytree(released, tmp_path / "my course")


def test_folder_outside_of_the_course_gets_stubs_and_exam(tmp_path: Path) -> None:
    done = run_grade(ROOT, "start", "exercise3", tmp_path / "an evening")
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "an evening/exercises/exercise3").iterdir()}
    assert names == {path.name for path in make_stubs(ROOT, "exercise3")}
    assert "an evening' && grade exercise3" in done.stdout
    done = run_grade(tmp_path / "an evening", "exercise3", "--only", "linear_params")
    assert "Next: start with linear_params" in done.stdout


def test_stubs_of_a_release_are_those_of_the_course(released: Path) -> None:
    assert read_stubs(Course(released), "exercise3") == read_stubs(Course(ROOT), "exercise3")


def test_work_stays_and_missing_files_come_back(handed_out: Path) -> None:
    exercises = handed_out / "exercises/exercise3"
    (exercises / "unet.py").unlink()
    (exercises / "batchnorm.py").write_text("half = ")
    done = run_grade(handed_out, "start", "exercise3")
    assert done.returncode == 0, done.stderr
    assert "wrote exercises/exercise3/unet.py" in done.stdout
    assert "kept your work in exercises/exercise3: batchnorm.py" in done.stdout
    assert "Next: open exercises/exercise3/unet.py" in done.stdout  # nothing is left to replace in batchnorm.py
    assert (exercises / "batchnorm.py").read_text() == "half = "
    assert (exercises / "unet.py").read_bytes() == (EXERCISES / "unet.py").read_bytes()


def test_reset_asks_first(handed_out: Path) -> None:
    shutil.copy(SOLUTIONS / "output_size.py", handed_out / "exercises/exercise3")
    done = run_grade(handed_out, "start", "exercise3", "--reset", "conv_output_size")
    assert done.returncode == 2
    assert "--yes does so without asking" in done.stderr
    solved = (SOLUTIONS / "output_size.py").read_text()
    assert (handed_out / "exercises/exercise3/output_size.py").read_text() == solved


def test_reset_puts_one_exercise_back_and_keeps_what_was_there(handed_out: Path) -> None:
    path = handed_out / "exercises/exercise3/output_size.py"
    shutil.copy(SOLUTIONS / "output_size.py", path)
    done = run_grade(handed_out, "start", "exercise3", "--reset", "Conv_Output_Size", "--yes")
    assert done.returncode == 0, done.stderr
    graded = run_grade(handed_out, "exercise3", path, "--only", "output_size").stdout
    assert "7/12 points" in graded  # conv2d_output_shape calls it, and keeps its points
    assert path.with_name("output_size.py.bak").read_bytes() == (SOLUTIONS / "output_size.py").read_bytes()
    again = run_grade(handed_out, "start", "exercise3", "--reset", "conv_output_size", "--yes")
    assert again.stdout == "conv_output_size is already the stub.\n"


def test_reset_of_an_unknown_name_says_which_are_near(handed_out: Path) -> None:
    done = run_grade(handed_out, "start", "exercise3", "--reset", "conv2d_manul")
    assert (done.returncode, "did you mean conv2d_manual?" in done.stderr) == (2, True)


def test_reset_works_in_the_notebook(handed_out: Path) -> None:
    path = handed_out / "exercises/exercise3/exercise3.ipynb"
    book = json.loads(path.read_text())
    cell = next(cell for cell in book["cells"] if "def linear_params" in "".join(cell["source"]))
    began = cell["source"]
    cell |= {"source": ["def linear_params(*sizes):\n", "    return 7\n"], "execution_count": 3}
    path.write_text(json.dumps(book))
    (one,) = find_resets(read_stubs(Course(handed_out), "exercise3"), path.parent, "linear_params")
    reset_exercise(one)
    after = json.loads(path.read_text())
    found = next(cell for cell in after["cells"] if "def linear_params" in "".join(cell["source"]))
    assert (found["source"], found["execution_count"]) == (began, None)


@pytest.mark.parametrize(
    ("work", "after"),
    [
        ("def one(x):\n    return x[\n", ONE + "\n"),
        (
            "import os\ndef one(\n    x,\n):\n    return 1\nprint(2)\n",
            f"import os\n{ONE}\nprint(2)\n",
        ),
        ("a = 1\n", f"a = 1\n\n\n{ONE}\n"),
        ("def one(x):\n    pass\n\n\ndef one(x):\n    return 1\n", f"{ONE}\n\n\n"),
    ],
    ids=["broken", "long signature", "lost", "twice"],
)
def test_reset_replaces_only_that_definition(tmp_path: Path, work: str, after: str) -> None:
    (tmp_path / "sums.py").write_text(work)
    (one,) = find_resets({"sums.py": STUB}, tmp_path, "one")
    assert one.text == after


def test_backup_is_never_overwritten(tmp_path: Path) -> None:
    for work in ("def one(x):\n    return 1\n", "def one(x):\n    return 2\n"):
        (tmp_path / "sums.py").write_text(work)
        reset_exercise(*find_resets({"sums.py": STUB}, tmp_path, "one"))
    assert "return 1" in (tmp_path / "sums.py.bak").read_text()
    assert "return 2" in (tmp_path / "sums.py.bak1").read_text()


def test_file_in_the_way_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "exercises").touch()
    with pytest.raises(UserError, match="cannot be"):
        create_workspace({"sums.py": STUB}, tmp_path / "exercises")


def test_unknown_assignment_is_one_sentence(tmp_path: Path) -> None:
    done = run_grade(tmp_path, "start", "exercise33", tmp_path / "x")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x").exists()
