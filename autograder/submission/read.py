"""Reads a folder, a .py file, a notebook or a zip as source files, without running or parsing the code."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import tokenize
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

from autograder.model import SourceFile, Submission
from autograder.submission.folder import list_archive, list_folder
from autograder.submission.kinds import archive_suffix, kind_of, source_suffix, with_small_suffix, without_suffix
from autograder.submission.notebook import UnusableError, code_cells, python_text
from autograder.submission.sources import (
    MAX_BYTES,
    MAX_ENTRIES,
    MIB,
    SourcePath,
    SubmissionError,
    file_time,
    printable,
    problem,
    read_file,
    reason_of,
    unique_name,
)
from autograder.suggest import nearest

MAX_TOTAL = 64 * MIB
MAX_FILES = 1000
MAX_PROBLEMS = 50


def read_submission(path: Path, student: str = "") -> Submission:
    """Read the source files at `path`, `.py` files first; SubmissionError if there are none.

    `student` defaults to the name of the folder or the stem of the file.
    """
    mode = _mode(path)
    name = printable(path.name or path.resolve().name)
    paths, problems = _list(path, mode)
    files, more = _read_all(paths)
    problems += more
    if not files and problems:
        raise SubmissionError(problems[0])
    if not files:
        raise SubmissionError(f"{name} holds no .py file and no notebook (.ipynb)")
    default = name if stat.S_ISDIR(mode) else printable(without_suffix(path.name))
    return Submission(printable(student) or default, tuple(files), _limited(problems))


def last_change(path: Path) -> tuple[datetime, bool] | None:
    """When the newest source file at `path` was changed, and whether an archive says so; None if nothing says it."""
    try:
        paths, _ = _list(path, _mode(path))
    except SubmissionError:
        return None
    times = [(one.changed, one.archived) for one in paths if one.changed is not None]
    return max(times, key=lambda found: found[0].replace(tzinfo=None), default=None)


def digest(submission: Submission) -> str:
    """SHA-256 of the names and texts of the files, in hexadecimal, without the student's name."""
    content = json.dumps([[file.name, file.cells] for file in submission.files])
    return hashlib.sha256(content.encode()).hexdigest()


def _mode(path: Path) -> int:
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise SubmissionError(f"{printable(str(path))} does not exist{_suggestion(path)}") from None
    except (OSError, ValueError) as error:
        raise SubmissionError(f"{printable(str(path))} cannot be read: {reason_of(error)}") from None
    if stat.S_ISLNK(mode):
        raise SubmissionError(f"{printable(str(path))} is a symbolic link; name what it points to instead")
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise SubmissionError(f"{printable(str(path))} is neither a regular file nor a folder")
    return mode


def _suggestion(path: Path) -> str:
    """The end of the sentence about a path that does not exist."""
    try:
        names = [entry.name for entry in islice(path.parent.iterdir(), MAX_ENTRIES)]
    except OSError:
        return f", nor does the folder {printable(str(path.parent))}"
    close = nearest(path.name, sorted(names), 0.6)
    return f"; did you mean {printable(str(path.parent / close))}?" if close else ""


def _list(path: Path, mode: int) -> tuple[list[SourcePath], list[str]]:
    if stat.S_ISDIR(mode):
        return list_folder(path)
    if archive_suffix(path.name):
        return list_archive(path)
    if source_suffix(path.name):
        return [SourcePath(with_small_suffix(path.name), partial(read_file, path), file_time(path))], []
    kind = kind_of(path.name)
    raise SubmissionError(
        f"{printable(path.name)}{f' ({kind})' if kind else ''} is not a submission: "
        "give a folder, a .py file, a notebook (.ipynb), a .zip or a .tar.gz"
    )


def _read_all(paths: list[SourcePath]) -> tuple[list[SourceFile], list[str]]:
    """Read the files and those that notebooks write, with the problems."""
    if len(paths) > MAX_FILES:
        raise SubmissionError(f"it holds {len(paths):,} source files; more than {MAX_FILES:,} are not read")
    files: list[SourceFile] = []
    names: set[str] = set()
    written: dict[str, str] = {}
    problems: list[str] = []
    left = MAX_TOTAL
    for path in sorted(paths, key=_python_first):
        limit = MAX_BYTES[Path(path.name).suffix]
        try:
            data = path.read(min(limit, left) + 1)
            allowed, left = left, max(left - len(data), 0)
            if len(data) > limit:
                raise UnusableError(f"is larger than {limit // MIB} MiB")
            if len(data) > allowed:
                raise UnusableError(f"takes the submission past {MAX_TOTAL // MIB} MiB")
            cells, cell_problems, cell_files = _cells(path.name, data)
        except UnusableError as error:
            problems.append(problem(path.name, error))
            continue
        files.append(SourceFile(unique_name(printable(path.name), names), cells))
        names.add(files[-1].name)
        written.update({name: text for name, text in cell_files.items() if name not in written})
        problems += cell_problems
    return _with_written_files(files, written), problems


def _with_written_files(files: list[SourceFile], written: dict[str, str]) -> list[SourceFile]:
    """Add the files that notebooks write. A file that was handed in counts instead, since it is newer."""
    names = {file.name for file in files}
    new = [SourceFile(name, (text,)) for name, text in written.items() if name not in names]
    if len(files) + len(new) > MAX_FILES:
        raise SubmissionError(f"its notebooks write {len(new):,} files; more than {MAX_FILES:,} in all are not read")
    return sorted([*files, *new], key=_python_first) if new else files


def _encoding(name: str, data: bytes) -> str:
    """The encoding that a program declares in its first lines (PEP 263), else UTF-8."""
    return tokenize.detect_encoding(io.BytesIO(data).readline)[0] if name.endswith(".py") else "utf-8-sig"


def _cells(name: str, data: bytes) -> tuple[tuple[str, ...], list[str], dict[str, str]]:
    """The cells of a file, their problems, and the files beside it that a notebook writes, name -> text."""
    try:
        text = python_text(data.decode(_encoding(name, data)))
    except (UnicodeDecodeError, LookupError, SyntaxError):
        raise UnusableError("is not UTF-8 text") from None
    if not name.endswith(".ipynb"):
        return (text,), [], {}
    cells, problems, written = code_cells(text)
    beside = {printable(f"{name[: name.rfind('/') + 1]}{file}"): body for file, body in written.items()}
    return cells, [problem(f"cell {number} of {name}", reason) for number, reason in problems], beside


def _python_first(file: SourcePath | SourceFile) -> tuple[bool, str]:
    return file.name.endswith(".ipynb"), file.name


def _limited(problems: list[str]) -> tuple[str, ...]:
    more = len(problems) - MAX_PROBLEMS
    return (*problems[:MAX_PROBLEMS], *([f"{more} more problems are not listed"] if more > 0 else []))
