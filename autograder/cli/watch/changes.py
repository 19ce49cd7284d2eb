"""The student's files: waits until one is saved, and reads them."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from watchfiles import watch

from autograder.cli.watch.events import FilesChanged
from autograder.model import Submission
from autograder.submission import SubmissionError, read_submission

QUIET_TIME, MAX_DELAY = 10, 150  # milliseconds without a change that end a save, and the longest wait for them
SOURCES = (".py", ".ipynb", ".zip", "")
RETRY = 0.05  # seconds until an empty file is read again: editors empty a file before they write it
POLL = 0.2  # seconds until a missing folder is looked for again


def file_changes(path: Path, ended: threading.Event) -> Iterator[FilesChanged]:
    """Yield after each save and at least twice a second; wait for a folder that does not exist."""
    folder, file = (path, None) if path.is_dir() else (path.parent, path.name)

    def is_source(change: object, changed: str) -> bool:
        name = os.path.basename(changed)  # noqa: PTH119 - called for each change of any file
        return name == file if file is not None else os.path.splitext(name)[1] in SOURCES  # noqa: PTH122 - as above

    while not ended.is_set():
        with contextlib.suppress(OSError):
            for _ in watch(
                folder,
                watch_filter=is_source,
                debounce=MAX_DELAY,
                step=QUIET_TIME,
                stop_event=ended,
                rust_timeout=500,
                yield_on_timeout=True,
                recursive=file is None,
                raise_interrupt=False,
            ):
                yield FilesChanged()
                if not folder.is_dir():
                    break
        while not folder.is_dir() and not ended.wait(POLL):
            pass
        yield FilesChanged()


def read_work(path: Path, before: Submission | None) -> Submission:
    """Read the files; one that cannot be read keeps its contents from `before`.

    An empty file that was not empty before is read again once. Raises `SubmissionError` if nothing can be read.
    """
    try:
        work = read_submission(path)
        is_whole = before is None or not _was_emptied(before, work)
    except SubmissionError:
        is_whole = False
    if not is_whole:
        time.sleep(RETRY)
        work = read_submission(path)
    names = {file.name for file in work.files}
    missing = [file for file in before.files if file.name not in names] if before is not None else []
    unreadable = [file for file in missing if any(file.name in problem for problem in work.problems)]
    return replace(work, files=(*work.files, *unreadable))


def _was_emptied(before: Submission, work: Submission) -> bool:
    filled = {file.name for file in before.files if any(file.cells)}
    return any(file.name in filled and not "".join(file.cells).strip() for file in work.files)
