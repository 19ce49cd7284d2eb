"""What a save asks to be graded, and in which order: what has changed first, and in it what was wrong before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from autograder.exam import only
from autograder.model import CheckResult, Exam, ExamCheck, ExamExercise, SourceFile, Submission
from autograder.submission import definition, find_files


def in_order(exam: Exam, before: Submission | None, after: Submission, current: str) -> list[str]:
    """The exercises that a change may have touched: first those whose definitions differ, then others in the changed
    files, then those in files that import a changed one; of equals the current one first.

    Without anything before it is all of them.
    """
    names = [exercise.name for exercise in exam.exercises]
    if before is None:
        return sorted(names, key=lambda name: name != current)
    old = {file.name: file for file in before.files}
    new = {file.name: file for file in after.files}
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    modules = {one[name].module for one in (old, new) for name in changed if name in one}
    touched = {name for file in changed for name in _touched(names, old.get(file), new.get(file))}
    parts = [replace(work, files=tuple(f for f in work.files if f.name in changed)) for work in (before, after)]
    others = [file for file in after.files if file.name not in changed and _names(file, modules)]
    ranked: list[tuple[int, str]] = []
    for section in exam.sections:
        for exercise in section.exercises:
            if any(find_files(exercise.name, section.name, part) for part in parts):
                ranked.append((0 if exercise.name in touched else 1, exercise.name))
            elif any(file in others for file in (find_files(exercise.name, section.name, after) if others else ())):
                ranked.append((2, exercise.name))
    return [name for _, name in sorted(ranked, key=lambda pair: (pair[0], pair[1] != current))]


def wrong_first(exam: Exam, name: str, known: Mapping[str, CheckResult]) -> Exam:
    """The exam with this exercise alone: the checks that were wrong come first, behind what they need."""
    asked = only(exam, [name])
    exercise = asked.exercises[0]
    wrong = {name for name, result in known.items() if result.verdict not in ("passed", "skipped")}
    first = _with_needs(exercise, wrong)
    checks = sorted(exercise.checks, key=lambda check: check.name not in first)
    section = replace(asked.sections[0], exercises=(replace(exercise, checks=tuple(checks)),))
    return replace(asked, sections=(section,))


def _with_needs(exercise: ExamExercise, names: set[str]) -> set[str]:
    """These checks and, as deep as it goes, those that they need."""
    known: Mapping[str, ExamCheck] = {check.name: check for check in exercise.checks}
    found: set[str] = set()
    left = sorted(names)
    while left:
        name = left.pop()
        if name not in found and name in known:
            found.add(name)
            left += known[name].needs
    return found


def _touched(names: Iterable[str], old: SourceFile | None, new: SourceFile | None) -> set[str]:
    """The exercises whose definitions differ; line by line, since nothing of a student's is parsed here."""
    return {name for name in names if definition(old, name) != definition(new, name)}


def _names(file: SourceFile, modules: set[str]) -> bool:
    """Whether a file seems to import one of these modules."""
    words = "|".join(map(re.escape, modules))
    pattern = re.compile(rf"^\s*(?:from|import)\b.{{0,200}}\b(?:{words})\b", re.MULTILINE)
    return any(pattern.search(cell) for cell in file.cells)
