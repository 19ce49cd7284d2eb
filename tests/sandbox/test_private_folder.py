"""Each submission has a temporary folder of its own with a limit; what one writes never fails the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.exam.subset import only
from autograder.grading import grade
from autograder.model import Exam, Grade, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from tests.support.hostile.corpus import TIERS
from tests.support.hostile.sandboxes import sandbox_of
from tests.support.results import checks_of

FILLS = """
import tempfile

def linear_params(in_features, out_features, bias=True):
    kept = []
    while True:
        kept.append(tempfile.NamedTemporaryFile(delete=False))
        for _ in range(16):
            kept[-1].write(b"x" * (1 << 20))
"""
HONEST = """
import os
import tempfile

with tempfile.NamedTemporaryFile() as file:
    file.write(b"x" * (48 << 20))

def linear_params(in_features, out_features, bias=True):
    if os.listdir(tempfile.gettempdir()) or os.listdir(os.path.expanduser("~")):
        raise ValueError("another submission has left files")
    return (in_features + bool(bias)) * out_features
"""


@pytest.fixture(scope="module", params=[*TIERS, "spawned"])
def walled(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with Sandbox(fork=False) if request.param == "spawned" else sandbox_of(request.param) as sandbox:
        yield sandbox


def graded(text: str, sandbox: Sandbox, exam: Exam) -> Grade:
    work = Submission("student", (SourceFile("work.py", (text,)),))
    return grade(only(exam, ["linear_params"]), work, sandbox, jobs=1)


def test_folder_that_one_fills_is_empty_for_the_next(walled: Sandbox, exam: Callable[[int], Exam]) -> None:
    before = set(Path(walled._home).rglob("*"))
    full = graded(FILLS, walled, exam(0))
    assert "wrote more than 64 MB or 1024 files" in checks_of(full)[0].feedback
    honest = graded(HONEST, walled, exam(0))
    assert (honest.earned, honest.notes) == (honest.points, ())
    assert set(Path(walled._home).rglob("*")) == before
