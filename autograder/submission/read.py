"""Reads a folder, a .py, a notebook or a zip as source files; nothing of a student's is run or parsed here."""

from __future__ import annotations

import hashlib
import json
import stat
from functools import partial
from itertools import islice
from pathlib import Path

from autograder.model import SourceFile, Submission
from autograder.submission.notebook import UnusableError, checked, code_cells
from autograder.submission.sources import (
    MAX_BYTES,
    MAX_ENTRIES,
    MIB,
    Found,
    SubmissionError,
    in_folder,
    in_zip,
    read_file,
    reason_of,
    sentence,
    shown,
)
from autograder.suggest import nearest

MAX_TOTAL = 64 * MIB
MAX_FILES = 1000
MAX_PROBLEMS = 50


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
        raise SubmissionError(f"{shown(str(path))} cannot be read: {reason_of(error)}") from None
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
    close = nearest(path.name, sorted(names), 0.6)
    return f"; did you mean {shown(str(path.parent / close))}?" if close else ""


def _find(path: Path, mode: int) -> tuple[list[Found], list[str]]:
    if stat.S_ISDIR(mode):
        return in_folder(path)
    if path.suffix.lower() == ".zip":
        return in_zip(path)
    if path.suffix in MAX_BYTES:
        return [Found(path.name, partial(read_file, path))], []
    raise SubmissionError(
        f"{shown(path.name)} is not a submission: give a folder, a .py file, a notebook (.ipynb) or a .zip"
    )


def _read_all(found: list[Found]) -> tuple[list[SourceFile], list[str]]:
    if len(found) > MAX_FILES:
        raise SubmissionError(f"it holds {len(found):,} source files; more than {MAX_FILES:,} are not read")
    found = sorted(found, key=_python_first)
    files: list[SourceFile] = []
    written: dict[str, str] = {}  # a file that lies there is the newer one: cells write before work is handed in
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
            cells, lost, more = _cells(item.name, data)
        except UnusableError as error:
            problems.append(sentence(item.name, error))
            continue
        files.append(SourceFile(shown(item.name), cells))
        written.update({name: text for name, text in more.items() if name not in written})
        problems += lost
    there = {file.name for file in files}
    new = [SourceFile(name, (text,)) for name, text in written.items() if name not in there]
    if len(files) + len(new) > MAX_FILES:
        raise SubmissionError(f"its notebooks write {len(new):,} files; more than {MAX_FILES:,} in all are not read")
    return sorted([*files, *new], key=_python_first) if new else files, problems


def _cells(name: str, data: bytes) -> tuple[tuple[str, ...], list[str], dict[str, str]]:
    """The cells of a file, what is wrong with some of them, and the files beside it that a notebook writes."""
    try:
        text = checked(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnusableError("is not UTF-8 text") from None
    if not name.endswith(".ipynb"):
        return (text,), [], {}
    cells, problems, written = code_cells(text)
    beside = {shown(f"{name[: name.rfind('/') + 1]}{file}"): body for file, body in written.items()}
    return cells, [sentence(f"cell {number} of {name}", reason) for number, reason in problems], beside


def _python_first(file: Found | SourceFile) -> tuple[bool, str]:
    return file.name.endswith(".ipynb"), file.name


def _listed(problems: list[str]) -> tuple[str, ...]:
    more = len(problems) - MAX_PROBLEMS
    return (*problems[:MAX_PROBLEMS], *([f"{more} more problems are not listed"] if more > 0 else []))
