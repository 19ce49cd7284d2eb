"""The folder of a batch's results: one JSON file per student, from which every report can be made again.

batch.json            the exam's seed and digest, and the options of the batch
batch.exam            the exam itself, for later runs and for appeals
students/KEY.json     the grade of one student
sources/KEY.json      the files as they were graded
output/KEY.json       what the student's code printed, by file
overrides.csv         points that a person gives instead of the grader
comments.csv          what a person writes to students
course.toml           the policy for late work, weights and scale
hints.csv             hints that a person gives to groups of students
roster.json           who takes the course, from the last --roster
gone/                 results of students who are no longer among the submissions
last_run.json         whose points the last run changed
manifest.json         the SHA-256 of all these files
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypedDict

from autograder.classroom.batch_file import Batch, ResultsError, batch_of, read_batch
from autograder.classroom.comments import read_comments
from autograder.classroom.file_names import file_name
from autograder.classroom.gradebook import Entry, Gradebook, State, Student
from autograder.classroom.groups import read_hints, unused_hints, with_hints
from autograder.classroom.last_run import read_last_run
from autograder.classroom.overrides import HEADER, read_overrides
from autograder.classroom.policy import sections_of, with_policy
from autograder.classroom.policy_file import CourseFile
from autograder.classroom.results_policy import asked_exam, policy_of, with_policy_of_results
from autograder.classroom.stored_uploads import hand_in_fields, read_hand_in, read_upload, upload_fields
from autograder.files import write_atomically
from autograder.grade_json import NotAGradeError, from_json, grade_data
from autograder.model import Exam, SourceFile

SCHEMA = 1
FOLDERS = ("students", "sources", "output", "gone")
FREE_SPACE = 200 << 20  # bytes that must be free before grading starts


@dataclass(frozen=True)
class StoredResult:
    """A gradebook entry as stored; `submission` is the digest of the files, `fingerprint` that of the batch.

    `searched` says whether the places of its mistakes were looked for. `machine` holds the versions and the processor
    with which it was graded; earlier versions of torchgrade stored none.
    """

    entry: Entry
    submission: str
    fingerprint: str
    searched: bool = False
    machine: Mapping[str, str] = field(default_factory=dict)


class StudentFields(TypedDict):
    """A `Student` as JSON."""

    key: str
    name: str
    number: str
    mail: str
    participant: str


class ResultFields(TypedDict):
    """The content of `students/KEY.json`; `exam` is the fingerprint of the batch, and `grade` has no output."""

    schema: int
    student: StudentFields
    state: State
    problem: str
    came_as: Sequence[str]  # not in versions before 0.4
    handed_in: Mapping[str, str] | None  # `time` and `source`; not in versions before 0.4
    uploads: Sequence[Mapping[str, Any]]  # empty unless the best of several counts; not in versions before 0.4
    graded_at: str  # UTC; not in versions before 0.4
    submission: str
    exam: str
    searched: bool  # not in versions before 0.4
    machine: Mapping[str, str]  # not in versions before 0.4
    grade: Mapping[str, Any] | None  # read and written by `grade_json`


def create_results_folder(folder: Path) -> None:
    """Create the folder; raise ResultsError if it holds other files, cannot be written, or its disk is full."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "batch.json").exists() and _has_other_files(folder):
        raise ResultsError(f"{folder} holds other files than results; name an empty folder or a new one")
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        if not (folder / "overrides.csv").exists():
            write_atomically(folder / "overrides.csv", f"{HEADER}\n".encode())
    except OSError as error:
        raise ResultsError(f"{folder} cannot be written: {error.strerror}") from None
    if shutil.disk_usage(folder).free < FREE_SPACE:
        raise ResultsError(f"Less than {FREE_SPACE >> 20} MB are free on the disk of {folder}; make room first")


@contextlib.contextmanager
def lock_results(folder: Path) -> Iterator[None]:
    """Keep other batches out of the folder; the system releases the lock when this process ends."""
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


def remove_partial_files(folder: Path) -> None:
    """Remove files that a killed run did not finish; call this only with the lock held."""
    for partial in [*folder.glob(".*.*"), *(path for name in FOLDERS for path in (folder / name).glob(".*"))]:
        with contextlib.suppress(OSError):
            partial.unlink()


def write_entry(folder: Path, result: StoredResult) -> None:
    """Write the result of one student; the file in `students/` comes last, because it makes the result valid."""
    entry = result.entry
    name = file_name(entry.student.key)
    output = dict(entry.grade.output) if entry.grade else {}
    sources = {file.name: list(file.cells) for file in entry.sources}
    write_atomically(folder / "sources" / f"{name}.json", _json_bytes(sources), durable=False)
    write_atomically(folder / "output" / f"{name}.json", _json_bytes(output), durable=False)
    student = entry.student
    fields: ResultFields = {
        "schema": SCHEMA,
        "student": {
            "key": student.key,
            "name": student.name,
            "number": student.number,
            "mail": student.mail,
            "participant": student.participant,
        },
        "state": entry.state,
        "problem": entry.problem,
        "came_as": list(entry.came_as),
        "handed_in": hand_in_fields(entry.handed_in),
        "graded_at": entry.graded_at,
        "uploads": [upload_fields(one) for one in entry.uploads],
        "submission": result.submission,
        "exam": result.fingerprint,
        "searched": result.searched,
        "machine": dict(result.machine),
        "grade": {**grade_data(entry.grade), "output": {}} if entry.grade else None,
    }
    write_atomically(folder / "students" / f"{name}.json", _json_bytes(fields))


