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
from typing import Any

from autograder.model import SourceFile, Submission

MIB = 1 << 20
MAX_BYTES = {".py": MIB, ".ipynb": 20 * MIB}
MAX_CODE = MIB
MAX_TOTAL = 64 * MIB
MAX_ZIP = 256 * MIB
MAX_FILES = 200
MAX_ENTRIES = 10_000
MAX_DEPTH = 20
MAX_JSON_CONTAINERS = 1_000_000
MAX_PROBLEMS = 50
SKIPPED_FOLDERS = {"__pycache__", "__MACOSX", "node_modules"}
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)

PYTHON_CELL_MAGICS = {"time", "timeit", "capture", "prun"}
REST = r"(?:[^\n]*\\\n)*[^\n]*"
MAGIC = re.compile(rf"([ \t]*)(?:[%!?]|[\w.*\[\]]+\?{{1,2}}[ \t]*$){REST}", re.M)
ASSIGNED_MAGIC = re.compile(rf"([\w.\[\], \t]+=)[ \t]*[%!]{REST}")
IN_CODE = re.compile(r"""(?s)\\.|\#[^\n]*|'''|\"{3}|['"\n()\[\]{}]""")
IN_STRING = {
    "'": re.compile(r"(?s)\\.|['\n]"),
    '"': re.compile(r'(?s)\\.|["\n]'),
    "'''": re.compile(r"(?s)\\.|'''"),
    '"""': re.compile(r'(?s)\\.|"{3}'),
}


class SubmissionError(Exception):
    """Nothing of the submission can be read; the message is one sentence for the person who named it."""


class _Unusable(Exception):
    """What is wrong with one file or cell, as the end of a sentence: `is not UTF-8 text`."""


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
    name = _shown(path.name or path.resolve().name)
    found, problems = _find(path, mode)
    files, unread = _read_all(found)
    problems += unread
    if not files and problems:
        raise SubmissionError(problems[0])
    if not files:
        raise SubmissionError(f"{name} holds no .py file and no notebook (.ipynb)")
    default = name if stat.S_ISDIR(mode) else _shown(path.stem)
    return Submission(_shown(student) or default, tuple(files), _listed(problems))


def digest(submission: Submission) -> str:
    """SHA-256 over the names and texts of the files, in hexadecimal; the student does not count."""
    content = json.dumps([[file.name, file.cells] for file in submission.files])
    return hashlib.sha256(content.encode()).hexdigest()


def _mode(path: Path) -> int:
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise SubmissionError(f"{_shown(str(path))} does not exist{_nearest(path)}") from None
    except (OSError, ValueError) as error:
        raise SubmissionError(f"{_shown(str(path))} cannot be read: {_reason(error)}") from None
    if stat.S_ISLNK(mode):
        raise SubmissionError(f"{_shown(str(path))} is a symbolic link; name what it points to instead")
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise SubmissionError(f"{_shown(str(path))} is neither a regular file nor a folder")
    return mode


def _nearest(path: Path) -> str:
    try:
        names = [entry.name for entry in islice(path.parent.iterdir(), MAX_ENTRIES)]
    except OSError:
        return f", nor does the folder {_shown(str(path.parent))}"
    close = difflib.get_close_matches(path.name, sorted(names), 1)
    return f"; did you mean {_shown(str(path.parent / close[0]))}?" if close else ""


def _find(path: Path, mode: int) -> tuple[list[_Found], list[str]]:
    if stat.S_ISDIR(mode):
        return _in_folder(path)
    if path.suffix.lower() == ".zip":
        return _in_zip(path)
    if path.suffix in MAX_BYTES:
        return [_Found(path.name, partial(_read_file, path))], []
    raise SubmissionError(
        f"{_shown(path.name)} is not a submission: give a folder, a .py file, a notebook (.ipynb) or a .zip"
    )


def _in_folder(root: Path) -> tuple[list[_Found], list[str]]:
    """Source files below `root`, breadth first and sorted, so that every limit cuts at the same place."""
    found: list[_Found] = []
    problems: list[str] = []
    folders = deque([(root, "")])
    left = MAX_ENTRIES
    while folders:
        folder, prefix = folders.popleft()
        name = prefix.rstrip("/") or root.name
        try:
            entries = _entries(folder, left)
        except _Unusable as error:
            problems.append(_sentence(name, error))
            left //= 2  # each folder too large halves what is left, which bounds the whole walk
            continue
        if prefix and any(entry.name == "pyvenv.cfg" for entry in entries):
            continue
        left -= len(entries)
        for entry in entries:
            if _skipped(entry.name):
                continue
            if entry.is_symlink():
                problems.append(_sentence(prefix + entry.name, _Unusable("is a symbolic link")))
            elif entry.is_dir(follow_symlinks=False):
                folders.append((folder / entry.name, f"{prefix}{entry.name}/"))
            elif Path(entry.name).suffix in MAX_BYTES:
                found.append(_Found(prefix + entry.name, partial(_read_file, folder / entry.name)))
        while folders and folders[-1][1].count("/") > MAX_DEPTH:
            problems.append(_sentence(folders.pop()[1], _Unusable("lies too deep")))
    return found, problems


