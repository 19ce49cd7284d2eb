"""Reads a folder, a .py, a notebook or a zip as source files; nothing of a student's is run or parsed here."""

from __future__ import annotations

import difflib
import hashlib
import io
import json
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

from autograder.model import SourceFile, Submission
from autograder.notebook import UnusableError, checked, code_cells

MIB = 1 << 20
MAX_BYTES = {".py": MIB, ".ipynb": 20 * MIB}
MAX_TOTAL = 64 * MIB
MAX_ZIP = 256 * MIB
MAX_FILES = 1000
MAX_ENTRIES = 10_000
MAX_DEPTH = 20
MAX_PROBLEMS = 50
SKIPPED_FOLDERS = {"__pycache__", "__MACOSX", "node_modules"}
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, OverflowError, RuntimeError, ValueError)


class SubmissionError(Exception):
    """Nothing of the submission can be read; the message is one sentence for the person who named it."""


@dataclass(frozen=True)
class _Found:
    """A source file that was seen but not read; `read(n)` gives its first n bytes."""

    name: str
    read: Callable[[int], bytes]


def read_submission(path: Path, student: str = "") -> Submission:
    """The source files at `path`, at least one of them, `.py` first; SubmissionError if there are none.

    `student` defaults to the name of the folder or the stem of the file.
    """
    mode = _mode(path)
    name = shown(path.name or path.resolve().name)
    found, problems = _find(path, mode)
    files, unread = _read_all(found)
    problems += unread
    if not files and problems:
        raise SubmissionError(problems[0])
    if not files:
        raise SubmissionError(f"{name} holds no .py file and no notebook (.ipynb)")
    default = name if stat.S_ISDIR(mode) else shown(path.stem)
    return Submission(shown(student) or default, tuple(files), _listed(problems))


def digest(submission: Submission) -> str:
    """SHA-256 over the names and texts of the files, in hexadecimal; the student does not count."""
    content = json.dumps([[file.name, file.cells] for file in submission.files])
    return hashlib.sha256(content.encode()).hexdigest()


def _mode(path: Path) -> int:
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise SubmissionError(f"{shown(str(path))} does not exist{_nearest(path)}") from None
    except (OSError, ValueError) as error:
        raise SubmissionError(f"{shown(str(path))} cannot be read: {_reason(error)}") from None
    if stat.S_ISLNK(mode):
        raise SubmissionError(f"{shown(str(path))} is a symbolic link; name what it points to instead")
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise SubmissionError(f"{shown(str(path))} is neither a regular file nor a folder")
    return mode


def _nearest(path: Path) -> str:
    try:
        names = [entry.name for entry in islice(path.parent.iterdir(), MAX_ENTRIES)]
    except OSError:
        return f", nor does the folder {shown(str(path.parent))}"
    close = difflib.get_close_matches(path.name, sorted(names), 1)
    return f"; did you mean {shown(str(path.parent / close[0]))}?" if close else ""


def _find(path: Path, mode: int) -> tuple[list[_Found], list[str]]:
    if stat.S_ISDIR(mode):
        return _in_folder(path)
    if path.suffix.lower() == ".zip":
        return _in_zip(path)
    if path.suffix in MAX_BYTES:
        return [_Found(path.name, partial(_read_file, path))], []
    raise SubmissionError(
        f"{shown(path.name)} is not a submission: give a folder, a .py file, a notebook (.ipynb) or a .zip"
    )


def _in_folder(root: Path) -> tuple[list[_Found], list[str]]:
    """Source files below `root`, breadth first and sorted, so that every limit cuts at the same place."""
    found: list[_Found] = []
    zips: list[str] = []
    problems: list[str] = []
    folders = deque([""])
    left = MAX_ENTRIES
    while folders:
        prefix = folders.popleft()
        try:
            entries = _entries(root / prefix, left)
        except UnusableError as error:
            problems.append(_sentence(prefix.rstrip("/") or str(root), error))
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
                problems.append(_sentence(name, UnusableError("is a symbolic link")))
            elif kind == "folder" and name.count("/") >= MAX_DEPTH:
                problems.append(_sentence(name, UnusableError("lies too deep")))
            elif kind == "folder":
                folders.append(f"{name}/")
            elif Path(entry).suffix in MAX_BYTES:
                found.append(_Found(name, partial(_read_file, root / name)))
            elif Path(entry).suffix.lower() == ".zip":
                zips.append(name)
    if not found and len(zips) == 1:
        inside, more = _in_zip(root / zips[0])
        return inside, problems + more
    reason = "stands beside source files" if found else "is not the only zip"
    return found, problems + [_sentence(name, UnusableError(reason)) for name in zips]


