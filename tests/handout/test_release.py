"""A release grades like the course it comes from, and holds nothing of the reference or the solutions."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.errors import UserError
from autograder.exam.codec import decode_exam, encode_exam
from autograder.handout.release import write_release
from autograder.model import Exam
from tests.support.commands import run_grade
from tests.support.course import EXERCISES, ROOT, SOLUTIONS


def test_nothing_of_solutions_or_reference_is_in_it(released: Path) -> None:
    contents = {path: unpacked(path.name, path.read_bytes()) for path in released.rglob("*") if path.is_file()}
    given = b"\n".join(data for path, data in contents.items() if path.suffix == ".py")
    secret = {line for line in solution_lines() if line.encode() not in given} | set(reference_statements())
    assert len(secret) > 150
    found = {line for line in secret if any(line.encode() in data for data in contents.values())}
    assert found == set()
    assert not any(part in ("reference", "solutions") for path in contents for part in path.relative_to(released).parts)


def unpacked(name: str, data: bytes) -> bytes:
    """What a file holds, an exam as it is before it is compressed."""
    if not name.endswith(".exam"):
        return data
    frame = encode_exam(decode_exam(data, name))
    assert len(frame) > 2 * len(data)
    assert b"BatchNorm, ReLU" in frame or "exercise3" not in name  # a hint of a misconception can be read
    return frame


def solution_lines() -> list[str]:
    """The lines between the marks that are long enough to mean something."""
    lines = []
    for path in (SOLUTIONS).glob("*.py"):
        inside = False
        for line in path.read_text(encoding="utf-8").splitlines():
            if "### " in line:
                inside = "BEGIN" in line
            elif inside and len(line.strip()) > 25:
                lines.append(line.strip())
    return lines


def reference_statements() -> list[str]:
    """The returns of the reference, one line each."""
    lines = []
    for path in (ROOT / "reference/exercise3").glob("*/*.py"):
        if path.parent.name == "probes":
            continue  # they are in the exam, which runs them in a sandbox
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            segment = ast.get_source_segment(text, node) if isinstance(node, ast.Return) else None
            if segment and len(segment) > 30 and "\n" not in segment:
                lines.append(segment)
    return lines


def test_grade_works_in_the_folder(released: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(released, tmp_path / "student's folder")
    done = run_grade(folder, "exercise3", "--only", "output_size")
    assert done.returncode == 0
    assert "Next: start with conv_output_size" in done.stdout
    shutil.copy(SOLUTIONS / "output_size.py", folder / "exercises/exercise3")
    assert "12/12 points" in run_grade(folder, "exercise3", "--only", "output_size").stdout


def test_folder_with_something_in_it_is_not_touched(exam: Callable[[int], Exam], tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(UserError, match="is not an empty folder"):
        write_release(Course(ROOT), exam(0), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    environment = {**os.environ, "PYTHON": sys.executable}
    subprocess.run([ROOT / ".ci/wheel", folder], env=environment, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_wheel_holds_the_engine_and_the_sealed_exams(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].rpartition(".")[2] for name in names} == {"autograder", "dist-info"}
    exams = [f"autograder/handout/{folder.name}.exam" for folder in sorted((ROOT / "reference").glob("exercise*"))]
    others = [name for name in names if not name.endswith((".py", ".html", ".css", ".js")) and "dist-info" not in name]
    assert "autograder/handout/exercise3.exam" in exams
    licence = "autograder/reports/templates/tabulator/LICENSE"
    assert sorted(others) == [*exams, "autograder/py.typed", licence]


def test_nothing_of_solutions_or_reference_is_in_the_wheel(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    contents = [unpacked(name, archive.read(name)) for name in archive.namelist()]
    given = b"\n".join(path.read_bytes() for path in (EXERCISES).glob("*.py"))
    secret = {line for line in [*solution_lines(), *reference_statements()] if line.encode() not in given}
    assert {line for line in secret if any(line.encode() in data for data in contents)} == set()


def test_wheel_is_enough_for_an_evening(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    folder = tmp_path / "an evening"
    folder.mkdir()

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run_grade(folder, *arguments, PYTHONPATH=str(tmp_path / "installed"))

    assert run("start", "exercise3").returncode == 0
    assert not list(folder.glob("*.exam"))
    shutil.copy(SOLUTIONS / "output_size.py", folder / "exercises/exercise3")
    done = run("exercise3", "--only", "output_size")
    assert "12/12 points" in done.stdout, done.stderr


def test_release_for_github_has_a_workflow_and_the_engine(small_course: Path, tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(small_course, course)
    assert run_grade(course, "stubs", "exercise3").returncode == 0
    done = run_grade(course, "release", "exercise3", tmp_path / "repository", "--for", "github")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "repository"
    workflow = (folder / ".github/workflows/grade.yml").read_text(encoding="utf-8")
    assert "grade exercise3 --github" in workflow
    assert "${{ !cancelled() }}" in workflow
    assert len(list(folder.glob("torchgrade-*.whl"))) == 1
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "The file is in this folder:" in readme
    assert "Each push to GitHub is graded too." in readme
    assert (folder / "exercise3.exam").is_file()
    assert run_grade(folder, "exercise3", "--github").returncode == 0
