"""Wrong work of a class that nothing explains, grouped by equal answers; and hints that an instructor gives a group.

Two students are in a group if the same checks of an exercise fail with the same message, which names the first failing
call and what came. The place in the code, which a message may name as well, does not count, nor do the words of a
ValueError or AssertionError, which are mostly the student's own. Small differences of rounding do not separate
students, since messages show few digits. Code that was stopped, cannot be read or calls a stub gives no answers.

`hints.csv` in the folder of results gives hints to groups. Its columns are group and sentence.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.classroom.batch_file import ResultsError
from autograder.classroom.gradebook import Entry
from autograder.errors import Faults
from autograder.grading import gives_no_answers
from autograder.model import CheckResult, ExerciseResult
from autograder.submission import definition
from autograder.text import plural

HEADER = "group,sentence"
FILE = "hints.csv"
PLACE = re.compile(r"^\s*(?:called )?at .*, line \d+.*$", re.MULTILINE)
DOCSTRING = re.compile(r"^[ \t]*(\"\"\"|\'\'\').*?\1[ \t]*\n", re.DOTALL | re.MULTILINE)
ANSWERED = "failed", "raised"  # verdicts on wrong answers
OWN_WORDS = re.compile(r"raised (ValueError|AssertionError): .*", re.DOTALL)


@dataclass(frozen=True)
class Group:
    """Students with the same wrong answers to an exercise; `checks` are the failed checks of the first of them."""

    name: str
    exercise: str
    checks: tuple[CheckResult, ...]
    students: tuple[str, ...]
    sources: tuple[str, ...]  # the first two definitions that are not equal
    hint: str = ""

    @property
    def first(self) -> CheckResult:
        return self.checks[0]


def groups_of(entries: Sequence[Entry], hints: Mapping[str, str] | None = None) -> tuple[Group, ...]:
    """The groups of a class, the largest first, without work whose place was found; `hints` as `read_hints` gives."""
    found: dict[str, list[tuple[Entry, ExerciseResult]]] = {}
    for entry in entries:
        for result in _results(entry):
            if not (result.repair and result.repair.edits) and (name := group_name(result)):
                found.setdefault(name, []).append((entry, result))
    groups = [
        Group(
            name=name,
            exercise=rows[0][1].name,
            checks=_unexplained(rows[0][1]),
            students=tuple(entry.student.key for entry, _ in rows),
            sources=_sources(rows),
            hint=(hints or {}).get(name, ""),
        )
        for name, rows in found.items()
    ]
    return tuple(sorted(groups, key=lambda group: (-len(group.students), group.exercise, group.name)))


def count_without_answers(entries: Sequence[Entry]) -> int:
    """How many exercises of students are in no group because their code gives no answers."""
    written = [result for entry in entries for result in _results(entry) if _is_written(result)]
    return sum(gives_no_answers(result) or _is_only_stopped(result) for result in written)


def _is_only_stopped(result: ExerciseResult) -> bool:
    verdicts = {check.verdict for check in result.checks}
    return "stopped" in verdicts and verdicts.isdisjoint(ANSWERED)


def group_name(result: ExerciseResult) -> str:
    """The name of the group that a result belongs to, the same in each class; empty if it is right or explained."""
    checks = _unexplained(result)
    if not checks:
        return ""
    parts = [result.name, *(f"{check.name}\n{check.verdict}\n{_answer(check.feedback)}" for check in checks)]
    return hashlib.sha256("\n\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:8]


def _answer(feedback: str) -> str:
    return OWN_WORDS.sub(r"raised \1", PLACE.sub("", feedback)).strip()


def read_hints(folder: Path) -> dict[str, str]:
    """The sentence for each group; raise ResultsError with the lines of all that cannot be used."""
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        raise ResultsError(f"{path} is not UTF-8 text") from None
    except OSError as error:
        raise ResultsError(f"{path} cannot be read: {error.strerror}") from None
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    hints: dict[str, str] = {}
    faults = Faults()
    for line, row in _rows(path, text, delimiter):
        cells = [cell.strip() for cell in row]
        if line == 1 and [cell.lower() for cell in cells] != HEADER.split(","):
            raise ResultsError(f"{path}, line 1: the first line must name the columns: {HEADER}")
        if line == 1 or not any(cells):
            continue
        if len(cells) != 2 or not all(cells):
            faults.add(
                f"{path}, line {line}: a hint needs a group and a sentence; a sentence with {delimiter!r} stands in "
                "double quotes"
            )
            continue
        group = cells[0].lower()
        if group in hints:
            faults.add(f"{path}, line {line}: the group {group} has a hint already")
        hints[group] = cells[1]
    faults.report(ResultsError)
    return hints


def _rows(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the numbers of their last lines."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        raise ResultsError(f"{path}, line {rows.line_num}: {error}") from None


def unused_hints(entries: Sequence[Entry], hints: Mapping[str, str]) -> list[str]:
    """The groups with a hint that nobody is in."""
    return sorted(set(hints) - {group_name(result) for entry in entries for result in _results(entry)})


def with_hints(entry: Entry, hints: Mapping[str, str]) -> Entry:
    """The entry with the instructor's hint at the first failed check of each exercise whose group has one."""
    if entry.grade is None or not hints:
        return entry
    sections = tuple(
        replace(section, exercises=tuple(_with_hint(result, hints) for result in section.exercises))
        for section in entry.grade.sections
    )
    return replace(entry, grade=replace(entry.grade, sections=sections))


def misconception_stub(group: Group) -> str:
    """The beginning of a misconception for the reference, from what the first student of the group wrote."""
    source = group.sources[0] if group.sources else f"def {group.exercise}():\n    ...\n"
    renamed = re.sub(
        rf"^(\s*(?:async\s+)?(?:def|class)\s+){re.escape(group.exercise)}\b",
        rf"\g<1>{group.exercise.lower()}_{group.name}",
        source,
        count=1,
        flags=re.MULTILINE,
    )
    return (
        f"# {plural(len(group.students), 'student')} gave these answers. Give it a name, write the hint as its\n"
        "# docstring, and leave out what has nothing to do with the mistake.\n"
        f"@misconception({group.exercise})\n{renamed}"
    )


def _results(entry: Entry) -> Iterator[ExerciseResult]:
    for section in entry.grade.sections if entry.grade else ():
        yield from section.exercises


def _unexplained(result: ExerciseResult) -> tuple[CheckResult, ...]:
    """The checks with wrong answers that no hint explains; none if it was not started or a hint is there."""
    if not _is_written(result) or gives_no_answers(result):
        return ()
    wrong = [check for check in result.checks if check.verdict in ANSWERED]
    return () if any(check.hint for check in wrong) else tuple(wrong)


def _is_written(result: ExerciseResult) -> bool:
    return bool(result.file) and not result.not_started


def _with_hint(result: ExerciseResult, hints: Mapping[str, str]) -> ExerciseResult:
    sentence = hints.get(group_name(result), "")
    if not sentence:
        return result
    first = _unexplained(result)[0]
    checks = tuple(replace(check, hint=sentence) if check is first else check for check in result.checks)
    return replace(result, checks=checks)


def _sources(rows: Sequence[tuple[Entry, ExerciseResult]]) -> tuple[str, ...]:
    """The definitions of the first two students that differ, without the docstring of the stub."""
    found: dict[str, None] = {}
    for entry, result in rows:
        file = next((one for one in entry.sources if one.name == result.file), None)
        source = definition(file, result.name)
        if source:
            found[DOCSTRING.sub("", source, count=1)] = None
        if len(found) == 2:
            break
    return tuple(found)
