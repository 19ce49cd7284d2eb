"""The folder of a batch's results: one canonical JSON per student, from which everything else can be made again.

batch.json            the exam's seed and digest, and what was asked for
batch.exam            the exam itself, for resuming and for appeals
students/KEY.json     the grade of one student, written beside and then renamed
sources/KEY.json      the files as they were graded
output/KEY.json       what the student's code printed, by file
overrides.csv         points that a person gives: student, exercise (or nothing for the whole), points, reason
gone/                 results of students who are no longer among the submissions
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.classroom.file_names import file_name
from autograder.classroom.gradebook import Entry, Gradebook, Override, Student
from autograder.errors import UserError
from autograder.files import write_beside
from autograder.grade_json import NotAGradeError, from_json, tell
from autograder.model import Exam, SourceFile

SCHEMA = 1
FOLDERS = ("students", "sources", "output", "gone")
SPACE = 200 << 20  # bytes that must be free before work starts


class ResultsError(UserError):
    """The folder of results cannot be used; one sentence."""


@dataclass(frozen=True)
class Batch:
    """What a batch is graded with; another exam or other wishes make another batch of it."""

    assignment: str
    title: str
    seed: int
    digest: str
    training: bool
    points: float
    exercises: tuple[tuple[str, float], ...]

    @property
    def fingerprint(self) -> str:
        """What a grade depends on besides the submission."""
        return f"{self.digest} {'with' if self.training else 'without'} training"


@dataclass(frozen=True)
class StoredResult:
    """A result that is there: the entry, and which submission and exam it is of."""

    entry: Entry
    submission: str
    fingerprint: str


def batch_of(exam: Exam, training: bool) -> Batch:
    """What this exam is as a batch."""
    points = sum(exercise.points for section in exam.sections if not section.extra for exercise in section.exercises)
    exercises = tuple((exercise.name, exercise.points) for exercise in exam.exercises)
    return Batch(exam.assignment, exam.title, exam.seed, exam.digest, training, points, exercises)


def create_results_folder(folder: Path) -> None:
    """Make the folder, or refuse one that is something else, cannot be written, or lies on a full disk."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "batch.json").exists() and _foreign(folder):
        raise ResultsError(f"{folder} holds other things than results; name an empty folder or a new one")
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        if not (folder / "overrides.csv").exists():
            write_beside(folder / "overrides.csv", b"student,exercise,points,reason\n")
    except OSError as error:
        raise ResultsError(f"{folder} cannot be written: {error.strerror}") from None
    if shutil.disk_usage(folder).free < SPACE:
        raise ResultsError(f"Less than {SPACE >> 20} MB are free where {folder} is; make room first")


@contextlib.contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Nobody else works in this folder meanwhile; the lock goes with the process, however that ends."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    try:
        file = (folder / "batch.lock").open("w")
    except OSError as error:
        raise ResultsError(f"{folder} cannot be written: {error.strerror}") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ResultsError(f"Another grade batch is working in {folder}") from None
        yield


def remove_leftovers(folder: Path) -> None:
    """Remove what a run that was killed has half written; only for who holds the lock."""
    for left in [*folder.glob(".*.*"), *(path for name in FOLDERS for path in (folder / name).glob(".*"))]:
        with contextlib.suppress(OSError):
            left.unlink()


def write_batch(folder: Path, batch: Batch) -> None:
    """Remember what is graded with."""
    told = {"schema": SCHEMA, **vars(batch), "exercises": dict(batch.exercises)}
    write_beside(folder / "batch.json", (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode())


def read_batch(folder: Path) -> Batch | None:
    """What was graded with, None if nothing was; ResultsError if it cannot be read."""
    try:
        told = json.loads((folder / "batch.json").read_text(encoding="utf-8"))
        if told.pop("schema") != SCHEMA:
            raise ResultsError(f"{folder} was made by another version of torchgrade")
        exercises = tuple((str(name), float(points)) for name, points in told.pop("exercises").items())
        return Batch(**told, exercises=exercises)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResultsError(f"{folder / 'batch.json'} cannot be read: {error}") from None


def write_entry(folder: Path, entry: Entry, submission: str, fingerprint: str) -> None:
    """Write the result of one student; the grade is the last to be there."""
    name = file_name(entry.student.key)
    output = dict(entry.grade.output) if entry.grade else {}
    sources = {file.name: list(file.cells) for file in entry.sources}
    write_beside(folder / "sources" / f"{name}.json", _dump(sources), lasting=False)
    write_beside(folder / "output" / f"{name}.json", _dump(output), lasting=False)
    grade = {**tell(entry.grade), "output": {}} if entry.grade else None
    told = {
        "schema": SCHEMA,
        "student": vars(entry.student),
        "state": entry.state,
        "problem": entry.problem,
        "submission": submission,
        "exam": fingerprint,
        "grade": grade,
    }
    write_beside(folder / "students" / f"{name}.json", _dump(told))


def read_entries(folder: Path) -> dict[str, StoredResult]:
    """The results that are there, by key; one that cannot be read counts as not there."""
    kept = {}
    for path in sorted((folder / "students").glob("*.json")):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, NotAGradeError):
            one = _read_entry(folder, path)
            kept[one.entry.student.key] = one
    return kept