def _entries(folder: Path, limit: int) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            entries = list(islice(listing, limit + 1))
    except OSError as error:
        raise _Unusable(f"cannot be read ({_reason(error)})") from None
    if len(entries) > limit:
        raise _Unusable(f"takes the submission past {MAX_ENTRIES:,} files and folders")
    return sorted(entries, key=lambda entry: entry.name)


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
            problems.append(_sentence(entry.orig_filename[:200], _Unusable(fault)))
        elif not any(_skipped(part) for part in name.split("/")):
            # Of entries with the same name the last one wins, as it does when unzip writes them.
            found[name] = _Found(name, partial(_read_entry, archive, entry))
    return list(found.values()), problems


def _archive(path: Path) -> zipfile.ZipFile:
    name = _shown(path.name)
    try:
        data = _read_file(path, MAX_ZIP + 1)
    except _Unusable as error:
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
        raise _Unusable("is damaged in the zip file") from None


def _read_file(path: Path, size: int) -> bytes:
    flags = os.O_RDONLY
    for flag in "O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY":
        flags |= getattr(os, flag, 0)
    try:
        # Asked before as well, because opening a device can already do something.
        if not stat.S_ISREG(path.lstat().st_mode):
            raise _Unusable("is not a regular file")
        with os.fdopen(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _Unusable("is not a regular file")
            return file.read(size)
    except OSError as error:
        raise _Unusable(f"cannot be read ({_reason(error)})") from None


def _read_all(found: list[_Found]) -> tuple[list[SourceFile], list[str]]:
    found = sorted(found, key=lambda item: (item.name.endswith(".ipynb"), item.name))
    files: list[SourceFile] = []
    problems: list[str] = []
    left = MAX_TOTAL
    for item in found[:MAX_FILES]:
        limit = MAX_BYTES[Path(item.name).suffix]
        try:
            data = item.read(min(limit, left) + 1)
            if len(data) > limit:
                raise _Unusable(f"is larger than {limit // MIB} MiB")
            if len(data) > left:
                raise _Unusable(f"takes the submission past {MAX_TOTAL // MIB} MiB")
            left -= len(data)
            cells, lost = _cells(item.name, data)
        except _Unusable as error:
            problems.append(_sentence(item.name, error))
            continue
        files.append(SourceFile(_shown(item.name), cells))
        problems += lost
    if len(found) > MAX_FILES:
        problems.append(f"only the first {MAX_FILES} of {len(found)} files were read")
    return files, problems


def _cells(name: str, data: bytes) -> tuple[tuple[str, ...], list[str]]:
    try:
        text = _checked(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _Unusable("is not UTF-8 text") from None
    if not name.endswith(".ipynb"):
        return (text,), []
    sources: list[str] = []
    problems: list[str] = []
    for cell in _raw_cells(text):
        if isinstance(cell, dict) and cell.get("cell_type") != "code":
            continue
        try:
            sources.append(_source(cell))
        except _Unusable as error:
            # An empty cell in its place keeps the numbers of the cells after it.
            sources.append("")
            problems.append(_sentence(f"cell {len(sources)} of {name}", error))
        if len(sources) > MAX_ENTRIES:
            raise _Unusable(f"has more than {MAX_ENTRIES:,} code cells")
    if sum(map(len, sources)) > MAX_CODE:
        raise _Unusable(f"holds more than {MAX_CODE // MIB} MiB of code")
    return tuple(_without_magics(source) for source in sources), problems


def _raw_cells(text: str) -> list[Any]:
    # A container takes a few bytes of JSON and two hundred of memory.
    if text.count("{") + text.count("[") > MAX_JSON_CONTAINERS:
        raise _Unusable("holds too many values for a notebook")

    def nothing(_: str) -> int:
        """Numbers are not needed, and one of a million digits takes minutes to convert."""
        return 0

    try:
        document = json.loads(text, parse_int=nothing, parse_float=nothing, parse_constant=nothing)
    except (ValueError, RecursionError):
        raise _Unusable("is not a notebook: its JSON cannot be read") from None
    if isinstance(document, dict):
        sheets = document.get("worksheets")  # nbformat 3
        for sheet in sheets if isinstance(sheets, list) else [document]:
            pass
    raise _Unusable("is not a notebook: it has no cells")
