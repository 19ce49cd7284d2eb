"""The commands of the pages are run in their order, as their readers would run them."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import pytest

from autograder.cli import COMMANDS
from tests.support.commands import run_grade
from tests.support.course import HALF_RIGHT, ROOT, SOLUTIONS

BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.M | re.S)
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
INVOCATION = re.compile(r"(?:^|`)(?:\.venv/bin/)?grade ([^`\n#]+)", re.M)


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def commands(text: str) -> list[str]:
    """The lines of the shell blocks, without comments."""
    lines = [line for language, block in BLOCK.findall(text) if language == "sh" for line in block.splitlines()]
    return [line.partition("#")[0].strip() for line in lines]


@pytest.fixture(scope="module")
def course(small_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course with its stubs, and the submissions of two students."""
    folder = shutil.copytree(small_course, tmp_path_factory.mktemp("docs") / "course")
    assert run_grade(folder, "stubs", "exercise3").returncode == 0
    for student, works in (("ada", HALF_RIGHT), ("grace", SOLUTIONS)):
        (folder / "submissions" / student).mkdir(parents=True)
        shutil.copy(works / "output_size.py", folder / "submissions" / student)
    return folder


@pytest.fixture(scope="module")
def run_in_course(course: Path) -> Callable[[str], str]:
    """`run_in_course(line)`: what a command prints that must work in the course."""

    def run(line: str) -> str:
        program, *words = line.split()
        assert program == "grade", line
        done = run_grade(course, *words)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout

    return run


def test_student_gets_started_by_the_commands_of_the_page(
    course: Path, run_in_course: Callable[[str], str], tmp_path: Path
) -> None:
    """The first two commands are those of docs/install.md, which tests/handout/test_release.py runs."""
    environment, pip, activate, *rest = commands(page("start.md"))
    assert [environment, pip] == commands(page("install.md"))[:2]
    assert activate == ". .venv/bin/activate"
    assert run_in_course(f"grade release exercise3 {tmp_path / 'folder'}")
    folder = tmp_path / "folder"
    shutil.rmtree(folder / "exercises")
    start, listing, grade, hint, html = ([*map(str, line.split()[1:])] for line in rest)
    assert "output_size.py" in run_grade(folder, *start).stdout
    assert "conv_output_size" in run_grade(folder, *listing).stdout
    wrong = next(block for language, block in BLOCK.findall(page("start.md")) if language == "python")
    stub = folder / "exercises/exercise3/output_size.py"
    text = stub.read_text(encoding="utf-8").replace("    raise NotImplementedError()\n", wrong, 1)
    stub.write_text(text, encoding="utf-8")
    report = run_grade(folder, *grade).stdout
    assert re.search(r"conv_output_size\(.*\): expected \d+, got \d+\n +hint: ", report), report
    assert "conv_output_size" in run_grade(folder, *hint).stdout
    assert run_grade(folder, *html).returncode == 0
    assert (folder / "page.html").is_file()


def test_instructor_gets_through_the_term_by_the_commands_of_the_page(
    course: Path, run_in_course: Callable[[str], str]
) -> None:
    lines = commands(page("term.md"))
    printed = {line: run_in_course(line) for line in lines if line != "grade doctor"}
    assert run_grade(course, "doctor").returncode in (0, 4)
    assert "3 seeds" in printed["grade lint exercise3"]
    assert (course / "hand-out/exercise3.exam").is_file()
    assert "expected" in printed["grade exercise3 submissions/ada --no-training"]
    assert len(list((course / "results/feedback").glob("*.html"))) == 2
    assert "grace" in (course / "results/gradebook.csv").read_text(encoding="utf-8")
    assert len(printed) == len(lines) - 1 == 12


def test_commands_of_the_questions_work(course: Path, run_in_course: Callable[[str], str]) -> None:
    shutil.copy(HALF_RIGHT / "output_size.py", course / "exercises/exercise3")
    for line in commands(page("faq.md")):
        run_in_course(line)
    assert (course / "repro_conv_output_size.py").is_file()
    assert (course / "exercises/exercise3/output_size.py.bak").is_file()


def test_commands_for_a_cluster_work(course: Path, run_in_course: Callable[[str], str], tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    scheduler, worker, grade = (line.replace("8786", port) for line in commands(page("clusters.md")))
    running = []
    try:
        for line in scheduler, worker:
            command = [sys.executable, "-m", *line.split(), "--no-dashboard"]
            nothing = subprocess.DEVNULL
            running.append(subprocess.Popen(command, cwd=tmp_path, stdout=nothing, stderr=nothing))
        assert "2 students: 2 graded" in run_in_course(grade.replace("-o results", f"-o {tmp_path / 'results'}"))
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(timeout=30)


def test_commands_for_nbgrader_work(course: Path, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    init, cd, generate, *rest = (line.replace("~/course", str(folder)) for line in commands(page("nbgrader.md")))
    assert cd == f"cd {folder}"
    assert run_grade(course, *init.split()[1:]).returncode == 0

    def nbgrader(line: str) -> None:
        command = [sys.executable, "-m", *line.split()]
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    nbgrader(generate)
    shutil.copytree(folder / "release/exercise3", folder / "submitted/ada/exercise3")
    for line in rest:
        nbgrader(line)
    assert "ada" in (folder / "grades.csv").read_text(encoding="utf-8")
    assert (folder / "feedback/ada/exercise3/exercise3.html").is_file()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_options_in_the_docs_exist(path: Path) -> None:
    """A line that names no command grades an assignment; of `grade nbgrader` the subcommand has the options."""
    unknown = []
    for line in INVOCATION.findall(path.read_text(encoding="utf-8")):
        first, *words = line.split()
        command: click.Command = import_module(f"autograder.cli.{first if first in COMMANDS else 'grade'}").command
        while isinstance(command, click.Group) and words and words[0] in command.commands:
            command = command.commands[words.pop(0)]
        known = {name for parameter in command.params for name in parameter.opts} | {"--help", "--version"}
        unknown += [(line, word) for word in words if re.match(r"--\w", word) and word.partition("=")[0] not in known]
    assert unknown == []
