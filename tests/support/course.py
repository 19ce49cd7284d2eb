"""The course under test: its folders, its solutions, and the submissions whose verdicts are known."""

from __future__ import annotations

from pathlib import Path

from autograder.course import Course

ROOT = Path(__file__).parents[2]
COURSE = Course(ROOT)
EXERCISES = ROOT / "exercises/exercise3"
SOLUTIONS = ROOT / "solutions/exercise3"
SUBMISSIONS = ROOT / "tests/submissions"
HALF_RIGHT = SUBMISSIONS / "failed/half_right"


def solution(section: str) -> str:
    return (SOLUTIONS / f"{section}.py").read_text(encoding="utf-8")


def changed(section: str, *changes: tuple[str, str]) -> str:
    """The solution of a section, with each old text replaced by the new one; every old text must be there."""
    text = solution(section)
    for old, new in changes:
        assert old in text, f"{old!r} is not in {section}.py"
        text = text.replace(old, new)
    return text