def _entries(folder: Path, limit: int) -> list[tuple[str, str]]:
    try:
        with os.scandir(folder) as listing:
            entries = [(entry.name, _kind(entry)) for entry in islice(listing, limit + 1)]
    except OSError as error:
        raise UnusableError(f"cannot be read ({_reason(error)})") from None
    if len(entries) > limit:
        raise UnusableError(f"takes the submission past {MAX_ENTRIES:,} files and folders")
    return sorted(entries)


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "link"
    return "folder" if entry.is_dir(follow_symlinks=False) else "file"


def _in_zip(path: Path) -> tuple[list[_Found], list[str]]:
    archive = _archive(path)
    names = archive.namelist()
    environments = tuple(name[: -len("pyvenv.cfg")] for name in names if name.endswith("/pyvenv.cfg"))
    found: dict[str, _Found] = {}
    problems = []
    for entry in archive.infolist():
        name = "/".join(part for part in entry.filename.split("/") if part not in ("", "."))
        if Path(name).suffix not in MAX_BYTES or entry.is_dir() or entry.filename.startswith(environments):
            continue
        fault = _entry_fault(entry)
        if fault:
            problems.append(_sentence(entry.orig_filename[:200], UnusableError(fault)))
        elif not any(_skipped(part) for part in name.split("/")):
            # Of entries with the same name the last one wins, as it does when unzip writes them.
            found[name] = _Found(name, partial(_read_entry, archive, entry))
    return list(found.values()), problems


def _archive(path: Path) -> zipfile.ZipFile:
    name = shown(path.name)
    try:
        data = _read_file(path, MAX_ZIP + 1)
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


def _read_file(path: Path, size: int) -> bytes:
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
        raise UnusableError(f"cannot be read ({_reason(error)})") from None


def _read_all(found: list[_Found]) -> tuple[list[SourceFile], list[str]]:
    if len(found) > MAX_FILES:
        raise SubmissionError(f"it holds {len(found):,} source files; more than {MAX_FILES:,} are not read")
    found = sorted(found, key=lambda item: (item.name.endswith(".ipynb"), item.name))
    files: list[SourceFile] = []
    problems: list[str] = []
    left = MAX_TOTAL
    for item in found:
        limit = MAX_BYTES[Path(item.name).suffix]
        try:
            data = item.read(min(limit, left) + 1)
            allowed, left = left, max(left - len(data), 0)
            if len(data) > limit:
                raise UnusableError(f"is larger than {limit // MIB} MiB")
            if len(data) > allowed:
                raise UnusableError(f"takes the submission past {MAX_TOTAL // MIB} MiB")
            cells, lost = _cells(item.name, data)
        except UnusableError as error:
            problems.append(_sentence(item.name, error))
            continue
        files.append(SourceFile(shown(item.name), cells))
        problems += lost
    return files, problems


def _cells(name: str, data: bytes) -> tuple[tuple[str, ...], list[str]]:
    try:
        text = checked(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnusableError("is not UTF-8 text") from None
    if not name.endswith(".ipynb"):
        return (text,), []
    cells, problems = code_cells(text)
    return cells, [_sentence(f"cell {number} of {name}", reason) for number, reason in problems]


def _skipped(name: str) -> bool:
    return name.startswith(".") or name in SKIPPED_FOLDERS


def _sentence(name: str, error: UnusableError | str) -> str:
    return f"{shown(name)} {error}, so it was not read"


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _listed(problems: list[str]) -> tuple[str, ...]:
    more = len(problems) - MAX_PROBLEMS
    return (*problems[:MAX_PROBLEMS], *([f"{more} more problems are not listed"] if more > 0 else []))


def shown(name: str) -> str:
    """The name with control and bidirectional characters written out, so that it looks like what it is."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)
