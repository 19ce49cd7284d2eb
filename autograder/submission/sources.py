"""A source file that is not read yet, the limits of a submission, and how one file is read safely."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import chain, count
from pathlib import Path

from autograder.errors import UserError
from autograder.submission.notebook import UnusableError

MIB = 1 << 20
MAX_BYTES = {".py": MIB, ".ipynb": 20 * MIB}  # of one file
MAX_ENTRIES = 10_000
MAX_DEPTH = 20  # folders within folders
SKIPPED_FOLDERS = {"__pycache__", "__MACOSX", "node_modules"}


class SubmissionError(UserError):
    """Nothing in the submission can be read; the message is one sentence for the person who named it."""


@dataclass(frozen=True)
class SourcePath:
    """A source file that is not read yet; `read(n)` returns its first n bytes.

    `changed` is when it was changed last, as the file system says, or the archive if it is `archived`. Times in a zip
    have no zone.
    """

    name: str
    read: Callable[[int], bytes]
    changed: datetime | None = None
    archived: bool = False


def printable(name: str) -> str:
    """Replace control and bidirectional characters by escapes, so that they cannot disguise the name."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


def unique_name(name: str, taken: Collection[str]) -> str:
    """The name, or with a number before its suffix if it is taken: `unet (2).py`. No two files share a name."""
    stem, dot, suffix = name.rpartition(".")
    names = (f"{stem} ({number}){dot}{suffix}" for number in count(2))
    return next(one for one in chain([name], names) if one not in taken)


def problem(name: str, error: UnusableError | str) -> str:
    """The sentence about a file or cell that was not read."""
    return f"{printable(name)} {error}, so it was not read"


def reason_of(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


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


def has_unsafe_path(*names: str) -> bool:
    """Whether one of the names of an entry in an archive leads out of the archive, or is too long or too deep."""
    return any(
        ".." in (parts := name.split("/"))
        or parts[0] == ""
        or re.match(r"[A-Za-z]:", parts[0])
        or len(parts) > MAX_DEPTH + 1
        or len(name) > 1000
        or "\\" in name
        or "\0" in name
        for name in names
    )


def changed_at(seconds: float) -> datetime | None:
    """The time in UTC of so many seconds since 1970; None where that is no date."""
    try:
        return datetime.fromtimestamp(int(seconds), timezone.utc)
    except (ValueError, OverflowError, OSError):
        return None


def file_time(path: Path) -> datetime | None:
    """When a file was changed last, without following a link."""
    try:
        return changed_at(path.lstat().st_mtime)
    except OSError:
        return None


def is_skipped(name: str) -> bool:
    return name.startswith(".") or name in SKIPPED_FOLDERS
