"""Finds the source files in a `.tar`, `.tar.gz` or `.tgz` of one student, as `zip.py` does in a zip."""

from __future__ import annotations

import io
import tarfile
import zlib
from functools import partial
from pathlib import Path

from autograder.submission.kinds import source_suffix, with_small_suffix
from autograder.submission.notebook import UnusableError
from autograder.submission.sources import (
    MAX_ENTRIES,
    MIB,
    SourcePath,
    SubmissionError,
    changed_at,
    has_unsafe_path,
    is_skipped,
    printable,
    problem,
    read_file,
)

MAX_TAR = 64 * MIB  # unpacked
TAR_ERRORS = (tarfile.TarError, zlib.error, EOFError, OSError, OverflowError, RecursionError, ValueError)


def list_tar(path: Path) -> tuple[list[SourcePath], list[str]]:
    """The source files in a tar, and the problems."""
    name = printable(path.name)
    data = _unpacked(path, name)
    files: dict[str, SourcePath] = {}
    problems = []
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for number, entry in enumerate(archive):
                if number >= MAX_ENTRIES:
                    raise SubmissionError(f"{name} holds more than {MAX_ENTRIES:,} files and folders")
                inner = "/".join(part for part in entry.name.split("/") if part not in ("", "."))
                if not source_suffix(inner) or entry.isdir():
                    continue
                if has_unsafe_path(entry.name):
                    problems.append(problem(entry.name[:200], "has an unsafe path"))
                elif not entry.isreg():
                    problems.append(problem(inner, "is no regular file"))
                elif not any(is_skipped(part) for part in inner.split("/")):
                    # Of entries with the same name the last one wins, as it does when tar writes them.
                    whole = data[entry.offset_data : entry.offset_data + entry.size]
                    read, time = partial(_first, whole), changed_at(entry.mtime)
                    files[inner] = SourcePath(with_small_suffix(inner), read, time, archived=True)
    except TAR_ERRORS:
        raise SubmissionError(f"{name} is not a valid tar file; make it again and check that it opens") from None
    return list(files.values()), problems


def _first(data: bytes, size: int) -> bytes:
    return data[:size]


def _unpacked(path: Path, name: str) -> bytes:
    """The bytes of the tar, unpacked if they are compressed with gzip."""
    try:
        data = read_file(path, MAX_TAR + 1)
    except UnusableError as error:
        raise SubmissionError(f"{name} {error}") from None
    if data.startswith(b"\x1f\x8b"):
        try:
            data = zlib.decompressobj(wbits=31).decompress(data, MAX_TAR + 1)
        except zlib.error:
            raise SubmissionError(f"{name} is damaged; make it again and check that it opens") from None
    if len(data) > MAX_TAR:
        raise SubmissionError(f"{name} holds more than {MAX_TAR // MIB} MiB; hand in only .py and .ipynb files")
    return data
