"""Runs a student's notebook so that neither a broken kernel nor a write to the gradebook costs a grade.

The run adds the student's own output to the notebook; no score depends on it. Its code has the rights of the user who
grades, and can read that user's files. Only a course that asks for kernels runs anything, see `config.py`.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import NoSuchKernel
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from sqlalchemy.engine import make_url

from autograder.cell.check import SEALED
from autograder.files import write_atomically
from autograder.nbgrader.settings import GradesError

LOCK_ATTEMPTS = 20


class CarefulExecute(Execute):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's Execute, except that a kernel that dies or hangs becomes an error in a cell."""

    def preprocess(self, nb: Any, resources: Any = None, **more: Any) -> tuple[Any, Any]:
        nbgrader = (resources or {}).get("nbgrader", {})
        os.environ[SEALED] = "1"  # the kernel inherits it, and its checks then skip grading
        try:
            with _protect_gradebook(nbgrader.get("db_url", ""), self.log, nbgrader.get("student", "")):
                _run(super().preprocess, nb, resources, more)
        finally:
            del os.environ[SEALED]
        return nb, resources


def _run(run: Any, nb: Any, resources: Any, more: Any) -> None:
    try:
        run(nb, resources, **more)
    except (NoSuchKernel, ImportError, FileNotFoundError):
        raise  # a fault of this machine and not of the notebook
    except Exception as error:  # noqa: BLE001 - a kernel can break in many ways, and none may cost a grade
        cells = [cell for cell in nb.cells if cell.cell_type == "code"]
        cell = next((one for one in cells if one.execution_count is None), cells[-1] if cells else None)
        if cell is not None:
            name, text = type(error).__name__, str(error).strip().partition("\n")[0]
            cell.outputs = [*cell.outputs, new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"])]


@contextlib.contextmanager
def _protect_gradebook(db_url: str, log: Any, student: str) -> Iterator[None]:
    """Lock an SQLite gradebook against writers, and restore it if a process changed the file anyway."""
    path = _sqlite_path(db_url)
    if path is None or not path.is_file():
        yield
        return
    lock = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        before, mode = _lock_and_read(lock, path), path.stat().st_mode
    except sqlite3.Error as error:
        lock.close()
        raise GradesError(
            f"{path} cannot be locked while a notebook runs ({error}): "
            "close the other programs that use it, or add --no-execute."
        ) from None
    try:
        yield
    finally:
        lock.close()
        new_journals = [journal for journal in _journals(path) if journal.exists()] if before else []
        for journal in new_journals:
            journal.unlink()
        if before and (new_journals or not path.is_file() or path.read_bytes() != before):
            write_atomically(path, before)
            path.chmod(mode)
            log.error(
                "The gradebook changed while the notebook of %s ran, and was restored. "
                "Read that notebook, and grade with --no-execute.",
                student,
            )


def _lock_and_read(lock: sqlite3.Connection, path: Path) -> bytes:
    """Lock the file and return its content; return nothing in WAL mode, where a log beside it holds content too."""
    lock.execute("BEGIN EXCLUSIVE")  # this also rolls back the partial write of a process that died
    lock.execute("ROLLBACK")
    if lock.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        lock.execute("BEGIN EXCLUSIVE")
        return b""
    for _ in range(LOCK_ATTEMPTS):
        version = lock.execute("PRAGMA data_version").fetchone()
        content = path.read_bytes()  # before the lock, because closing a file releases the locks on it
        lock.execute("BEGIN EXCLUSIVE")
        if lock.execute("PRAGMA data_version").fetchone() == version:
            return content
        lock.execute("ROLLBACK")
    raise sqlite3.OperationalError("other programs write to it all the time")


def _journals(path: Path) -> list[Path]:
    return [path.with_name(f"{path.name}-{suffix}") for suffix in ("journal", "wal", "shm")]


def _sqlite_path(db_url: str) -> Path | None:
    url = make_url(db_url) if db_url else None
    if url is None or url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)
