"""The sandbox itself: forked and spawned children answer alike, and nothing of them is left."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.exam.subset import only
from autograder.grading import grade
from autograder.model import Exam, SourceFile, Submission
from autograder.sandbox.inside.root import work_folder
from autograder.sandbox.sandbox import Limits, Sandbox
from autograder.submission.read import read_submission
from tests.support.course import HALF_RIGHT, SOLUTIONS
from tests.support.hostile.sandboxes import LEFT_OUT
from tests.support.results import checks_of

WORKERS = """
import torch
from torch.utils.data import DataLoader, TensorDataset

def add_noise(images, noise_factor=0.5):
    (batch,) = next(iter(DataLoader(TensorDataset(images), batch_size=99, num_workers=2)))
    return batch
"""


@pytest.fixture(scope="module")
def spawning() -> Iterator[Sandbox]:
    """The sandbox of macOS and Windows, where nothing is forked."""
    with Sandbox(fork=False) as sandbox:
        yield sandbox


def one(text: str) -> Submission:
    return Submission("student", (SourceFile("work.py", (text,)),))


def test_spawned_child_gives_the_same_verdicts(
    spawning: Sandbox, sandbox: Sandbox, exam: Callable[[int], Exam]
) -> None:
    asked = only(exam(0), ["output_size", "ConvBlock"])
    submission = read_submission(SOLUTIONS)
    spawned, forked = grade(asked, submission, spawning), grade(asked, submission, sandbox)
    assert spawned.earned == spawned.points == 15
    assert checks_of(spawned) == checks_of(forked)


def test_spawned_child_is_stopped_by_the_clock(spawning: Sandbox, exam: Callable[[int], Exam]) -> None:
    asked = only(exam(0), ["global_avg_pool"])
    exercise = asked.sections[0].exercises[0]
    exercise = replace(exercise, checks=tuple(replace(check, seconds=1.0) for check in exercise.checks))
    asked = replace(asked, sections=(replace(asked.sections[0], exercises=(exercise,)),))
    result = grade(asked, one("def global_avg_pool(x):\n    while True:\n        pass\n"), spawning)
    asked_checks = [check for check in checks_of(result) if check.verdict != "skipped"]  # it needs one that stopped
    assert {check.verdict for check in asked_checks} == {"stopped"}
    assert "did not finish within 1 seconds" in checks_of(result)[0].feedback


def test_output_past_its_limit_stops_a_spawned_child(spawning: Sandbox, exam: Callable[[int], Exam]) -> None:
    text = (
        "def global_avg_pool(x):\n    for _ in range(40):\n        print('x' * (1 << 20))\n    return x.mean((2, 3))\n"
    )
    result = grade(only(exam(0), ["global_avg_pool"]), one(text), spawning)
    assert "printed more than 16 MB" in checks_of(result)[0].feedback


def test_loader_with_workers_gets_advice(sandbox: Sandbox, exam: Callable[[int], Exam]) -> None:
    result = grade(only(exam(0), ["add_noise"]), one(WORKERS), sandbox)
    assert "use num_workers=0 here" in checks_of(result)[0].feedback


@pytest.mark.parametrize("left_out", LEFT_OUT.values(), ids=LEFT_OUT)
def test_nothing_is_left_of_a_child(exam: Callable[[int], Exam], left_out: tuple[str, ...]) -> None:
    text = "open('note.txt', 'w').write('x')\n\ndef global_avg_pool(x):\n    return x.mean((2, 3)) * 0\n"
    with Sandbox(leave_out=left_out) as own:
        before = set(Path(own._home).rglob("*"))
        grade(only(exam(0), ["global_avg_pool"]), one(text), own)
        assert set(Path(own._home).rglob("*")) == before
        home = own._home
    assert not Path(home).exists()


def test_environment_of_the_grader_stays_outside(exam: Callable[[int], Exam], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    text = "import os\n\ndef global_avg_pool(x):\n    raise ValueError(sorted(os.environ))\n"
    with Sandbox() as own:
        feedback = checks_of(grade(only(exam(0), ["global_avg_pool"]), one(text), own))[0].feedback
    assert "OMP_NUM_THREADS" in feedback
    assert "SECRET_TOKEN" not in feedback


def test_children_see_no_file_descriptor_but_their_own(sandbox: Sandbox, exam: Callable[[int], Exam]) -> None:
    text = """
import os

def is_open(fd):
    try:
        return bool(os.fstat(fd))
    except OSError:
        return False

def global_avg_pool(x):
    raise ValueError(sum(map(is_open, range(100_000))))
"""
    feedback = checks_of(grade(only(exam(0), ["global_avg_pool"]), one(text), sandbox))[0].feedback
    assert "ValueError: 5" in feedback  # stdin, stdout, stderr, questions, answers


def test_auto_device_trains_where_it_can(exam: Callable[[int], Exam]) -> None:
    asked = only(exam(0), ["DeepCNN"])
    with Sandbox(device="auto") as own:
        result = grade(asked, read_submission(SOLUTIONS), own, limits=Limits(load_seconds=20))
    assert result.earned == result.points


def test_order_of_work_never_changes_a_verdict(sandbox: Sandbox, exam: Callable[[int], Exam]) -> None:
    asked = only(exam(0), ["output_size", "receptive_field_table", "manual_convolution"])
    submission = read_submission(HALF_RIGHT)
    alone, together = (grade(asked, submission, sandbox, jobs=jobs) for jobs in (1, max(2, os.cpu_count() or 2)))
    assert checks_of(alone) == checks_of(together)
    assert checks_of(alone) == checks_of(together)


def test_private_folder_lies_beside_every_installation(tmp_path: Path) -> None:
    """Python was once installed below the private folder's own name, and no root could be built."""
    first, second, third = "/work", "/work-2", "/work-3"
    assert work_folder(["/usr/lib", f"/home{first}/lib"]) == first
    assert work_folder(["/usr/lib", f"{first}/course/.venv/lib"]) == second
    (tmp_path / "python").symlink_to(f"{second}/lib")
    assert work_folder([f"{first}/lib", str(tmp_path / "python")]) == third
