"""Where a small change makes all checks pass: a sentence, and the line of code with the place underlined."""

from __future__ import annotations

from autograder.model import ExerciseResult, Grade, Repair
from autograder.text import clean

LONGEST = 90  # characters of a line of code


def repaired_exercises(grade: Grade) -> list[tuple[ExerciseResult, Repair]]:
    """The exercises for which a place was found."""
    results = (exercise for section in grade.sections for exercise in section.exercises)
    return [(result, result.repair) for result in results if result.repair is not None]


def repair_sentence(result: ExerciseResult) -> str:
    """What is known of the place; empty if none was found."""
    repair = result.repair
    if repair is None:
        return ""
    trains = any(check.attempts or "training" in check.title for check in result.checks if check.verdict == "skipped")
    which = "all checks that need no training pass" if trains else "all checks pass"
    if repair.edits == 1:
        return f"{clean(repair.file)}, line {repair.line}: with one small change here, {which}"
    return f"{clean(repair.file)}, line {repair.line}: with two small changes, the first one here, {which}"


def underlined(repair: Repair) -> tuple[str, str]:
    """The line of code without its indentation, and carets below the place; no carets if it is the whole line."""
    code = clean(repair.code.rstrip())
    indent = len(code) - len(code.lstrip())
    if repair.stop > repair.start >= indent and len(code) == len(repair.code.rstrip()):
        start, stop = repair.start - indent, repair.stop - indent
        code = code[indent:]
        cut = max(0, stop - LONGEST)
        if not cut or start > cut:
            return code[cut : cut + LONGEST], f"{' ' * (start - cut)}{'^' * (stop - start)}"
    return code.strip()[:LONGEST], ""
