"""Which exercises a save has touched, and what of them is graded first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from autograder.exam import only
from autograder.model import CheckResult, Exam, ExamCheck, ExamExercise, SourceFile, Submission
from autograder.submission import definition, files_defining


def in_order(exam: Exam, before: Submission | None, after: Submission, current: str) -> list[str]:
    """The exercises that a change may have touched; all of them if there was nothing before.

    Exercises whose definitions differ come first, then others in the changed files, then those in files that import a
    changed one. Among these, the current exercise comes first.
    """
    exercises = [(section.name, exercise.name) for section in exam.sections for exercise in section.exercises]
    if before is None:
        ranks: dict[str, int | None] = {name: 0 for _, name in exercises}
    else:
        change = _compare(before, after)
        ranks = {name: _rank(change, section, name) for section, name in exercises}
    ranked = [(rank, name != current, name) for name, rank in ranks.items() if rank is not None]
    return [name for *_, name in sorted(ranked, key=lambda entry: entry[:2])]


def wrong_checks_first(exam: Exam, name: str, known: Mapping[str, CheckResult]) -> Exam:
    """The exam with this exercise alone; the checks that were wrong come first, after the checks that they need."""
    alone = only(exam, [name])
    exercise = alone.exercises[0]
    wrong = {name for name, result in known.items() if result.verdict not in ("passed", "skipped")}
    first = _with_needs(exercise, wrong)
    checks = sorted(exercise.checks, key=lambda check: check.name not in first)
    section = replace(alone.sections[0], exercises=(replace(exercise, checks=tuple(checks)),))
    return replace(alone, sections=(section,))


@dataclass(frozen=True)
class _Change:
    """The files that differ, before and after, and the unchanged files that import one of them."""

    before: Submission
    after: Submission
    importing: Submission


def _compare(before: Submission, after: Submission) -> _Change:
    old = {file.name: file for file in before.files}
    new = {file.name: file for file in after.files}
    names = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    modules = {files[name].module for files in (old, new) for name in names if name in files}
    importing = [file for file in after.files if file.name not in names and _imports(file, modules)]
    return _Change(
        replace(before, files=tuple(file for file in before.files if file.name in names)),
        replace(after, files=tuple(file for file in after.files if file.name in names)),
        replace(after, files=tuple(importing)),
    )


def _rank(change: _Change, section: str, name: str) -> int | None:
    """0 if the definition differs, 1 if its file differs, 2 if its file imports one that differs, else None."""
    if files_defining(name, section, change.before) or files_defining(name, section, change.after):
        return 0 if _definitions(change.before, name) != _definitions(change.after, name) else 1
    return 2 if files_defining(name, section, change.importing) else None


def _definitions(work: Submission, name: str) -> dict[str, str]:
    """The text of the definition in each file that has one; nothing of a student's is parsed here."""
    texts = {file.name: definition(file, name) for file in work.files}
    return {file: text for file, text in texts.items() if text}


def _imports(file: SourceFile, modules: set[str]) -> bool:
    """Whether a file seems to import one of these modules."""
    words = "|".join(map(re.escape, modules))
    pattern = re.compile(rf"^\s*(?:from|import)\b.{{0,200}}\b(?:{words})\b", re.MULTILINE)
    return any(pattern.search(cell) for cell in file.cells)


def _with_needs(exercise: ExamExercise, names: set[str]) -> set[str]:
    """These checks, the checks that they need, and so on."""
    known: Mapping[str, ExamCheck] = {check.name: check for check in exercise.checks}
    found: set[str] = set()
    left = sorted(names)
    while left:
        name = left.pop()
        if name not in found and name in known:
            found.add(name)
            left += known[name].needs
    return found
