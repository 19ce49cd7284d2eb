"""The grader stays small, whatever a submission sends: each answer is bounded where it arrives."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.course import ROOT

HOSTILE = ROOT / "tests/submissions/hostile/forging_results"
MOST = 300  # MB that the process of the grader may have had at any time
GRADE = """
import contextlib, sys
from pathlib import Path
from autograder.cli import main
with contextlib.suppress(SystemExit):
    main()
lines = Path("/proc/self/status").read_text().splitlines()
print("MOST", *(line.split()[1] for line in lines if line.startswith("VmHWM:")), file=sys.stderr)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells the most memory that a process had")
@pytest.mark.usefixtures("cached_exam")
@pytest.mark.parametrize("name", ["answers_with_a_large_array", "sends_a_large_array", "sends_nested_lists"])
def test_large_answers_do_not_fill_the_grader(name: str) -> None:
    asked = ["exercise3", str(HOSTILE / f"{name}.py"), "--only", "global_avg_pool"]
    for _ in range(2):  # the first one may have to make the misconceptions, which takes torch
        done = subprocess.run(
            [sys.executable, "-c", GRADE, *asked], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
        )
    assert "global_avg_pool" in done.stdout, done.stderr
    kilobytes = int(done.stderr.rpartition("MOST ")[2])
    assert 10 < kilobytes / 1024 < MOST
