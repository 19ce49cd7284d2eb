"""Lists the source files below a folder, or in the one zip or tar that it holds, within limits; reads none of them."""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from autograder.submission.kinds import archive_suffix, is_misnamed_source, kind_of, source_suffix, with_small_suffix
from autograder.submission.notebook import UnusableError
from autograder.submission.sources import (
    MAX_DEPTH,
    MAX_ENTRIES,
    SourcePath,
    file_time,
    is_skipped,
    printable,
    problem,
    read_file,
    reason_of,
)
from autograder.submission.tar import list_tar
from autograder.submission.zip import list_zip

MAX_OTHERS = 3  # files that are no source files and are named


@dataclass
class _Walk:
    """The result of a walk through a folder, and the folders that are still to visit."""

    root: Path
    files: list[SourcePath] = field(default_factory=list)
    archives: list[str] = field(default_factory=list)
    misnamed: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    folders: deque[str] = field(default_factory=lambda: deque([""]))

    def add(self, name: str, kind: str) -> None:
        if kind == "link":
            self.problems.append(problem(name, "is a symbolic link"))
        elif kind == "folder" and name.count("/") >= MAX_DEPTH:
            self.problems.append(problem(name, f"is more than {MAX_DEPTH} folders deep"))
        elif kind == "folder":
            self.folders.append(f"{name}/")
        elif source_suffix(name):
            path = self.root / name
            self.files.append(SourcePath(with_small_suffix(name), partial(read_file, path), file_time(path)))
        elif archive_suffix(name):
            self.archives.append(name)
        elif what := kind_of(name):
            if is_misnamed_source(name):
                self.misnamed.append(problem(name, f"is {what}"))
            else:
                self.others.append(f"{printable(name)} ({what})")


def list_folder(root: Path) -> tuple[list[SourcePath], list[str]]:
    """The source files below `root` and the problems, breadth first and sorted: limits always cut at the same place.

    A zip or tar is opened only if it is the only one and no source file stands beside it. What else lies there, such
    as a Word document, is a problem only if there is nothing to read.
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
            if not is_skipped(entry):
                walk.add(prefix + entry, kind)
    walk.problems += walk.misnamed
    if walk.others and not (walk.files or walk.archives or walk.problems):
        others = ", ".join(walk.others[:MAX_OTHERS])
        return [], [f"{printable(root.resolve().name)} holds no .py file and no notebook (.ipynb), only {others}"]
    if not walk.files and len(walk.archives) == 1:
        files, problems = list_archive(root / walk.archives[0])
        return files, walk.problems + problems
    reason = "stands beside source files" if walk.files else "is not the only archive"
    return walk.files, walk.problems + [problem(name, reason) for name in walk.archives]


def list_archive(path: Path) -> tuple[list[SourcePath], list[str]]:
    """The source files in a zip or tar, and the problems."""
    return list_zip(path) if archive_suffix(path.name) == ".zip" else list_tar(path)


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
