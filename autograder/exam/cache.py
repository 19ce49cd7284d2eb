"""Keeps the exams that were built, each in a folder named by the digest of all that decides what it holds."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from autograder.author import read_reference
from autograder.course import Course
from autograder.errors import CourseError
from autograder.exam.build import build_exam, outline
from autograder.exam.codec import SCHEMA, ExamFileError, load_exam, save_exam
from autograder.exam.parts import Parts, Progress
from autograder.exam.seal import load_sealed_exam
from autograder.model import Exam

UNUSED = 30 * 24 * 3600  # seconds after which what was kept goes
MOST_KEPT = 1 << 30  # bytes
OUTLINE = "outline.exam"
ENGINE = Path(__file__).parents[1]
DECISIVE = "model", "author", "exam", "judge", "sandbox/inside"
"""The parts of the engine that decide what an exam holds."""


def exam_for(
    course: Course,
    assignment: str,
    seed: int,
    data: Path | None = None,
    progress: Progress | None = None,
    *,
    whole: bool = False,
) -> Exam:
    """The exam of this reference, seed and data folder: from the cache, or built and put there.

    Its questions, and what misconceptions answer, are made when somebody looks at them, and kept; or at once, if the
    `whole` exam is needed. `progress` is called while it is made.

    Where there is no reference it is the sealed exam, whose questions are drawn already; or `ExamFileError`.
    """
    if not course.has_reference(assignment):
        return load_sealed_exam(course.sealed_exam(assignment))
    digest, versions = _identity(course, assignment, seed, data)
    folder = cache_folder() / f"{assignment}-{digest[:32]}"

    def build() -> Exam:
        try:
            return outline(read_reference(course, assignment), assignment, seed, digest, versions)
        except CourseError:
            if whole:
                build_exam(course, assignment, seed, digest, versions, data)  # raises these faults and all others
            raise

    parts = Parts(course, _kept(folder, digest, build), folder, data, progress or (lambda step, of: None))
    exam = parts.whole() if whole else parts.later()
    for exercise in exam.exercises if data is not None else ():
        if any(check.training for check in exercise.checks):
            len(exercise.checks[0].items)  # data that cannot be read are refused now
    return exam


def _kept(folder: Path, digest: str, build: Callable[[], Exam]) -> Exam:
    """The outline of this digest that the folder keeps; or else the one that `build` makes, which it keeps then."""
    path = folder / OUTLINE
    with contextlib.suppress(OSError, ExamFileError):
        exam = load_exam(path)
        if exam.digest == digest:
            os.utime(path)
            return exam
    exam = build()
    with contextlib.suppress(OSError):  # another process may prune at the same time
        _prune(folder.parent)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        save_exam(exam, path)
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
    """Delete what was not used for long, and the oldest of what is too much."""
    kept = 0
    for used, size, path in sorted(map(_use_of, cache.iterdir()), reverse=True) if cache.is_dir() else ():
        kept += size
        if kept > MOST_KEPT or used < time.time() - UNUSED:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _use_of(path: Path) -> tuple[float, int, Path]:
    """When a file of the cache, or one in a folder of it, was last used, and the size."""
    states = [one.stat() for one in (path, *(path.iterdir() if path.is_dir() else ()))]
    return max(state.st_mtime for state in states), sum(state.st_size for state in states), path


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
