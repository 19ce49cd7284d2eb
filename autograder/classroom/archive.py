"""The zip of all submissions that a learning platform hands out -> a folder; nothing in it is trusted."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path, PurePosixPath

from autograder.classroom.intake import SUFFIXES
from autograder.errors import UserError
from autograder.submission import ZIP_ERRORS

MAX_ENTRIES = 200_000
MAX_ENTRY = 256 << 20
MAX_TOTAL = 8 << 30
MAX_DEPTH = 30


def unpack(path: Path, folder: Path) -> list[str]:
    """Write the sources and zips of an archive below `folder`; sentences on what was left out.

    Anything else becomes an empty file, so that its owner is listed. UserError if it cannot be read as a whole.
    """
    problems: list[str] = []
    left = MAX_TOTAL
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise UserError(f"{path} holds more than {MAX_ENTRIES:,} files")
            for entry in entries:
                if "__MACOSX" in entry.filename:
                    continue
                if fault := _fault(entry):
                    problems.append(f"{ascii(entry.filename)[1:-1][:200]} in {path.name} {fault}, so it was left out")
                    continue
                if entry.is_dir():  # an empty one is a student who is to be listed
                    (folder / entry.filename).mkdir(parents=True, exist_ok=True)
                    continue
                left -= _write(archive, entry, folder, min(left, MAX_ENTRY), path)
    except ZIP_ERRORS as error:
        raise UserError(f"{path} is not a zip file that can be read: {error}") from None
    return problems


def _fault(entry: zipfile.ZipInfo) -> str:
    parts = PurePosixPath(entry.filename).parts
    if entry.filename.startswith("/") or ".." in parts or len(parts) > MAX_DEPTH or "\\" in entry.orig_filename:
        return "has an unsafe path"
    if any(len(part.encode()) > 255 or "\0" in part or ":" in part[1:2] for part in parts):
        return "has a name that cannot be written"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a symbolic link"
    return "is encrypted" if entry.flag_bits & 0x1 else ""


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, most: int, path: Path) -> int:
    """Write one entry, counting the bytes as they come out, since what the archive says of them may be a lie."""
    target = folder / entry.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix not in SUFFIXES:
        target.touch()
        return 0
    written = 0
    with archive.open(entry) as source, target.open("wb") as file:
        while data := source.read(1 << 20):
            written += len(data)
            if written > most:
                raise UserError(f"{path} unpacks to too much: {entry.filename[:100]!r} alone, or all of it together")
            file.write(data)
    return written
