"""Keeps the exams that were built, each under the digest of all that decides what it holds."""

from __future__ import annotations

import contextlib
import hashlib
from importlib import metadata
from pathlib import Path

from autograder.course import Course
from autograder.exam.build import Progress, build_exam
from autograder.exam.codec import SCHEMA, ExamFileError, load_exam, save_exam
from autograder.exam.seal import load_sealed_exam
from autograder.model import Exam

CACHED = 12  # the number of exams in the cache; one takes some 20 MB
ENGINE = Path(__file__).parents[1]
DECISIVE = "model", "author", "exam", "judge", "sandbox/inside"
"""The parts of the engine that decide what an exam holds."""


def exam_for(
    course: Course, assignment: str, seed: int, data: Path | None = None, progress: Progress | None = None
) -> Exam:
    """The exam of this reference, seed and data folder: from the cache, or built and put there.

    `progress` is called only if the exam has to be built.

    Where there is no reference it is the sealed exam, whose questions are drawn already; or `ExamFileError`.
    """
    if not course.has_reference(assignment):
        return load_sealed_exam(course.sealed_exam(assignment))
    digest, versions = _identity(course, assignment, seed, data)
    path = cache_folder() / f"{assignment}-{digest[:32]}.exam"
    with contextlib.suppress(OSError, ExamFileError):
        exam = load_exam(path)
        if exam.digest == digest:
            return exam
    exam = build_exam(course, assignment, seed, digest, versions, data, progress=progress)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        save_exam(exam, path)
        _prune(path.parent)
    return exam


def exam_digest(course: Course, assignment: str, seed: int, data: Path | None = None) -> str:
    """The digest that an exam of this reference, seed and data folder has."""
    return _identity(course, assignment, seed, data)[0]


def cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("torchgrade", appauthor=False)


def _identity(course: Course, assignment: str, seed: int, data: Path | None) -> tuple[str, dict[str, str]]:
    versions = {name: metadata.version(name) for name in ("torch", "numpy", "torchgrade")}
    key = f"{SCHEMA} {seed} {versions} {course.fingerprint(assignment)} {engine_digest()} {_listing(data)}"
    return hashlib.sha256(key.encode()).hexdigest(), versions


def _prune(cache: Path) -> None:
    """Delete all but the newest exams."""
    for path in sorted(cache.glob("*.exam"), key=lambda file: file.stat().st_mtime)[:-CACHED]:
        path.unlink(missing_ok=True)


def _listing(data: Path | None) -> str:
    """What a data folder holds, by names, sizes and times."""
    files = [] if data is None else sorted(path for path in data.rglob("*") if path.is_file())
    return repr((data, [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]))


def engine_digest() -> str:
    """A digest of the engine's own files that decide what an exam holds."""
    digest = hashlib.sha256()
    for part in DECISIVE:
        path = ENGINE / part
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.relative_to(ENGINE).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
