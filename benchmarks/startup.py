"""How long a student waits: `python benchmarks/startup.py` in the course folder, medians in seconds and ratios.

All commands of one run are measured in turns on the same machine, so that their ratios can be compared.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click


def seconds(command, environment=None):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start


def build(rounds):
    """Seconds to draw all questions and to ask the reference, in a process that has imported torch."""
    from autograder.author import read_reference
    from autograder.course import find_course
    from autograder.exam.build import Questions, outline

    read = read_reference(find_course(Path.cwd(), "exercise3"), "exercise3")
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for exercise in outline(read, "exercise3", 0, "", {}).exercises:
            Questions(read, 0).of(exercise)
        times.append(time.perf_counter() - start)
    return times


def whole(environment):
    """Seconds to make all that a batch or a release needs, misconceptions included, on all cores."""
    code = (
        "from pathlib import Path; from autograder.course import find_course; from autograder.exam import exam_for; "
        "exam_for(find_course(Path.cwd(), 'exercise3'), 'exercise3', 0, whole=True)"
    )
    return seconds([sys.executable, "-c", code], environment)


def warm(rounds):
    """Seconds to grade the solutions with a sandbox that is ready, without training."""
    from autograder.course import find_course
    from autograder.exam.cache import exam_for
    from autograder.exam.subset import without_training
    from autograder.grading import grade
    from autograder.sandbox.sandbox import Sandbox
    from autograder.submission.read import read_submission

    exam = without_training(exam_for(find_course(Path.cwd(), "exercise3"), "exercise3", 0))
    submission = read_submission(Path("solutions/exercise3"))
    times = {1: [], 2: []}
    with Sandbox() as sandbox:
        grade(exam, submission, sandbox)
        for _ in range(rounds):
            for jobs, kept in times.items():
                start = time.perf_counter()
                grade(exam, submission, sandbox, jobs=jobs)
                kept.append(time.perf_counter() - start)
    return times


@click.command()
@click.option("--rounds", default=7, help="How often each command is measured.")
def main(rounds):
    grade = [sys.executable, "-m", "autograder"]
    commands = {
        "import torch": [sys.executable, "-c", "import torch"],
        "grade --help": [*grade, "--help"],
        "grade exercise3 (stubs)": [*grade, "exercise3", "exercises/exercise3"],
        "grade exercise3 solutions --no-training": [*grade, "exercise3", "solutions/exercise3", "--no-training"],
    }
    for command in commands.values():
        seconds(command)
    times = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(seconds(command))
    first = {}
    for name in list(commands)[2:]:
        with tempfile.TemporaryDirectory() as empty:
            first[name] = seconds(commands[name], {**os.environ, "XDG_CACHE_HOME": empty})
    with tempfile.TemporaryDirectory() as empty:
        all_of_it = whole({**os.environ, "XDG_CACHE_HOME": empty})
    unit = statistics.median(times["import torch"])
    for name, kept in times.items():
        print(f"{name:45} {statistics.median(kept):6.2f} s   {statistics.median(kept) / unit:5.2f} × import torch")
    for name, kept in first.items():
        later = kept / statistics.median(times[name])
        print(f"{f'{name}, no cache':45} {kept:6.2f} s   {kept / unit:5.2f} × import torch, {later:.2f} × later")
    print(f"{'whole exam for a batch, no cache yet':45} {all_of_it:6.2f} s")
    for jobs, kept in warm(rounds).items():
        print(f"{f'one submission, warm, jobs={jobs}':45} {statistics.median(kept):6.2f} s")
    print(f"{'questions of the exam, torch imported':45} {statistics.median(build(3)):6.2f} s")


if __name__ == "__main__":
    main()
