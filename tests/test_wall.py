"""The wall holds: imports go one way, and nothing of the trusted side is loaded where student code runs."""

from __future__ import annotations

import ast
import graphlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.model import Question, Returned, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.session import Session
from autograder.sandbox.shared_child import SharedChild
from tests.support.course import ROOT

ENGINE = ROOT / "autograder"
INSIDE = "sandbox.inside"
# Rooms and single modules; each imports only from those before it. Within a room, imports make no circle.
ORDER = (
    *("model", "errors", "files", "cores", "text", "suggest", "course", "grade_json"),
    *(INSIDE, "submission", "sandbox", "judge", "edits", "author", "exam", "prepare", "grading"),
    *("classroom", "handout", "lint", "reports", "cell", "nbgrader", "cli", "__main__"),
)
SLOW = "torch", "torchvision", "matplotlib", "jinja2"
MODULES = sorted(ENGINE.rglob("*.py"))


def name_of(path: Path) -> str:
    """`sandbox.session` for autograder/sandbox/session.py, `sandbox` for its `__init__.py`."""
    return ".".join(path.relative_to(ENGINE).with_suffix("").parts).removesuffix("__init__").removesuffix(".")


NAMES = {name_of(path) for path in MODULES}


def room_of(name: str) -> str:
    """The room that a module belongs to: `sandbox.inside` for all that is in there, else the first part of its name."""
    return INSIDE if f"{name}.".startswith(f"{INSIDE}.") else name.partition(".")[0]


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


def own_imports(path: Path) -> set[str]:
    """The modules of the engine that a module imports, without their common root."""
    names = [name.partition(".")[2] for name in imports(path) if name.partition(".")[0] == "autograder"]
    return {max((module for module in NAMES if f"{name}.".startswith(f"{module}.")), key=len) for name in names} - {""}


def test_every_room_has_its_place_in_the_order() -> None:
    rooms = {room_of(name) for name in NAMES} - {"", "stubs"}
    assert rooms == set(ORDER)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_imports_only_from_rooms_above_it(path: Path) -> None:
    if (room := room_of(name_of(path))) not in ORDER:
        return
    below = {name for name in own_imports(path) if ORDER.index(room_of(name)) > ORDER.index(room)}
    assert below == set()


@pytest.mark.parametrize("room", [room for room in ORDER if (ENGINE / room.replace(".", "/")).is_dir()])
def test_room_has_no_circle(room: str) -> None:
    graph = {name_of(path): own_imports(path) for path in MODULES if room_of(name_of(path)) == room}
    faces = {name for name in graph if (ENGINE / name.replace(".", "/")).is_dir()}
    inner = {name: {one for one in found if one in graph and one not in faces} for name, found in graph.items()}
    list(graphlib.TopologicalSorter(inner).static_order())  # raises CycleError with the modules of a circle


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_other_rooms_are_entered_by_their_face(path: Path) -> None:
    """`from autograder.exam import exam_for`, not `from autograder.exam.cache import exam_for`."""
    room = room_of(name_of(path))
    open_rooms = {room, INSIDE, "reports", "cli", "cell", "nbgrader"}
    through_walls = {name for name in own_imports(path) if "." in name and room_of(name) not in open_rooms}
    assert through_walls == set()


@pytest.mark.parametrize("path", sorted((ENGINE / "sandbox/inside").rglob("*.py")), ids=name_of)
def test_inside_imports_nothing_of_the_rest(path: Path) -> None:
    outside = [name for name in imports(path) if name.startswith("autograder")]
    assert [name for name in outside if not name.startswith(f"autograder.{INSIDE}")] == []


def test_model_imports_nothing_of_ours() -> None:
    files = sorted((ENGINE / "model").glob("*.py"))
    assert {name for path in files for name in own_imports(path) if room_of(name) != "model"} == set()
    assert len(files) > 3


@pytest.mark.parametrize("path", [path for path in MODULES if "inside" not in path.parts], ids=name_of)
def test_slow_libraries_are_not_imported_with_a_module(path: Path) -> None:
    statements = ast.parse(path.read_text(encoding="utf-8")).body
    names = [
        alias.name
        for node in statements
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in [*node.names, ast.alias(getattr(node, "module", "") or "")]
    ]
    assert [name for name in names if name.partition(".")[0] in SLOW] == []


@pytest.mark.parametrize("training", [False, True])
def test_nothing_of_the_trusted_side_is_loaded_beside_student_code(sandbox: Sandbox, training: bool) -> None:
    file = SourceFile("work.py", ("import sys\n\ndef loaded():\n    return sorted(sys.modules)\n",))
    room = SharedChild(sandbox, Submission("student", (file,)), training=training)
    with room, Session(room, file, ["loaded"]) as session:
        answer = session.ask(Question("call", "loaded"), 10)
    assert isinstance(answer, Returned)
    loaded: Any = answer.value
    ours = [name for name in loaded if name.partition(".")[0] in ("autograder", "reference", "solutions")]
    inside = f"autograder.{INSIDE}"
    assert {name for name in ours if not name.startswith(inside)} == {"autograder", "autograder.sandbox"}
    assert "torch" in loaded


def test_grading_imports_no_torch(cached_exam: None) -> None:
    code = """
import sys
from autograder.cli import main
sys.argv = ["grade", "exercise3", "solutions/exercise3", "--only", "linear_params", "--json", "-"]
try:
    main()
finally:
    print("torch" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, env=os.environ, check=True)
    assert done.stdout.endswith(b"\nFalse\n")


def test_student_cannot_import_the_answers(sandbox: Sandbox) -> None:
    file = SourceFile("work.py", ("def peek(name):\n    __import__(name)\n",))
    with SharedChild(sandbox, Submission("student", (file,))) as room, Session(room, file, ["peek"]) as session:
        names = "reference.exercise3.unet", "reference", "solutions.exercise3.unet", "conftest"
        answers = [session.ask(Question("call", "peek", (name,)), 10) for name in names]
    assert [getattr(answer, "error", "") for answer in answers] == ["ModuleNotFoundError"] * 4
