"""A release grades like the course it comes from, and holds nothing of the reference or the solutions."""

from __future__ import annotations

import ast
import io
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from autograder.course import Course
from autograder.errors import UserError
from autograder.exam.codec import decode_exam, encode_exam
from autograder.handout.engine_wheel import engine_wheel
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
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sdist and the wheel."""
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "build", "--no-isolation", "-o", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a new environment with the wheel, which takes all else from the running one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    ask = [str(commands / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip())
    pip = [sys.executable, "-m", "pip", "--python", ask[0], "install", "-q", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True)
    (packages / "running.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return commands


def test_wheel_holds_the_engine_and_the_sealed_exams(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].rpartition(".")[2] for name in names} == {"autograder", "dist-info"}
    exams = [f"autograder/handout/{folder.name}.exam" for folder in sorted((ROOT / "reference").glob("exercise*"))]
    others = [
        name for name in names if not name.endswith((".py", ".html", ".css", ".js", ".yml")) and "dist-info" not in name
    ]
    assert "autograder/handout/exercise3.exam" in exams
    licence = "autograder/reports/templates/tabulator/LICENSE"
    assert sorted(others) == [*exams, "autograder/py.typed", licence]


def test_release_carries_the_engine_of_the_wheel_without_its_exams(wheel: Path) -> None:
    name, content = engine_wheel()
    archive, built = zipfile.ZipFile(io.BytesIO(content)), zipfile.ZipFile(wheel)
    engine = {one for one in built.namelist() if "dist-info" not in one and not one.endswith(".exam")}
    assert name == wheel.name
    assert {one for one in archive.namelist() if "dist-info" not in one} == engine
    assert {one: archive.read(one) for one in engine} == {one: built.read(one) for one in engine}


def test_nothing_of_solutions_or_reference_is_in_the_wheel(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    contents = [unpacked(name, archive.read(name)) for name in archive.namelist()]
    given = b"\n".join(path.read_bytes() for path in (EXERCISES).glob("*.py"))
    secret = {line for line in [*solution_lines(), *reference_statements()] if line.encode() not in given}
    assert {line for line in secret if any(line.encode() in data for data in contents)} == set()


def test_sdist_holds_what_the_wheel_holds_and_its_build(built: Path, wheel: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    engine = {name for name in zipfile.ZipFile(wheel).namelist() if "dist-info" not in name}
    build = {"pyproject.toml", "hatch_build.py", "PKG-INFO", "README.md", "LICENSE", "CHANGELOG.md", ".gitignore"}
    assert names == engine | build


def test_commands_of_the_docs_are_a_students_whole_set_up(installed: Path, tmp_path: Path) -> None:
    """The first two commands of docs/install.md are the fixture `installed`."""
    page = (ROOT / "docs/install.md").read_text(encoding="utf-8")
    block = page.partition("## A student's set-up")[2].partition("```sh\n")[2].partition("```")[0]
    environment, pip, *commands = (line.split() for line in block.splitlines())
    assert (environment[-1], pip[1]) == (".venv", "install")
    assert commands == [[".venv/bin/grade", "start", "exercise3"], [".venv/bin/grade", "exercise3"]]
    folder = tmp_path / "an evening"
    folder.mkdir()

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(installed / "grade"), *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    for command in commands:
        done = run(*command[1:])
        assert done.returncode == 0, done.stderr
    assert "Next: start with conv_output_size in output_size.py." in done.stdout
    assert not list(folder.glob("*.exam"))
    shutil.copy(SOLUTIONS / "output_size.py", folder / "exercises/exercise3")
    done = run("exercise3", "--only", "output_size")
    assert "12/12 points" in done.stdout, done.stderr


@pytest.fixture(scope="module")
def repository(small_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release for GitHub of the small course."""
    course = tmp_path_factory.mktemp("for github") / "course"
    shutil.copytree(small_course, course)
    assert run_grade(course, "stubs", "exercise3").returncode == 0
    done = run_grade(course, "release", "exercise3", course.parent / "repository", "--for", "github")
    assert done.returncode == 0, done.stderr
    return course.parent / "repository"


def test_release_for_github_has_a_workflow_and_the_engine(repository: Path) -> None:
    job = yaml.safe_load((repository / ".github/workflows/grade.yml").read_text(encoding="utf-8"))["jobs"]["grade"]
    assert job["steps"][1] == {"uses": "./.github/actions/grade", "with": {"assignment": "exercise3"}}
    assert len(list(repository.glob("torchgrade-*.whl"))) == 1
    readme = (repository / "README.md").read_text(encoding="utf-8")
    assert "The file is in this folder:" in readme
    assert "Each push to GitHub is graded too." in readme
    assert (repository / "exercise3.exam").is_file()


def test_action_grades_in_the_repository(repository: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(repository, tmp_path / "a repository")
    action = yaml.safe_load((folder / ".github/actions/grade/action.yml").read_text(encoding="utf-8"))
    (step,) = (step for step in action["runs"]["steps"] if step.get("name") == "Grade")
    inputs = {"assignment": "exercise3", "path": "", "options": "--no-training --fail-under 50"}
    variables = {
        name: inputs[text.removeprefix("${{ inputs.").removesuffix(" }}")] for name, text in step["env"].items()
    }
    commands = tmp_path / "commands"
    write_executable(commands / "grade", f'#!/bin/sh\nexec "{sys.executable}" -m autograder "$@"\n')
    environment = {
        **os.environ,
        **variables,
        "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }
    bash = ["bash", "-e", "-o", "pipefail", "-c", step["run"]]
    done = subprocess.run(bash, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr  # below 50 %
    assert "## exercise3: 0 of" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    uploaded = action["runs"]["steps"][-1]["with"]["path"].split()
    assert [name for name in uploaded if not (folder / name).is_file()] == []


def write_executable(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
