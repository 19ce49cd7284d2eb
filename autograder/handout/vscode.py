"""Writes tasks for VS Code, which grade an assignment and show the lines that `grade` names in the panel "Problems"."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from autograder.errors import UserError
from autograder.files import write_atomically

PLACE = r"^\s*(?:at |called at |- |(\w+): )([\w./-]+\.py), line (\d+): (.+)$"
"""A line of `grade` that names a place: the exercise in some of them, the file, the number of the line, and more."""

PYTHON = "${command:python.interpreterPath}"  # tasks of VS Code run outside of the virtual environment


def add_vscode_tasks(folder: Path, assignment: str) -> Path | None:
    """Add the tasks of an assignment to `.vscode/tasks.json`; return its path, or None if they are in it already.

    Other tasks stay. Raise `UserError` if the file cannot be read or written.
    """
    path = folder / ".vscode" / "tasks.json"
    document = _read(path)
    labels = {task.get("label") for task in document["tasks"]}
    new = [task for task in _tasks(assignment) if task["label"] not in labels]
    if not new:
        return None
    document["tasks"] += new
    try:
        path.parent.mkdir(exist_ok=True)
        write_atomically(path, (json.dumps(document, indent=2) + "\n").encode())
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from None
    return path


def _read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"version": "2.0.0", "tasks": []}
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:
        raise UserError(f"{path} has comments or is no JSON, so no task was added; rename it and try again") from None
    tasks = document.get("tasks", []) if isinstance(document, dict) else None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise UserError(f"{path} holds no list of tasks, so none was added; rename it and try again")
    return {"version": "2.0.0", **document, "tasks": tasks}


def _tasks(assignment: str) -> list[dict[str, Any]]:
    matcher = {
        "owner": "torchgrade",
        "fileLocation": ["relative", f"${{workspaceFolder}}/exercises/{assignment}"],
        "severity": "warning",
        "pattern": {"regexp": PLACE, "code": 1, "file": 2, "line": 3, "message": 4},
    }
    panel = {"reveal": "always", "panel": "dedicated", "clear": True}
    grade = {"type": "process", "command": PYTHON, "presentation": panel}
    arguments = ["-m", "autograder", assignment]
    return [
        {"label": f"grade {assignment}", **grade, "args": arguments, "group": "test", "problemMatcher": matcher},
        {"label": f"watch {assignment}", **grade, "args": [*arguments, "--watch"], "problemMatcher": []},
    ]
