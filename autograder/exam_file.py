"""Saves exams as one frame of plain data, loads them without torch, and keeps a cache of those that were built."""

from __future__ import annotations

import contextlib
import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from autograder.course import Course
from autograder.exam import build_exam
from autograder.files import write_beside
from autograder.model import (
    Answer,
    Exam,
    ExamCheck,
    ExamExercise,
    ExamMisconception,
    ExamSection,
    Item,
    Question,
    Raised,
    Returned,
    Stopped,
)
from autograder.sandbox.inside import wire

SCHEMA = 1
CACHED = 12  # exams that are kept in the cache; one takes some 20 MB
PACKED = b"tgz1"  # begins an exam that is compressed, as those are that are handed out: to a third
LARGEST = 1 << 30  # bytes of an exam when it is unpacked
ANSWERS = {"returned": Returned, "raised": Raised, "stopped": Stopped}


class ExamFileError(Exception):
    """A file that is no exam, or of another version of torchgrade."""


def exam_for(course: Course, assignment: str, seed: int, data: Path | None = None) -> Exam:
    """The exam of this reference, seed and data folder: from the cache, or built and put there.

    Where there is no reference it is the sealed exam, whose questions are drawn already; or `ExamFileError`.
    """
    if not course.has_reference(assignment):
        return sealed_exam(course.sealed(assignment))
    digest, versions = _identity(course, assignment, seed, data)
    path = cache_folder() / f"{assignment}-{digest[:32]}.exam"
    with contextlib.suppress(OSError, ExamFileError):
        exam = load_exam(path)
        if exam.digest == digest:
            return exam
    exam = build_exam(course, assignment, seed, digest, versions, data)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        save_exam(exam, path)
        _prune(path.parent)
    return exam


def sealed_exam(path: Path) -> Exam:
    """The exam in a file that was handed out; raises `ExamFileError` with what to do if it cannot be used."""
    try:
        exam = load_exam(path)
    except OSError as error:
        raise ExamFileError(f"{path} cannot be read: {error.strerror}.") from None
    if not exam.sealed or exam.assignment != path.stem:
        raise ExamFileError(f"{path} is not the sealed exam of {path.stem}; ask your instructor for it.")
    made, own = str(exam.versions.get("torchgrade", "0")), metadata.version("torchgrade")
    if made.split(".")[:2] != own.split(".")[:2]:
        wanted = ".".join(made.split(".")[:2])
        raise ExamFileError(
            f"{path} was made by torchgrade {made}, and this is torchgrade {own}, which may grade otherwise: "
            f"pip install 'torchgrade=={wanted}.*', or get the exam anew."
        )
    return exam


def seal(exam: Exam) -> Exam:
    """The exam as it may be handed out: without the hidden checks and what is known of wrong answers to them."""
    return replace(exam, sections=tuple(map(_sealed_section, exam.sections)), sealed=True)


def exam_digest(course: Course, assignment: str, seed: int, data: Path | None = None) -> str:
    """The digest that an exam of this reference, seed and data folder has."""
    return _identity(course, assignment, seed, data)[0]


def save_exam(exam: Exam, path: Path) -> None:
    """Write the exam to a file."""
    write_beside(path, exam_bytes(exam))


def load_exam(path: Path) -> Exam:
    """The exam in a file; raises `ExamFileError` if it is none of this version, `OSError` if it cannot be read."""
    return exam_of(path.read_bytes(), str(path))


def exam_bytes(exam: Exam) -> bytes:
    """The exam as one frame."""
    return wire.encode(_tell(exam))


def sealed_bytes(exam: Exam, stubs: Mapping[str, str]) -> bytes:
    """The file that is handed out: the sealed exam, with the stubs in it, file name -> text."""
    return PACKED + zlib.compress(exam_bytes(replace(seal(exam), stubs=stubs)))


