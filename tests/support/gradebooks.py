"""Runs of `grade batch` and `grade export`, and the tables that they write."""

from __future__ import annotations

import csv
import io
import subprocess
from pathlib import Path

from tests.support.commands import run_grade


def run(course: Path, *arguments: object, status: int = 0) -> subprocess.CompletedProcess[str]:
    """A run of `grade` in the folder of the course that ends with this status, and without a traceback."""
    done = run_grade(course, *arguments)
    assert done.returncode == status, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    return done


def said(done: subprocess.CompletedProcess[str]) -> str:
    """What it printed on stderr, on one line."""
    return " ".join(done.stderr.split())


def rows(folder: Path, name: str = "gradebook.csv", key: str = "key") -> dict[str, dict[str, str]]:
    """The rows of a table by the cell of their column `key`."""
    text = (folder / name).read_text(encoding="utf-8")
    return {row[key]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
