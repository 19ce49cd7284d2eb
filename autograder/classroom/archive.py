"""Unpacks the zip of all submissions that a learning platform offers; its content is not trusted."""

from __future__ import annotations

import contextlib
import os
import stat
import time
import zipfile
from pathlib import Path, PurePosixPath

from autograder.classroom.intake import is_readable
from autograder.errors import UserError
from autograder.submission import ZIP_ERRORS

MAX_ENTRIES = 200_000
MAX_ENTRY = 256 << 20  # bytes
MAX_TOTAL = 8 << 30  # bytes
MAX_DEPTH = 30


def unpack(path: Path, folder: Path) -> list[str]:
    """Write the sources and archives of an archive below `folder`; return one sentence for each skipped entry.

    Any other file becomes an empty file, so that its owner is listed. Raise UserError for an archive that cannot be
    read, holds too many files or unpacks to too much.
    """
    problems: list[str] = []
    bytes_left = MAX_TOTAL
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise UserError(f"{path} holds more than {MAX_ENTRIES:,} files")
            for entry in entries:
                if "__MACOSX" in entry.filename:
                    continue
                if fault := _fault(entry):
                    problems.append(f"{ascii(entry.filename)[1:-1][:200]} in {path.name} {fault}, so it was skipped")
                    continue
                if entry.is_dir():  # an empty folder is a student without files, and must be listed
                    (folder / entry.filename).mkdir(parents=True, exist_ok=True)
                    continue
                bytes_left -= _write(archive, entry, folder, min(bytes_left, MAX_ENTRY), path)
    except ZIP_ERRORS as error:
        raise UserError(f"{path} is not a readable zip file: {error}") from None
    return problems


def _fault(entry: zipfile.ZipInfo) -> str:
    """Say why an entry must not be unpacked; empty if it may be."""
    parts = PurePosixPath(entry.filename).parts
    if entry.filename.startswith("/") or ".." in parts or len(parts) > MAX_DEPTH or "\\" in entry.orig_filename:
        return "has an unsafe path"
    if any(len(part.encode()) > 255 or "\0" in part or ":" in part[1:2] for part in parts):
        return "has a name that cannot be written"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a symbolic link"
    return "is encrypted" if entry.flag_bits & 0x1 else ""


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, most: int, path: Path) -> int:
    """Write one entry and count its bytes as they come out, because the size in the archive may be false."""
    target = folder / entry.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    if not is_readable(target.name):
        target.touch()
        return 0
    written = 0
    with archive.open(entry) as source, target.open("wb") as file:
        while data := source.read(1 << 20):
            written += len(data)
            if written > most:
                raise UserError(f"{path} unpacks to too many bytes; the limit was reached in {entry.filename[:100]!r}")
            file.write(data)
    with contextlib.suppress(ValueError, OverflowError, OSError):  # the time of a zip is clock time without a zone
        seconds = time.mktime((*entry.date_time, 0, 0, -1))
        os.utime(target, (seconds, seconds))
    return written