def exam_of(frame: bytes, source: str) -> Exam:
    """The exam in a frame that came from `source`; raises `ExamFileError` if it is none of this version."""
    try:
        told = wire.decode(_unpacked(frame))
        if told["schema"] != SCHEMA:
            made, own = told["versions"]["torchgrade"], metadata.version("torchgrade")
            raise ExamFileError(f"{source} was made by torchgrade {made}, which this torchgrade {own} cannot read.")
        sections = tuple(_section(section) for section in told.pop("sections"))
        told.pop("schema")
        stubs = {name: data.tobytes().decode() for name, data in told.pop("stubs", {}).items()}
        return Exam(sections=sections, stubs=stubs, **told)
    except (wire.WireError, zlib.error, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise ExamFileError(f"{source} is no exam, or not all of it ({error}); get it anew.") from error


def _unpacked(frame: bytes) -> bytes:
    if not frame.startswith(PACKED):
        return frame
    unpacker = zlib.decompressobj()
    data = unpacker.decompress(frame[len(PACKED) :], LARGEST)
    if not unpacker.eof:
        raise wire.WireError("it is not whole")
    return data


def cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("torchgrade", appauthor=False)


def _identity(course: Course, assignment: str, seed: int, data: Path | None) -> tuple[str, dict[str, str]]:
    versions = {name: metadata.version(name) for name in ("torch", "numpy", "torchgrade")}
    key = f"{SCHEMA} {seed} {versions} {course.fingerprint(assignment)} {_engine()} {_listing(data)}"
    return hashlib.sha256(key.encode()).hexdigest(), versions


def _sealed_section(section: ExamSection) -> ExamSection:
    exercises = []
    for exercise in section.exercises:
        checks = tuple(check for check in exercise.checks if not check.hidden)
        if not checks:
            continue
        names = {check.name for check in checks}
        checks = tuple(
            replace(
                check,
                needs=tuple(name for name in check.needs if name in names),
                counts_with=tuple(name for name in check.counts_with if name in names),
            )
            for check in checks
        )
        wrong = tuple(
            replace(one, answers={name: given for name, given in one.answers.items() if name in names})
            for one in exercise.misconceptions
            if names & one.answers.keys()  # the others are known by hidden checks alone
        )
        points = sum(check.points for check in checks)
        full = exercise.full or exercise.points
        exercises.append(replace(exercise, checks=checks, misconceptions=wrong, points=points, full=full))
    return replace(section, exercises=tuple(exercises))


def _prune(cache: Path) -> None:
    """Delete all but the newest exams."""
    for path in sorted(cache.glob("*.exam"), key=lambda file: file.stat().st_mtime)[:-CACHED]:
        path.unlink(missing_ok=True)


def _listing(data: Path | None) -> str:
    """What a data folder holds, by names, sizes and times."""
    files = [] if data is None else sorted(path for path in data.rglob("*") if path.is_file())
    return repr((data, [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]))


def _engine() -> str:
    """A digest of the engine's own files that decide what an exam holds."""
    folder = Path(__file__).parent
    names = (
        "acceptance",
        "asking",
        "author",
        "call",
        "case",
        "compare",
        "difference",
        "exam",
        "looks",
        "measure",
        "model",
    )
    files = [folder / f"{name}.py" for name in names]
    digest = hashlib.sha256()
    for path in [*files, *sorted((folder / "sandbox" / "inside").rglob("*.py"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _tell(exam: Exam) -> dict[str, Any]:
    return {
        **vars(exam),
        "schema": SCHEMA,
        "stubs": {name: np.frombuffer(text.encode(), np.uint8) for name, text in exam.stubs.items()},
        "sections": [
            {**vars(section), "exercises": [_tell_exercise(exercise) for exercise in section.exercises]}
            for section in exam.sections
        ],
    }


def _tell_exercise(exercise: ExamExercise) -> dict[str, Any]:
    return {
        **vars(exercise),
        "checks": [{**vars(check), "items": [_tell_item(item) for item in check.items]} for check in exercise.checks],
        "misconceptions": [
            {
                **vars(wrong),
                "answers": {name: [_tell_answer(a) for a in given] for name, given in wrong.answers.items()},
            }
            for wrong in exercise.misconceptions
        ],
    }


def _tell_item(item: Item) -> list[Any]:
    told = [item.call, vars(item.question), [_tell_answer(answer) for answer in item.expected]]
    return [*told, [_tell_item(look) for look in item.looks]] if item.looks else told


def _tell_answer(answer: Answer) -> list[Any]:
    return [type(answer).__name__.lower(), *vars(answer).values()]


def _section(told: dict[str, Any]) -> ExamSection:
    return ExamSection(**{**told, "exercises": tuple(_exercise(one) for one in told["exercises"])})


def _exercise(told: dict[str, Any]) -> ExamExercise:
    checks = tuple(
        ExamCheck(**{**check, "items": tuple(_item(*item) for item in check["items"])}) for check in told["checks"]
    )
    misconceptions = tuple(
        ExamMisconception(
            wrong["name"],
            wrong["hint"],
            {name: tuple(_answer(*a) for a in given) for name, given in wrong["answers"].items()},
        )
        for wrong in told["misconceptions"]
    )
    return ExamExercise(**{**told, "checks": checks, "misconceptions": misconceptions})


def _item(call: str, question: dict[str, Any], expected: list[list[Any]], looks: Iterable[Any] = ()) -> Item:
    answers = tuple(_answer(*answer) for answer in expected)
    return Item(call, Question(**question), answers, tuple(_item(*look) for look in looks))


def _answer(kind: str, *fields: Any) -> Answer:
    answer: Answer = ANSWERS[kind](*fields)
    return answer
