"""What isolation costs: `python benchmarks/isolation.py` in the course folder, medians of one run and ratios.

In turns, on the same submission and without training: a whole submission graded, and a child started and ended, in the
tiers that this machine reaches; `process` is the bare fork, with its limits and nothing else. Memory is the most that a
child had for itself alone (private pages, by smaps_rollup), looked at every 10 ms during one more submission.
"""

import contextlib
import os
import statistics
import threading
import time
from pathlib import Path

import click

from autograder.course import find_course
from autograder.exam.cache import exam_for
from autograder.exam.subset import without_training
from autograder.grading import grade
from autograder.sandbox.sandbox import Sandbox
from autograder.submission.read import read_submission

TIERS = {"full": (), "landlock": ("namespaces",), "process": ("namespaces", "landlock", "seccomp")}


def memory(exam, submission, box):
    """Megabytes that the children of one submission had for themselves, at most."""
    done = threading.Event()
    before = processes()
    most = 0

    def look():
        nonlocal most
        while not done.wait(0.01):
            most = max([most, *(private(pid) for pid in processes() - before)])

    watcher = threading.Thread(target=look)
    watcher.start()
    grade(exam, submission, box, jobs=1)
    done.set()
    watcher.join()
    return most / 1e6


def processes():
    """The numbers of all processes that fork from here, at any depth."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    own = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in own} - own:
        own |= more
    return own


def private(pid):
    """Bytes that a process shares with no other; 0 if it is gone."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))
    return 0


@click.command()
@click.option("--rounds", default=15)
def main(rounds):
    exam = without_training(exam_for(find_course(Path.cwd(), "exercise3"), "exercise3", 0))
    submission = read_submission(Path("solutions/exercise3"))
    boxes = {}
    for tier, left_out in TIERS.items():
        box = Sandbox(leave_out=left_out)
        if box.isolation.tier == tier:
            boxes[tier] = box
        else:
            print(f"{tier}: not reached here ({box.isolation.reason})")
            box.stop()
    whole = {tier: [] for tier in boxes}
    child = {tier: [] for tier in boxes}
    for number in range(rounds + 1):
        for tier, box in boxes.items():
            start = time.perf_counter()
            grade(exam, submission, box, jobs=1)
            middle = time.perf_counter()
            for _ in range(5):
                with box.child():
                    pass
            end = time.perf_counter()
            if number:  # the first round warms up
                whole[tier].append(middle - start)
                child[tier].append((end - middle) / 5)
    for tier in boxes:
        parts = []
        for times, unit, factor in ((whole, "s for a submission", 1), (child, "ms for a child", 1000)):
            value = statistics.median(times[tier])
            bare = statistics.median(times["process"])
            parts.append(f"{value * factor:6.2f} {unit} ({value / bare:4.2f} × the bare fork)")
        parts.append(f"{memory(exam, submission, boxes[tier]):4.0f} MB private")
        print(f"{tier:10} {'   '.join(parts)}")
    for box in boxes.values():
        box.__exit__()


if __name__ == "__main__":
    main()