def read_entries(folder: Path) -> dict[str, StoredResult]:
    """Read the stored results by student key; skip files that cannot be read."""
    results = {}
    for path in sorted((folder / "students").glob("*.json")):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, NotAGradeError):
            result = _read_entry(folder, path)
            results[result.entry.student.key] = result
    return results


def move_to_gone(folder: Path, key: str) -> None:
    """Move the result of a student who is no longer among the submissions to `gone/`."""
    name = file_name(key)
    for part in ("students", "sources", "output"):
        with contextlib.suppress(FileNotFoundError):
            (folder / part / f"{name}.json").replace(folder / "gone" / f"{name}-{part}.json")


def read_gradebook(folder: Path, with_overrides: bool = True, course_file: CourseFile | None = None) -> Gradebook:
    """Read all results of a folder; raise UserError if it has none, or if what a person wrote there cannot be applied.

    Without `with_overrides`, it is what the grader gave, without comments, hints of `hints.csv` and a policy.
    `course_file` is the policy to apply instead of the stored one.
    """
    batch = read_batch(folder)
    if batch is None:
        raise ResultsError(f"{folder} holds no results of grade batch")
    results = read_entries(folder)
    people = {key: result.entry.student for key, result in results.items()}
    overrides = read_overrides(folder, batch, people) if with_overrides else {}
    comments = read_comments(folder, batch, people) if with_overrides else {}
    hints = read_hints(folder) if with_overrides else {}
    entries = [
        replace(
            with_hints(result.entry, hints),
            overrides=overrides.get(key, ()),
            comments=comments.get(key, ()),
            sources=read_sources(folder, key),
        )
        for key, result in sorted(results.items())
    ]
    unused = unused_hints([result.entry for result in results.values()], hints)
    tiers = {entry.grade.isolation.tier for entry in entries if entry.grade}
    exam = None if batch.training else asked_exam(folder, training=True)
    gradebook = Gradebook(
        assignment=batch.assignment,
        title=batch.title,
        points=batch.points,
        exercises=batch.exercises,
        entries=tuple(entries),
        seed=batch.seed,
        digest=batch.digest,
        isolation=", ".join(sorted(tiers)),
        training=batch.training,
        last_run=read_last_run(folder),
        full_points=batch_of(exam, training=True).points if exam else None,
        notes=(f"hints.csv has hints for groups that nobody is in: {', '.join(unused)}",) if unused else (),
    )
    return with_policy_of_results(gradebook, folder, batch, course_file) if with_overrides else gradebook


def gradebook_of_entries(
    folder: Path, batch: Batch, exam: Exam, entries: Sequence[Entry], course_file: CourseFile | None
) -> Gradebook:
    """The gradebook with these entries, the overrides in the folder and this policy; nothing of it need be stored."""
    people = {entry.student.key: entry.student for entry in entries}
    overrides = read_overrides(folder, batch, people)
    entries = [replace(entry, overrides=overrides.get(entry.student.key, ())) for entry in entries]
    book = Gradebook(batch.assignment, batch.title, batch.points, batch.exercises, tuple(entries))
    if course_file is None:
        return book
    policy, _ = policy_of(course_file, batch.assignment, people, sections_of(exam), folder, False)
    return with_policy(book, policy, sections_of(exam)) if policy else book


def _read_entry(folder: Path, path: Path) -> StoredResult:
    fields: ResultFields = json.loads(path.read_text(encoding="utf-8"))
    if fields["schema"] != SCHEMA:
        raise ValueError("another schema")
    if not (folder / "sources" / path.name).stat().st_size:
        raise ValueError("a power cut lost the files")
    grade = None
    if fields["grade"] is not None:
        output = json.loads((folder / "output" / path.name).read_text(encoding="utf-8"))
        grade = replace(from_json(json.dumps(fields["grade"])), output=output)
    came_as = tuple(str(name) for name in fields.get("came_as", ()))
    student, handed_in = Student(**fields["student"]), read_hand_in(fields.get("handed_in"))
    entry = Entry(student, fields["state"], grade, fields["problem"], came_as=came_as, handed_in=handed_in)
    uploads = tuple(map(read_upload, fields.get("uploads", ())))
    entry = replace(entry, graded_at=str(fields.get("graded_at", "")), uploads=uploads)
    machine = {str(name): str(value) for name, value in fields.get("machine", {}).items()}
    return StoredResult(entry, str(fields["submission"]), str(fields["exam"]), fields.get("searched") is True, machine)


def read_sources(folder: Path, key: str) -> tuple[SourceFile, ...]:
    """The files of a student as they were graded; none if they cannot be read."""
    try:
        cells_by_file = json.loads((folder / "sources" / f"{file_name(key)}.json").read_text(encoding="utf-8"))
        return tuple(SourceFile(name, tuple(cells)) for name, cells in cells_by_file.items())
    except (OSError, ValueError, AttributeError):
        return ()


def _json_bytes(value: object) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=True) + "\n").encode()


def _has_other_files(folder: Path) -> bool:
    """Whether a folder holds a file that no batch makes."""
    ours = {
        *FOLDERS,
        "overrides.csv",
        "hints.csv",
        "batch.lock",
        "batch.exam",
        "manifest.json",
        "roster.json",
        "course.toml",
        "last_run.json",
        "comments.csv",
    }
    return any(path.name not in ours and not path.name.startswith(".") for path in folder.iterdir())
