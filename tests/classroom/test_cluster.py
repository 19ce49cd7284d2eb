"""A cluster of processes grades like this machine, with no reference on its workers, and survives the loss of one."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import distributed
import pytest

from tests.support.commands import grade_command, run_grade
from tests.support.course import SOLUTIONS
from tests.support.results import results_without_times

NAMES = [f"student{number}" for number in range(10)]


StartCluster = Callable[[Path], tuple[str, list[subprocess.Popen[bytes]]]]


@pytest.fixture(scope="module")
def start_cluster() -> Iterator[StartCluster]:
    """`start_cluster(folder)`: a scheduler and two workers, processes of their own in that folder; and the address."""
    running: list[subprocess.Popen[bytes]] = []

    def start_in(folder: Path) -> tuple[str, list[subprocess.Popen[bytes]]]:
        file = folder / "scheduler.json"

        def start(*arguments: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard", "--scheduler-file", str(file)]
            running.append(subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            return running[-1]

        first = start("scheduler", "--port", "0")
        while not file.exists():
            time.sleep(0.05)
            assert first.poll() is None
        second = start("worker", "--nthreads", "1", "--nworkers", "2")
        return json.loads(file.read_text(encoding="utf-8"))["address"], [first, second]

    yield start_in
    for process in reversed(running):
        process.send_signal(signal.SIGTERM)
    for process in running:
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def scheduler(start_cluster: StartCluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    return start_cluster(tmp_path_factory.mktemp("cluster"))[0]


@pytest.fixture
def subs(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / "subs" / name).mkdir(parents=True)
        shutil.copy(SOLUTIONS / "output_size.py", tmp_path / "subs" / name)
    return tmp_path / "subs"


def batch(small_course: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return run_grade(small_course, "batch", "exercise3", *arguments, "--seed", "3")


def command(*arguments: object) -> list[str]:
    return grade_command("batch", "exercise3", *arguments, "--seed", "3")


def test_cluster_grades_like_this_machine(scheduler: str, small_course: Path, subs: Path, tmp_path: Path) -> None:
    here = batch(small_course, subs, "-o", tmp_path / "here")
    there = batch(small_course, subs, "-o", tmp_path / "there", "--cluster", scheduler)
    assert (here.returncode, there.returncode) == (0, 0), there.stderr
    assert "10 graded" in there.stdout
    assert results_without_times(tmp_path / "here") == results_without_times(tmp_path / "there")


def test_lost_worker_loses_nothing(scheduler: str, small_course: Path, subs: Path, tmp_path: Path) -> None:
    for name in NAMES:
        path = subs / name / "output_size.py"
        path.write_text("import time\ntime.sleep(0.5)\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with distributed.Client(scheduler, set_as_default=False) as client:
        process = subprocess.Popen(
            command(subs, "-o", tmp_path / "res", "--cluster", scheduler),
            cwd=small_course,
            env=os.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        while len(list((tmp_path / "res").glob("students/[!.]*"))) < 2:
            time.sleep(0.05)
            assert process.poll() is None
        victim = next(iter(client.run(os.getpid).values()))
        os.kill(victim, signal.SIGKILL)
        output, _ = process.communicate(timeout=120)
    assert process.returncode == 0, output
    assert "10 students: 10 graded." in output


def test_lost_scheduler_ends_the_batch_with_what_is_graded(
    small_course: Path, subs: Path, tmp_path: Path, start_cluster: StartCluster
) -> None:
    for name in NAMES:
        path = subs / name / "output_size.py"
        path.write_text("import time\ntime.sleep(1)\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    address, processes = start_cluster(tmp_path)
    process = subprocess.Popen(
        command(subs, "-o", tmp_path / "res", "--cluster", address),
        cwd=small_course,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    while not list((tmp_path / "res").glob("students/[!.]*")):
        time.sleep(0.05)
        assert process.poll() is None
    for one in processes:
        one.kill()
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 3, output
    said = " ".join(output.split())
    assert re.search(rf"The Dask scheduler at {address} is lost\. There are \d of 10 left\. Run the same command", said)
    assert "Traceback" not in output
    again = batch(small_course, subs, "-o", tmp_path / "res")
    assert again.returncode == 0, again.stderr
    assert re.search(r"10 students: \d graded, \d kept", again.stdout)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("tcp://127.0.0.1:1", "No Dask scheduler answers at tcp://127.0.0.1:1"),
        ("nonsense://x", "nonsense://x is not the address of a Dask scheduler"),
    ],
)
def test_missing_scheduler_is_one_sentence(
    small_course: Path, subs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, reason: str
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "2s")
    done = batch(small_course, subs, "-o", tmp_path / "res", "--cluster", address)
    assert done.returncode == 2
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
