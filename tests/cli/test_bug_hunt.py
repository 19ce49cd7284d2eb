"""A bug hunt is the solution with one mistake in each exercise, which the checks refuse."""

from __future__ import annotations

import ast
import json
from pathlib import Path

from tests.support.commands import run_grade

NAMES = {"conv_output_size", "conv2d_output_shape", "conv_transpose_output_size"}


def hunt(course: Path, target: Path, *more: str, check: int = 0) -> str:
    done = run_grade(course, "start", "exercise3", target, "--bug-hunt", *more)
    assert done.returncode == check, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def test_each_exercise_has_a_mistake_that_is_not_in_plain_sight(small_course: Path, tmp_path: Path) -> None:
    output = hunt(small_course, tmp_path, "--seed", "5")
    assert "has one mistake in each of 3 exercises" in output
    folder = tmp_path / "bug-hunt/exercise3"
    text = (folder / "output_size.py").read_text(encoding="utf-8")
    assert "SOLUTION" not in text
    assert {node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)} >= NAMES
    done = run_grade(small_course, "exercise3", folder, "--json", tmp_path / "grade.json")
    assert done.returncode == 0, done.stderr
    grade = json.loads((tmp_path / "grade.json").read_text(encoding="utf-8"))
    for exercise in grade["sections"][0]["exercises"]:
        verdicts = {check["verdict"] for check in exercise["checks"]}
        assert "passed" in verdicts, exercise["name"]
        assert verdicts & {"failed", "raised"}, exercise["name"]


def test_seed_draws_the_mistakes(small_course: Path, tmp_path: Path) -> None:
    texts = []
    for name, seed in ("a", "1"), ("b", "1"), ("c", "2"):
        hunt(small_course, tmp_path / name, "--seed", seed)
        texts.append((tmp_path / name / "bug-hunt/exercise3/output_size.py").read_text(encoding="utf-8"))
    assert texts[0] == texts[1] != texts[2]


def test_work_of_a_hunter_is_not_overwritten(small_course: Path, tmp_path: Path) -> None:
    work = tmp_path / "bug-hunt/exercise3/output_size.py"
    work.parent.mkdir(parents=True)
    work.write_text("mine\n", encoding="utf-8")
    assert "holds a bug hunt already" in hunt(small_course, tmp_path, check=2)
    assert work.read_text(encoding="utf-8") == "mine\n"


def test_course_without_solutions_has_no_hunt(released: Path) -> None:
    assert "is made from the solutions" in hunt(released, released, check=2)
