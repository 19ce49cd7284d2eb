"""The title of an assignment and the names of its exercises, without running the reference or making an exam."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.course import Course
from autograder.sandbox.inside.syntax import parse

DECORATOR, VARIABLE = "reference", "variable"  # the author's words that make an exercise
MILESTONE = "milestone"  # and the one that makes a milestone of the exercise that it names first


@dataclass(frozen=True)
class Outline:
    """What `grade list` shows of an assignment."""

    title: str
    exercises: frozenset[str]
    milestones: frozenset[tuple[str, str]] = frozenset()  # each by its exercise and its name


def outline_of(course: Course, assignment: str) -> Outline:
    """The outline, from the text of the reference or from the sealed exam; raises `ExamFileError` for a broken one."""
    if not course.has_reference(assignment):
        from autograder.exam import load_sealed_exam

        exam = load_sealed_exam(course.sealed_exam(assignment))
        sealed = {(exercise.name, one.name) for exercise in exam.exercises for one in exercise.milestones}
        return Outline(exam.title, frozenset(exercise.name for exercise in exam.exercises), frozenset(sealed))
    folder = course.reference(assignment)
    names: set[str] = set()
    milestones: set[tuple[str, str]] = set()
    for path in folder.rglob("*.py"):
        module = _parsed(path.read_bytes())
        names.update(_exercises(module))
        milestones.update(_milestones(module))
    title = ast.get_docstring(_parsed((folder / "__init__.py").read_bytes())) or assignment
    return Outline(title.partition("\n")[0].rstrip("."), frozenset(names), frozenset(milestones))


def _parsed(source: bytes) -> ast.Module:
    """The module; an empty one if it is not Python, which `grade lint` reports."""
    try:
        return parse(source.decode("utf-8-sig"))
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def _exercises(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            if any(_called(decorator) == DECORATOR for decorator in node.decorator_list):
                yield node.name
        elif isinstance(node, ast.Assign) and _called(node.value) == VARIABLE:
            call = node.value
            if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
                yield str(call.args[0].value)


def _milestones(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in module.body:
        for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
            first = decorator.args[0] if isinstance(decorator, ast.Call) and decorator.args else None
            if _called(decorator) == MILESTONE and isinstance(first, ast.Name) and isinstance(node, ast.FunctionDef):
                yield first.id, node.name


def _called(node: ast.expr) -> str:
    """The name of the function in a call."""
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
