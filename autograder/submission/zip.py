"""Finds the source files in a zip of one student, within limits, and refuses entries that are not plain files in it.

`classroom/archive.py` applies the same rules to the zip of a whole class.
"""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
import zlib
from datetime import datetime
from functools import partial
from pathlib import Path

from autograder.submission.kinds import source_suffix, with_small_suffix
from autograder.submission.notebook import UnusableError
from autograder.submission.sources import (
    MAX_ENTRIES,
    MIB,
    SourcePath,
    SubmissionError,
    has_unsafe_path,
    is_skipped,
    printable,
    problem,
    read_file,
)

MAX_ZIP = 256 * MIB
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, OverflowError, RuntimeError, ValueError)


def list_zip(path: Path) -> tuple[list[SourcePath], list[str]]:
    """The source files in a zip, and the problems."""
    archive = _archive(path)
    names = archive.namelist()
    environments = tuple(name[: -len("pyvenv.cfg")] for name in names if name.endswith("/pyvenv.cfg"))
    files: dict[str, SourcePath] = {}
    problems = []
    for entry in archive.infolist():
        name = "/".join(part for part in entry.filename.split("/") if part not in ("", "."))
        if not source_suffix(name) or entry.is_dir() or entry.filename.startswith(environments):
            continue
        fault = _entry_fault(entry)
        if fault:
            problems.append(problem(entry.orig_filename[:200], fault))
        elif not any(is_skipped(part) for part in name.split("/")):
            # Of entries with the same name the last one wins, as it does when unzip writes them.
            read = partial(_read_entry, archive, entry)
            files[name] = SourcePath(with_small_suffix(name), read, _time(entry), archived=True)
    return list(files.values()), problems


def _time(entry: zipfile.ZipInfo) -> datetime | None:
    """The clock time of an entry, which has no zone."""
    try:
        return datetime(*entry.date_time)
    except ValueError:
        return None


def _archive(path: Path) -> zipfile.ZipFile:
    name = printable(path.name)
    try:
        data = read_file(path, MAX_ZIP + 1)
    except UnusableError as error:
        raise SubmissionError(f"{name} {error}") from None
    if len(data) > MAX_ZIP:
        raise SubmissionError(f"{name} is larger than {MAX_ZIP // MIB} MiB; hand in only .py and .ipynb files")
    # Every entry of the directory starts like this. ZipFile would build them all, and a zip can lie about their count.
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        raise SubmissionError(f"{name} holds more than {MAX_ENTRIES:,} files and folders")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS:
        raise SubmissionError(f"{name} is not a valid zip file; make it again and check that it opens") from None


def _entry_fault(entry: zipfile.ZipInfo) -> str:
    """Why an entry cannot be used, as the end of a sentence; empty if it can."""
    if has_unsafe_path(entry.filename) or any(character in entry.orig_filename for character in "\\\0"):
        return "has an unsafe path"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a symbolic link"
    if entry.flag_bits & 0x1:
        return "is encrypted"
    # zipfile limits the size of one decompressed part only for these two methods.
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is compressed in an unusual way"
    return ""


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, size: int) -> bytes:
    try:
        with archive.open(entry) as file:
            return file.read(size)
    except ZIP_ERRORS:
        raise UnusableError("is damaged in the zip file") from None
