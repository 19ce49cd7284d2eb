"""The run of a student's notebook: whatever the kernel does, the notebook comes back, and the gradebook is as before.

The run shows the student's own output in the notebook; no score depends on it. Its code has the rights of the user who
grades: it can read what that user can read. Where that is too much, `nbgrader autograde --no-execute` runs nothing.
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
from autograder.nbgrader.grades import GradesError

TRIES = 20


class CarefulExecute(Execute):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's Execute, for which a kernel that dies or does not answer is an error in a cell."""

    def preprocess(self, nb: Any, resources: Any = None, **more: Any) -> tuple[Any, Any]:
        told = (resources or {}).get("nbgrader", {})
        os.environ[SEALED] = "1"  # the kernel inherits it, and its checks need not ask then
        try:
            with _untouched(told.get("db_url", ""), self.log, told.get("student", "")):
                _run(super().preprocess, nb, resources, more)
        finally:
            del os.environ[SEALED]
        return nb, resources


def _run(run: Any, nb: Any, resources: Any, more: Any) -> None:
    try:
        run(nb, resources, **more)
    except (NoSuchKernel, ImportError, FileNotFoundError):
        raise  # a fault of this machine, not of the notebook
    except Exception as error:  # noqa: BLE001 - a kernel can break in many ways, and none of them decides a grade
        cells = [cell for cell in nb.cells if cell.cell_type == "code"]
        cell = next((one for one in cells if one.execution_count is None), cells[-1] if cells else None)
        if cell is not None:
            name, text = type(error).__name__, str(error).strip().partition("\n")[0]
            cell.outputs = [*cell.outputs, new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"])]


@contextlib.contextmanager
def _untouched(db_url: str, log: Any, student: str) -> Iterator[None]:
    """Hold the lock of an SQLite gradebook meanwhile, so that nobody writes; put back what is changed all the same."""
    path = _file_of(db_url)
    if path is None or not path.is_file():
        yield
        return
    lock = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        before, mode = _locked(lock, path), path.stat().st_mode
    except sqlite3.Error as error:
        lock.close()
        raise GradesError(
            f"{path} cannot be locked while a notebook runs ({error}): close what else uses it, or add --no-execute."
        ) from None
    try:
        yield
    finally:
        lock.close()
        forged = [other for other in _journals(path) if other.exists()] if before else []
        for other in forged:
            other.unlink()
        if before and (forged or not path.is_file() or path.read_bytes() != before):
            write_atomically(path, before)
            path.chmod(mode)
            log.error(
                "The gradebook was changed while the notebook of %s ran; it was put back as it was before. "
                "Look at that notebook, and grade with --no-execute.",
                student,
            )


def _locked(lock: sqlite3.Connection, path: Path) -> bytes:
    """Lock the file; what it holds, or nothing where that is kept in a log beside it as well."""
    lock.execute("BEGIN EXCLUSIVE")  # which also takes back what a process left half written that has died
    lock.execute("ROLLBACK")
    if lock.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        lock.execute("BEGIN EXCLUSIVE")
        return b""
    for _ in range(TRIES):
        version = lock.execute("PRAGMA data_version").fetchone()
        held = path.read_bytes()  # before the lock, since to close a file lets go of the locks on it
        lock.execute("BEGIN EXCLUSIVE")
        if lock.execute("PRAGMA data_version").fetchone() == version:
            return held
        lock.execute("ROLLBACK")
    raise sqlite3.OperationalError("it changes all the time")


def _journals(path: Path) -> list[Path]:
    return [path.with_name(f"{path.name}-{suffix}") for suffix in ("journal", "wal", "shm")]


def _file_of(db_url: str) -> Path | None:
    url = make_url(db_url) if db_url else None
    if url is None or url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)
