"""Finds the source files below a folder or in a zip, within limits and reading none of them."""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import warnings
import zipfile
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from autograder.errors import UserError
from autograder.submission.notebook import UnusableError

MIB = 1 << 20
MAX_BYTES = {".py": MIB, ".ipynb": 20 * MIB}
MAX_ZIP = 256 * MIB
MAX_ENTRIES = 10_000
MAX_DEPTH = 20
SKIPPED_FOLDERS = {"__pycache__", "__MACOSX", "node_modules"}
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, OverflowError, RuntimeError, ValueError)


class SubmissionError(UserError):
    """Nothing of the submission can be read; the message is one sentence for the person who named it."""


@dataclass(frozen=True)
class Found:
    """A source file that was seen but not read; `read(n)` gives its first n bytes."""

    name: str
    read: Callable[[int], bytes]


def shown(name: str) -> str:
    """The name with control and bidirectional characters written out, so that it looks like what it is."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


def sentence(name: str, error: UnusableError | str) -> str:
    return f"{shown(name)} {error}, so it was not read"


def reason_of(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def in_folder(root: Path) -> tuple[list[Found], list[str]]:
    """Source files below `root`, breadth first and sorted, so that every limit cuts at the same place."""
    found: list[Found] = []
    zips: list[str] = []
    problems: list[str] = []
    folders = deque([""])
    left = MAX_ENTRIES
    while folders:
        prefix = folders.popleft()
        try:
            entries = _entries(root / prefix, left)
        except UnusableError as error:
            problems.append(sentence(prefix.rstrip("/") or str(root), error))
            left //= 2  # each folder too large halves what is left, which bounds the whole walk
            continue
        left -= len(entries)
        if prefix and ("pyvenv.cfg", "file") in entries:
            continue
        for entry, kind in entries:
            name = prefix + entry
            if _skipped(entry):
                continue
            if kind == "link":
                problems.append(sentence(name, UnusableError("is a symbolic link")))
            elif kind == "folder" and name.count("/") >= MAX_DEPTH:
                problems.append(sentence(name, UnusableError("lies too deep")))
            elif kind == "folder":
                folders.append(f"{name}/")
            elif Path(entry).suffix in MAX_BYTES:
                found.append(Found(name, partial(read_file, root / name)))
            elif Path(entry).suffix.lower() == ".zip":
                zips.append(name)
    if not found and len(zips) == 1:
        inside, more = in_zip(root / zips[0])
        return inside, problems + more
    reason = "stands beside source files" if found else "is not the only zip"
    return found, problems + [sentence(name, UnusableError(reason)) for name in zips]


def _entries(folder: Path, limit: int) -> list[tuple[str, str]]:
    try:
        with os.scandir(folder) as listing:
            entries = [(entry.name, _kind(entry)) for entry in islice(listing, limit + 1)]
    except OSError as error:
        raise UnusableError(f"cannot be read ({reason_of(error)})") from None
    if len(entries) > limit:
        raise UnusableError(f"takes the submission past {MAX_ENTRIES:,} files and folders")
    return sorted(entries)


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "link"
    return "folder" if entry.is_dir(follow_symlinks=False) else "file"


def in_zip(path: Path) -> tuple[list[Found], list[str]]:
    archive = _archive(path)
    names = archive.namelist()
    environments = tuple(name[: -len("pyvenv.cfg")] for name in names if name.endswith("/pyvenv.cfg"))
    found: dict[str, Found] = {}
    problems = []
    for entry in archive.infolist():
        name = "/".join(part for part in entry.filename.split("/") if part not in ("", "."))
        if Path(name).suffix not in MAX_BYTES or entry.is_dir() or entry.filename.startswith(environments):
            continue
        fault = _entry_fault(entry)
        if fault:
            problems.append(sentence(entry.orig_filename[:200], UnusableError(fault)))
        elif not any(_skipped(part) for part in name.split("/")):
            # Of entries with the same name the last one wins, as it does when unzip writes them.
            found[name] = Found(name, partial(_read_entry, archive, entry))
    return list(found.values()), problems


def _archive(path: Path) -> zipfile.ZipFile:
    name = shown(path.name)
    try:
        data = read_file(path, MAX_ZIP + 1)
    except UnusableError as error:
        raise SubmissionError(f"{name} {error}") from None
    if len(data) > MAX_ZIP:
        raise SubmissionError(f"{name} is larger than {MAX_ZIP // MIB} MiB; hand in only .py and .ipynb files")
    # Every entry of the directory starts so; ZipFile would build all of them, and the count it is told can lie.
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        raise SubmissionError(f"{name} holds more than {MAX_ENTRIES:,} files and folders")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS:
        raise SubmissionError(f"{name} is not a valid zip file; make it again and check that it opens") from None


def _entry_fault(entry: zipfile.ZipInfo) -> str:
    parts = entry.filename.split("/")
    if (
        ".." in parts
        or parts[0] == ""
        or re.match(r"[A-Za-z]:", parts[0])
        or len(parts) > MAX_DEPTH + 1
        or len(entry.filename) > 1000
        or any(character in name for character in "\\\0" for name in (entry.filename, entry.orig_filename))
    ):
        return "has an unsafe path"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a symbolic link"
    if entry.flag_bits & 0x1:
        return "is encrypted"
    # zipfile bounds what comes out at once for these two only.
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is compressed in an unusual way"
    return ""


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, size: int) -> bytes:
    try:
        with archive.open(entry) as file:
            return file.read(size)
    except ZIP_ERRORS:
        raise UnusableError("is damaged in the zip file") from None


def read_file(path: Path, size: int) -> bytes:
    flags = os.O_RDONLY
    for flag in "O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY":
        flags |= getattr(os, flag, 0)
    try:
        # Asked before as well, because opening a device can already do something.
        if not stat.S_ISREG(path.lstat().st_mode):
            raise UnusableError("is not a regular file")
        with os.fdopen(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UnusableError("is not a regular file")
            return file.read(size)
    except OSError as error:
        raise UnusableError(f"cannot be read ({reason_of(error)})") from None


def _skipped(name: str) -> bool:
    return name.startswith(".") or name in SKIPPED_FOLDERS
