"""Submissions on the disk, and what becomes of them when they are read."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from autograder.model import Submission
from autograder.submission.read import read_submission
from autograder.submission.sources import SubmissionError


def write(path: Path, content: str | bytes = "x = 1\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def write_all(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder, with these files in it."""
    for name, content in files.items():
        write(folder / name, content)
    return folder


def zipped(path: Path, entries: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def names_of(submission: Submission) -> list[str]:
    return [file.name for file in submission.files]


def refusal(path: Path) -> str:
    """The error of a submission that cannot be read."""
    with pytest.raises(SubmissionError) as caught:
        read_submission(path)
    return str(caught.value)
