"""The misconceptions of exercise3 as submissions: the wrong implementation under the exercise's name."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

from autograder.author.reading import read_reference
from autograder.edits import replace_in_source
from tests.support.course import COURSE

SECTIONS = read_reference(COURSE, "exercise3").sections
MISCONCEPTIONS = [
    (section.name, misconception.exercise.name, misconception.name)
    for section in SECTIONS
    for misconception in section.misconceptions
]
FOUND = {
    (name, one.exercise.name, one.name): one for name, one in ((s.name, m) for s in SECTIONS for m in s.misconceptions)
}
AUTHOR = """
class _Marked:
    def __init__(self, thing):
        self.right = self.wrong = thing

    def __call__(self, *args, **kwargs):
        return self.right(*args, **kwargs)


class _Word:
    def __call__(self, *args, **kwargs):
        return self


def reference(**settings):
    return _Marked


def check(exercise, **settings):
    return lambda cases: cases


misconception = alternative = lambda exercise: _Marked
mistake = mistakes = network = lambda *args, **settings: ()
"""
DEFINED = "reference", "check", "misconception", "alternative", "mistake", "mistakes", "network"


def as_student_code(path: Path) -> str:
    """A module of the reference with the author's words replaced by ones that only mark things."""
    text = path.read_text(encoding="utf-8")
    for node in reversed(ast.parse(text).body):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("autograder", "probes", "judging")):
            words = [f"{alias.name} = _Word()" for alias in node.names if alias.name not in DEFINED]
            lines = text.splitlines()
            lines[node.lineno - 1 : node.end_lineno] = [AUTHOR, *words]
            text = "\n".join(lines)
    return text


REFERENCE = COURSE.reference("exercise3")
KEY = {
    f"key/{path.relative_to(REFERENCE).as_posix()}": as_student_code(path)
    for path in sorted(REFERENCE.rglob("*.py"))
    if not {"probes", "data", "judging.py"} & {*path.relative_to(REFERENCE).parts}
}


def submission(section: str, exercise: str, misconception: str) -> dict[str, str]:
    """A file that hands in the wrong implementation under the exercise's name, and the key it is taken from."""
    wrong = FOUND[section, exercise, misconception]
    module = ".".join(wrong.exercise.right.__module__.split(".")[1:])
    lines = [f"import key.{module} as module", "globals().update(vars(module))"]
    if wrong.changes is None:
        lines.append(f"{exercise} = module.{misconception}.wrong")
    else:
        source = inspect.getsource(wrong.exercise.right)
        source = source[re.search(r"^(def|class) ", source, re.MULTILINE).start() :]  # type: ignore[union-attr]  # it is there
        lines.append(replace_in_source(source, wrong.changes, everywhere=wrong.everywhere))
    lines.append(f"{exercise}.__name__ = {exercise}.__qualname__ = {exercise!r}")
    return {f"{section}.py": "\n".join(lines), **KEY}
