"""Lists the source files in a folder or a zip, within limits; reads none of them."""

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
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from autograder.errors import UserError
from autograder.submission.notebook import UnusableError

MIB = 1 << 20
MAX_BYTES = {".py": MIB, ".ipynb": 20 * MIB}  # of one file
MAX_ZIP = 256 * MIB
MAX_ENTRIES = 10_000
MAX_DEPTH = 20  # folders within folders
SKIPPED_FOLDERS = {"__pycache__", "__MACOSX", "node_modules"}
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, OverflowError, RuntimeError, ValueError)


class SubmissionError(UserError):
    """Nothing in the submission can be read; the message is one sentence for the person who named it."""


@dataclass(frozen=True)
class SourcePath:
    """A source file that is not read yet; `read(n)` returns its first n bytes."""

    name: str
    read: Callable[[int], bytes]


def printable(name: str) -> str:
    """Replace control and bidirectional characters by escapes, so that they cannot disguise the name."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


def problem(name: str, error: UnusableError | str) -> str:
    """The sentence about a file or cell that was not read."""
    return f"{printable(name)} {error}, so it was not read"


def reason_of(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


@dataclass
class _Walk:
    """The result of a walk through a folder, and the folders that are still to visit."""

    root: Path
    files: list[SourcePath] = field(default_factory=list)
    zips: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    folders: deque[str] = field(default_factory=lambda: deque([""]))

    def add(self, name: str, kind: str) -> None:
        path = Path(name)
        if kind == "link":
            self.problems.append(problem(name, "is a symbolic link"))
        elif kind == "folder" and name.count("/") >= MAX_DEPTH:
            self.problems.append(problem(name, f"is more than {MAX_DEPTH} folders deep"))
        elif kind == "folder":
            self.folders.append(f"{name}/")
        elif path.suffix in MAX_BYTES:
            self.files.append(SourcePath(name, partial(read_file, self.root / name)))
        elif path.suffix.lower() == ".zip":
            self.zips.append(name)


def list_folder(root: Path) -> tuple[list[SourcePath], list[str]]:
    """The source files below `root` and the problems, breadth first and sorted: limits always cut at the same place.

    A zip is opened only if it is the only one and no source file stands beside it.
    """
    walk = _Walk(root)
    left = MAX_ENTRIES
    while walk.folders:
        prefix = walk.folders.popleft()
        try:
            entries = _entries(root / prefix, left)
        except UnusableError as error:
            walk.problems.append(problem(prefix.rstrip("/") or str(root), error))
            left //= 2  # each folder that is too large halves the rest, which bounds the whole walk
            continue
        left -= len(entries)
        if prefix and ("pyvenv.cfg", "file") in entries:
            continue
        for entry, kind in entries:
            if not _is_skipped(entry):
                walk.add(prefix + entry, kind)
    if not walk.files and len(walk.zips) == 1:
        files, problems = list_zip(root / walk.zips[0])
        return files, walk.problems + problems
    reason = "stands beside source files" if walk.files else "is not the only zip"
    return walk.files, walk.problems + [problem(name, reason) for name in walk.zips]


def _entries(folder: Path, limit: int) -> list[tuple[str, str]]:
    """The sorted (name, kind) of a folder's entries."""
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


def list_zip(path: Path) -> tuple[list[SourcePath], list[str]]:
    """The source files in a zip, and the problems."""
    archive = _archive(path)
    names = archive.namelist()
    environments = tuple(name[: -len("pyvenv.cfg")] for name in names if name.endswith("/pyvenv.cfg"))
    files: dict[str, SourcePath] = {}
    problems = []
    for entry in archive.infolist():
        name = "/".join(part for part in entry.filename.split("/") if part not in ("", "."))
        if Path(name).suffix not in MAX_BYTES or entry.is_dir() or entry.filename.startswith(environments):
            continue
        fault = _entry_fault(entry)
        if fault:
            problems.append(problem(entry.orig_filename[:200], fault))
        elif not any(_is_skipped(part) for part in name.split("/")):
            # Of entries with the same name the last one wins, as it does when unzip writes them.
            files[name] = SourcePath(name, partial(_read_entry, archive, entry))
    return list(files.values()), problems


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


def read_file(path: Path, size: int) -> bytes:
    """The first `size` bytes of a regular file; follows no symbolic link."""
    flags = os.O_RDONLY
    for flag in "O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY":
        flags |= getattr(os, flag, 0)
    try:
        # Checked before opening too, because opening a device can already have an effect.
        if not stat.S_ISREG(path.lstat().st_mode):
            raise UnusableError("is not a regular file")
        with os.fdopen(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UnusableError("is not a regular file")
            return file.read(size)
    except OSError as error:
        raise UnusableError(f"cannot be read ({reason_of(error)})") from None


def _is_skipped(name: str) -> bool:
    return name.startswith(".") or name in SKIPPED_FOLDERS
