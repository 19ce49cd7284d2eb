"""The zip for Gradescope grades in the folders that Gradescope documents, and holds no reference and no solution."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import run_grade
from tests.support.course import HALF_RIGHT, SOLUTIONS

ZIP = "exercise3-gradescope.zip"


@pytest.fixture(scope="module")
def course(small_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course with its stubs."""
    folder = tmp_path_factory.mktemp("gradescope") / "a course"
    shutil.copytree(small_course, folder)
    done = run_grade(folder, "stubs", "exercise3")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def zipped(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("for gradescope")
    done = run_grade(course, "release", "exercise3", folder, "--for", "gradescope")
    assert done.returncode == 0, done.stderr
    assert "programming assignment of" in done.stdout
    return folder / ZIP


@pytest.fixture
def autograder(zipped: Path, tmp_path: Path) -> Path:
    """The folder `/autograder` as Gradescope lays it out, with this environment instead of that of `setup.sh`."""
    root = tmp_path / "autograder"
    for name in ("source", "submission", "results", "venv/bin"):
        (root / name).mkdir(parents=True)
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(root / "source")
    shutil.copy(root / "source/run_autograder", root)
    (root / "run_autograder").chmod(0o755)
    grade = root / "venv/bin/grade"
    grade.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m autograder "$@"\n', encoding="utf-8")
    grade.chmod(0o755)
    return root


def run(root: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "AUTOGRADER": str(root)}
    return subprocess.run([str(root / "run_autograder")], env=environment, capture_output=True, text=True, check=False)


def results(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / "results/results.json").read_text(encoding="utf-8"))
    return found


def test_submission_gets_its_points_with_a_test_for_each_check(autograder: Path) -> None:
    shutil.copy(HALF_RIGHT / "output_size.py", autograder / "submission")
    done = run(autograder)
    assert done.returncode == 0, done.stderr
    found = results(autograder)
    assert 0 < found["score"] < sum(test["max_score"] for test in found["tests"])
    assert {test["status"] for test in found["tests"]} == {"passed", "failed"}
    assert found["stdout_visibility"] == "hidden"
    assert "leaderboard" not in found


def test_second_submission_knows_nothing_of_the_first(autograder: Path) -> None:
    shutil.copy(HALF_RIGHT / "output_size.py", autograder / "submission")
    assert run(autograder).returncode == 0
    first = results(autograder)["score"]
    shutil.copy(SOLUTIONS / "output_size.py", autograder / "submission")
    assert run(autograder).returncode == 0
    assert results(autograder)["score"] > first


def test_submission_that_cannot_be_read_says_why(autograder: Path) -> None:
    (autograder / "submission/report.pdf").write_bytes(b"%PDF-1.7")
    done = run(autograder)
    assert done.returncode == 0, done.stderr
    found = results(autograder)
    assert found["score"] == 0
    assert "report.pdf" in found["output"]


def test_fault_of_the_grader_is_no_result(autograder: Path) -> None:
    shutil.copy(HALF_RIGHT / "output_size.py", autograder / "submission")
    (autograder / "source/course/results/batch.json").write_text("{", encoding="utf-8")
    done = run(autograder)
    assert done.returncode != 0
    assert "batch.json" in done.stderr
    assert not (autograder / "results/results.json").exists()


def test_zip_has_scripts_at_its_top_that_can_be_run_and_no_answers(zipped: Path) -> None:
    with zipfile.ZipFile(zipped) as archive:
        for name in ("setup.sh", "run_autograder"):
            assert archive.getinfo(name).external_attr >> 16 & 0o111
            text = archive.read(name).decode()
            assert subprocess.run(["bash", "-n"], input=text, text=True, check=False).returncode == 0
        assert not [name for name in archive.namelist() if "reference" in name or "solutions" in name]


def test_wheel_in_it_can_be_installed(zipped: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(zipped) as archive:
        (wheel,) = (name for name in archive.namelist() if name.endswith(".whl"))
        archive.extract(wheel, tmp_path)
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(tmp_path / "lib")]
    subprocess.run([*pip, str(tmp_path / wheel)], check=True, capture_output=True)
    code = "import autograder, autograder.cli; print(autograder.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "lib")}
    python = [sys.executable, "-c", code]
    done = subprocess.run(python, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(str(tmp_path / "lib"))


def test_what_does_not_go_together_is_a_sentence(course: Path, tmp_path: Path) -> None:
    done = run_grade(course, "release", "exercise3", tmp_path, "--for", "gradescope", "--quiz-after", 2)
    assert done.returncode == 2
    assert "--quiz-after" in done.stderr
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = run_grade(course, "release", "exercise3", tmp_path / "file", "--for", "gradescope")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
