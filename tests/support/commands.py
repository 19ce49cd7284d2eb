"""Runs of `grade` as users start it, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SEED = "--seed", "5"
"""For batches whose questions do not matter: those of this seed are made once, those of a secret one each time."""


def grade_command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "autograder", *map(str, arguments)]


def run_grade(folder: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """A run in this folder, with nobody at the terminal."""
    return subprocess.run(
        grade_command(*arguments),
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        check=False,
    )
