"""The tasks for VS Code are added beside others, and their pattern finds the lines that `grade` names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.handout.vscode import PLACE, add_vscode_tasks
from tests.support.commands import run_grade

OTHER = {"label": "make the slides", "command": "make"}


def tasks(path: Path) -> list[str]:
    return [task["label"] for task in json.loads(path.read_text(encoding="utf-8"))["tasks"]]


def test_tasks_of_others_stay(tmp_path: Path) -> None:
    path = tmp_path / ".vscode/tasks.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"version": "2.0.0", "tasks": [OTHER]}), encoding="utf-8")
    assert add_vscode_tasks(tmp_path, "sheet1") == path
    assert add_vscode_tasks(tmp_path, "sheet2") == path
    assert add_vscode_tasks(tmp_path, "sheet1") is None
    assert tasks(path) == ["make the slides", "grade sheet1", "watch sheet1", "grade sheet2", "watch sheet2"]


@pytest.mark.parametrize("text", ["// mine\n{}", "[]", '{"tasks": 3}', '{"tasks": [3]}'])
def test_file_that_is_not_understood_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / ".vscode/tasks.json"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="rename it and try again"):
        add_vscode_tasks(tmp_path, "sheet")
    assert path.read_text(encoding="utf-8") == text


def test_start_writes_the_tasks_and_the_pattern_finds_the_lines(small_course: Path, tmp_path: Path) -> None:
    done = run_grade(small_course, "start", "exercise3", tmp_path, "--for", "vscode")
    assert done.returncode == 0, done.stderr
    assert tasks(tmp_path / ".vscode/tasks.json") == ["grade exercise3", "watch exercise3"]
    file = tmp_path / "exercises/exercise3/output_size.py"
    stubs = file.read_text(encoding="utf-8")
    file.write_text(stubs.replace("raise NotImplementedError()", "return nothing", 1), encoding="utf-8")
    number = file.read_text(encoding="utf-8").splitlines().index("    return nothing") + 1
    report = run_grade(tmp_path, "exercise3").stdout
    found = [match.groups() for match in map(re.compile(PLACE).match, report.splitlines()) if match]
    assert (None, "output_size.py", str(number), "return nothing") in found, report
