"""What isolation costs: `python benchmarks/isolation.py` in the course folder, medians of one run and ratios.

In turns, on the same submission and without training: a whole submission graded, and a child started and ended, in the
tiers that this machine reaches; `process` is the bare fork, with its limits and nothing else.
"""

import statistics
import time
from pathlib import Path

import click

from autograder.course import find_course
from autograder.exam_file import exam_for
from autograder.grading import grade, without_training
from autograder.sandbox.process import Sandbox
from autograder.submission import read_submission

TIERS = {"full": (), "landlock": ("namespaces",), "process": ("namespaces", "landlock", "seccomp")}


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
        print(f"{tier:10} {'   '.join(parts)}")
    for box in boxes.values():
        box.__exit__()


if __name__ == "__main__":
    main()
