"""Whatever a submission comes in, the honest work in it counts, and nothing else of it has any effect."""

from __future__ import annotations

import re
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.exam.subset import only
from autograder.grading import grade
from autograder.model import Exam, SourceFile, Submission
from autograder.sandbox.sandbox import Limits, Sandbox
from autograder.submission.definitions import files_defining
from autograder.submission.read import read_submission
from autograder.submission.sources import SubmissionError
from tests.support.hostile.containers import HONEST, Container
from tests.support.hostile.notebooks import OTHERS, containers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="hostile submissions are run on Linux")

TOKEN = "hostile-container"
OUTSIDE = [Path(folder) / name for folder in ("/", "/tmp", "..") for name in (TOKEN, f"{TOKEN}.py")]
MEMORY = 600 << 20  # bytes at most, while it is read
SECONDS = 10


@pytest.mark.parametrize("container", containers(), ids=str)
def test_honest_work_counts_whatever_it_comes_in(
    container: Container, sandbox: Sandbox, exam: Callable[[int], Exam], tmp_path: Path
) -> None:
    path = container.make(tmp_path, TOKEN)
    if container.refused:
        with pytest.raises(SubmissionError, match=container.says):
            read_submission(path)
        return
    asked = only(exam(0), ["linear_params", *(OTHERS if container.name.startswith("file") else ())])
    result = grade(asked, read_submission(path), sandbox, limits=Limits(load_seconds=1), jobs=2)
    shown = "\n".join([*result.notes, *result.output.values()])
    assert (result.earned, re.search(container.says, shown, re.S) is not None) == (2, True), shown
    assert [line for note in result.notes for line in note.splitlines() if not line.isprintable()] == []
    assert [place for place in OUTSIDE if place.exists()] == []


@pytest.mark.parametrize("container", containers(), ids=str)
def test_reading_takes_little_time_and_memory(container: Container, tmp_path: Path) -> None:
    path = container.make(tmp_path, TOKEN)
    tracemalloc.start()
    start = time.monotonic()
    try:
        read_submission(path)
    except SubmissionError:
        assert container.refused
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert (peak < MEMORY, time.monotonic() - start < SECONDS) == (True, True), f"{peak >> 20} MB"


@pytest.mark.parametrize(
    "line",
    [
        "linear_params " * 4500,
        "x, " * 12_000,
        "[" * 40_000,
        "def " * 10_000,
        "import " + "linear_params, " * 4500,
        " " * 40_000,
        "=" * 40_000,
    ],
    ids=lambda line: line[:14].strip() or "spaces",
)
def test_exercises_are_found_in_linear_time(line: str) -> None:
    submission = Submission("student", (SourceFile("work.py", (f"{line}\n{HONEST}",)),))
    start = time.monotonic()
    assert len(files_defining("linear_params", "parameter_counting", submission)) == 1
    assert time.monotonic() - start < 0.4