def set_aside(folder: Path, key: str) -> None:
    """Move the result of a student who is no longer among the submissions to `gone/`."""
    name = file_name(key)
    for part in ("students", "sources", "output"):
        with contextlib.suppress(FileNotFoundError):
            (folder / part / f"{name}.json").replace(folder / "gone" / f"{name}-{part}.json")


def read_overrides(folder: Path, batch: Batch) -> Mapping[str, tuple[Override, ...]]:
    """The overrides by student; ResultsError with the line of one that cannot be applied."""
    path = folder / "overrides.csv"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ResultsError(f"{path} cannot be read: {error}") from None
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=text.partition("\n")[0].count))
    columns = {str(name).strip().lower() for name in rows.fieldnames or ()}
    if columns and not {"student", "points", "reason"} <= columns:
        raise ResultsError(f"{path}, line 1: the first line names the columns: student,exercise,points,reason")
    found: dict[str, tuple[Override, ...]] = {}
    known = {name for name, _ in batch.exercises}
    for row in rows:
        cell = {str(name).strip().lower(): str(value or "").strip() for name, value in row.items()}
        if not any(cell.values()):
            continue
        place = f"{path}, line {rows.line_num}"
        student, exercise, reason = (cell.get(name, "") for name in ("student", "exercise", "reason"))
        try:
            points = float(cell.get("points", "").replace(",", "."))
        except ValueError:
            raise ResultsError(f"{place}: the points are not a number") from None
        if not 0 <= points < float("inf"):
            raise ResultsError(f"{place}: points are not negative")
        if not student or not reason:
            raise ResultsError(f"{place}: an override names a student and a reason")
        if exercise and exercise not in known:
            raise ResultsError(f"{place}: there is no exercise {exercise!r}; there are {', '.join(sorted(known))}")
        found[student] = (*found.get(student, ()), Override(exercise, points, reason))
    return found


def read_gradebook(folder: Path, with_overrides: bool = True) -> Gradebook:
    """All results of a folder as a gradebook; ResultsError if there is none, or if an override cannot be applied."""
    batch = read_batch(folder)
    if batch is None:
        raise ResultsError(f"{folder} holds no results of grade batch")
    overrides = read_overrides(folder, batch) if with_overrides else {}
    kept = read_entries(folder)
    if unknown := sorted(set(overrides) - set(kept)):
        raise ResultsError(f"{folder / 'overrides.csv'} names {unknown[0]!r}, of whom there is no result")
    entries = []
    for key, one in sorted(kept.items()):
        entry = replace(one.entry, overrides=overrides.get(key, ()))
        entries.append(replace(entry, sources=_sources(folder, key)))
    tiers = {entry.grade.isolation.tier for entry in entries if entry.grade}
    isolation = ", ".join(sorted(tiers))
    return Gradebook(
        assignment=batch.assignment,
        title=batch.title,
        points=batch.points,
        exercises=batch.exercises,
        entries=tuple(entries),
        seed=batch.seed,
        digest=batch.digest,
        isolation=isolation,
    )


def _read_entry(folder: Path, path: Path) -> StoredResult:
    told = json.loads(path.read_text(encoding="utf-8"))
    if told["schema"] != SCHEMA:
        raise ValueError("another schema")
    if not (folder / "sources" / path.name).stat().st_size:
        raise ValueError("the files were lost in a power cut")
    grade = None
    if told["grade"] is not None:
        output = json.loads((folder / "output" / path.name).read_text(encoding="utf-8"))
        grade = replace(from_json(json.dumps(told["grade"])), output=output)
    entry = Entry(Student(**told["student"]), told["state"], grade, told["problem"])
    return StoredResult(entry, str(told["submission"]), str(told["exam"]))


def _sources(folder: Path, key: str) -> tuple[SourceFile, ...]:
    try:
        told = json.loads((folder / "sources" / f"{file_name(key)}.json").read_text(encoding="utf-8"))
        return tuple(SourceFile(name, tuple(cells)) for name, cells in told.items())
    except (OSError, ValueError, AttributeError):
        return ()


def _dump(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=True) + "\n").encode()


def _foreign(folder: Path) -> bool:
    """Whether a folder holds anything that a batch does not make."""
    ours = {*FOLDERS, "overrides.csv", "batch.lock", "batch.exam"}
    return any(path.name not in ours and not path.name.startswith(".") for path in folder.iterdir())
