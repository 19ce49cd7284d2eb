"""The Tab key completes commands, assignments, sections and exercises."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.commands import run_grade
from tests.support.course import ROOT


def completed(folder: Path, words: str) -> list[str]:
    """What the last of these words may become."""
    position = str(len(words.split(" ")) - 1)
    done = run_grade(folder, _GRADE_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=position)
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


def test_first_word_is_an_assignment_or_a_command() -> None:
    assert completed(ROOT, "grade ex") == ["exercise2", "exercise3", "exercise4", "export"]
    assert completed(ROOT, "grade ba") == ["batch"]


def test_assignment_of_a_command_is_completed() -> None:
    assert completed(ROOT, "grade batch ex") == ["exercise2", "exercise3", "exercise4"]


def test_exercises_and_sections_are_completed() -> None:
    assert completed(ROOT, "grade exercise3 --only conv2d_") == [
        "conv2d_manual",
        "conv2d_output_shape",
        "conv2d_params",
    ]
    assert "unet" in completed(ROOT, "grade exercise3 --only u")


def test_outside_of_a_course_commands_are_completed(tmp_path: Path) -> None:
    assert completed(tmp_path, "grade ba") == ["batch"]
    assert completed(tmp_path, "grade exercise3 --only u") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_line_in_the_docs_is_code_of_the_shell(shell: str) -> None:
    done = run_grade(ROOT, _GRADE_COMPLETE=f"{shell}_source")
    assert "_GRADE_COMPLETE" in done.stdout
    if shutil.which(shell):
        assert subprocess.run([shell, "-n"], input=done.stdout, text=True, check=False).returncode == 0
