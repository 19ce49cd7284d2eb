"""The wall holds: imports go one way, and nothing of the trusted side is loaded where student code runs."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.model import Question, Returned, SourceFile, Submission
from autograder.sandbox.process import Sandbox
from autograder.sandbox.session import Room, Session

ROOT = Path(__file__).parents[1]
ENGINE = ROOT / "autograder"
INSIDE = "sandbox.inside"
# Each module imports only from those before it.
ORDER = (
    "model",
    "spelling",
    INSIDE,
    "difference",
    "compare",
    "measure",
    "case",
    "author",
    "acceptance",
    "asking",
    "call",
    "looks",
    "course",
    "sound",
    "exam",
    "files",
    "exam_file",
    "notebook",
    "sources",
    "submission",
    "sandbox.start",
    "sandbox.pipes",
    "sandbox.child",
    "sandbox.tier",
    "sandbox.process",
    "sandbox.session",
    "verdict",
    "judge_training",
    "pictures",
    "misconceptions",
    "judge",
    "forbidden",
    "finding",
    "grading",
    "watching",
    "gradebook",
    "statistics",
    "similarity",
    "roster",
    "intake",
    "unpack",
    "reports.text",
    "reports",
    "results",
    "batch",
    "cluster",
    "progress",
    "release",
    "cells",
    "stubs",
    "start",
    "lint",
    "cell",
    "nbgrader",
    "cli",
)
MODULES = sorted(path for path in ENGINE.rglob("*.py") if path.name != "__init__.py")


def name_of(path: Path) -> str:
    """`sandbox.process` for autograder/sandbox/process.py."""
    return ".".join(path.relative_to(ENGINE).with_suffix("").parts)


def place(name: str) -> int:
    """Where a module stands in the order, by itself or with its package."""
    known = [known for known in ORDER if name == known or name.startswith(f"{known}.")]
    assert known, f"autograder.{name} has no place in the order: add it, and to design.md"
    return ORDER.index(max(known, key=len))


def imports(path: Path) -> Iterator[str]:
    """The full names that a module imports anywhere in it, relative ones resolved."""
    package = ("autograder", *path.relative_to(ENGINE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            origin = ".".join(part for part in (start, node.module or "") if part)
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def own_imports(path: Path) -> list[str]:
    """The modules of the engine that a module imports."""
    names = [name.partition(".")[2] for name in imports(path) if name.partition(".")[0] == "autograder"]
    found = {name_of(module) for module in MODULES} | {INSIDE, f"{INSIDE}.probes", "cli"}
    return [max((module for module in found if f"{name}.".startswith(f"{module}.")), key=len) for name in names]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_imports_only_from_those_above_it(path: Path) -> None:
    mine = place(name_of(path))
    same_package = {INSIDE, "reports", "cell", "nbgrader", "cli"}
    below = [name for name in own_imports(path) if place(name) > mine]
    beside = [name for name in own_imports(path) if place(name) == mine and ORDER[mine] not in same_package]
    assert (below, beside) == ([], [])


@pytest.mark.parametrize("path", sorted((ENGINE / "sandbox/inside").rglob("*.py")), ids=name_of)
def test_inside_imports_nothing_of_the_rest(path: Path) -> None:
    outside = [name for name in imports(path) if name.startswith("autograder")]
    assert [name for name in outside if not name.startswith(f"autograder.{INSIDE}")] == []


def test_model_imports_nothing_of_ours() -> None:
    assert own_imports(ENGINE / "model.py") == []


@pytest.mark.parametrize("path", [path for path in MODULES if "inside" not in path.parts], ids=name_of)
def test_slow_libraries_are_not_imported_with_a_module(path: Path) -> None:
    statements = ast.parse(path.read_text(encoding="utf-8")).body
    names = [
        alias.name
        for node in statements
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in [*node.names, ast.alias(getattr(node, "module", "") or "")]
    ]
    assert [name for name in names if name.partition(".")[0] in ("torch", "torchvision", "matplotlib", "jinja2")] == []


@pytest.mark.parametrize("training", [False, True])
def test_nothing_of_the_trusted_side_is_loaded_beside_student_code(sandbox: Sandbox, training: bool) -> None:
    file = SourceFile("work.py", ("import sys\n\ndef loaded():\n    return sorted(sys.modules)\n",))
    room = Room(sandbox, Submission("student", (file,)), training=training)
    with room, Session(room, file, ["loaded"]) as session:
        answer = session.ask(Question("call", "loaded"), 10)
    assert isinstance(answer, Returned)
    ours = [name for name in answer.value if name.partition(".")[0] in ("autograder", "reference", "solutions")]
    inside = f"autograder.{INSIDE}"
    assert {name for name in ours if not name.startswith(inside)} == {"autograder", "autograder.sandbox"}
    assert "torch" in answer.value


def test_grading_imports_no_torch(cached_exam: None) -> None:
    code = """
import sys
from autograder.cli import main
sys.argv = ["grade", "exercise3", "solutions/exercise3", "--only", "linear_params", "--json", "-"]
main()
print("torch" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, env=os.environ, check=True)
    assert done.stdout.endswith(b"\nFalse\n")


def test_student_cannot_import_the_answers(sandbox: Sandbox) -> None:
    file = SourceFile("work.py", ("def peek(name):\n    __import__(name)\n",))
    with Room(sandbox, Submission("student", (file,))) as room, Session(room, file, ["peek"]) as session:
        names = "reference.exercise3.unet", "reference", "solutions.exercise3.unet", "conftest"
        answers = [session.ask(Question("call", "peek", (name,)), 10) for name in names]
    assert [getattr(answer, "error", "") for answer in answers] == ["ModuleNotFoundError"] * 4
