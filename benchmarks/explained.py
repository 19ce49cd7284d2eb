"""How often torchgrade explains wrong work: by a hint with a name, or by the place of a change that repairs it.

    python benchmarks/explained.py [--seconds 10] [--every 4] [--first 0] [--only EXERCISE ...] [--confirm 2]
        [--list FILE]

Takes every fourth wrong work of the collection in `tests/exercise3/works`, which strangers wrote from the assignment
sheet. The search for a place gets the given seconds of the clock, for each work that has no hint; with `--seconds 0`
there is none. With `--confirm 2` each change is also graded with the cases of two other seeds. It also says how many
works lose more than two thirds of the points of their exercise. FILE gets one line of JSON for each work. Trainings are
left out. Intervals are Wilson's, of 95 %.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from autograder.exam import exam_for, only, without_training
from autograder.grading import grade, with_repairs
from autograder.model import Exam, ExerciseResult, Grade, Repair, Submission
from autograder.prepare import open_sandbox
from autograder.sandbox import Sandbox
from benchmarks.works import wilson
from tests.support.course import COURSE
from tests.support.works import ASSIGNMENT, Work, works

MUCH = 2 / 3  # of the points of an exercise


def explanation(
    work: Work, exam: Exam, sandbox: Sandbox, seconds: float, others: Sequence[Exam] = ()
) -> dict[str, Any]:
    """How a work is explained, the place if there is one, and the seconds of the search.

    A change has `confirmed`: with how many of the `others`, exams of other seeds, it earns all points.
    """
    asked = only(exam, [work.exercise])
    graded = grade(asked, work.submission, sandbox)
    result = result_of(graded, work)
    hints = sorted({check.misconception for check in result.checks if check.hint})
    entry: dict[str, Any] = {
        "exercise": work.exercise,
        "name": work.name,
        "sentence": work.sentence,
        "hints": hints,
        "lost": round(1 - result.earned / result.points, 3),
    }
    if result.earned >= result.points or hints:
        return entry | {"by": "a hint" if hints else "full points"}
    if not seconds:
        return entry | {"by": "no hint"}
    start = time.monotonic()
    after = with_repairs(graded, asked, work.submission, sandbox, seconds, jobs=1, for_instructors=True)
    result = result_of(after, work)
    entry["seconds"] = round(time.monotonic() - start, 2)
    if result.repair and result.repair.diff:
        changed = patched(work.submission, result.repair)
        again = (result_of(grade(only(other, [work.exercise]), changed, sandbox), work) for other in others)
        entry["confirmed"] = sum(one.earned >= one.points for one in again)
    return entry | ({"by": "a place", "repair": vars(result.repair)} if result.repair else {"by": "nothing"})


def patched(submission: Submission, repair: Repair) -> Submission:
    """The submission, of one file with one cell, with the change of a place."""
    (file,) = submission.files
    (text,) = file.cells
    lines, taken, result = text.split("\n"), 0, []
    for line in repair.diff.split("\n"):
        if line.startswith("@@"):
            start = int(line.split("-")[1].split(",")[0].split()[0]) - 1
            result, taken = [*result, *lines[taken:start]], start
        elif line.startswith("+"):
            result.append(line[1:])
        else:
            result += lines[taken : taken + 1] if line.startswith(" ") else []
            taken += 1
    return replace(submission, files=(replace(file, cells=("\n".join([*result, *lines[taken:]]),)),))


def result_of(graded: Grade, work: Work) -> ExerciseResult:
    """The result of the work's exercise, whose section may have the same name."""
    return next(one for section in graded.sections for one in section.exercises if one.name == work.exercise)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=10.0, help="for the search in one work")
    parser.add_argument("--every", type=int, default=4, help="take every n-th work")
    parser.add_argument("--first", type=int, default=0, help="begin with this one, counted from 0")
    parser.add_argument("--confirm", type=int, default=0, metavar="SEEDS", help="grade each change with other seeds")
    parser.add_argument("--only", nargs="*", default=[], metavar="EXERCISE")
    parser.add_argument("--list", type=Path, metavar="FILE", help="write one line of JSON for each work")
    options = parser.parse_args()
    exam = without_training(exam_for(COURSE, ASSIGNMENT, 0))
    trained = {exercise.name for exercise in exam.exercises}
    wanted = trained & set(options.only) if options.only else trained
    every = [one for one in works("wrong") if one.exercise in trained][options.first :: options.every]
    chosen = [one for one in every if one.exercise in wanted]  # `--only` takes part of the same works
    others = [without_training(exam_for(COURSE, ASSIGNMENT, seed)) for seed in range(1, 1 + options.confirm)]
    counts, searches, lost, confirmed = Counter[str](), list[float](), list[float](), list[int]()
    with open_sandbox(ahead=2) as sandbox, (options.list or Path(os.devnull)).open("w", encoding="utf-8") as file:
        for work in chosen:
            entry = explanation(work, exam, sandbox, options.seconds, others)
            confirmed += [entry["confirmed"]] if "confirmed" in entry else []
            counts[entry["by"]] += 1
            lost.append(entry["lost"])
            searches += [entry["seconds"]] if "seconds" in entry else []
            file.write(json.dumps(entry) + "\n")
            file.flush()
    total = sum(counts.values())
    print("| explained by | works | share | 95 % interval (Wilson) |")
    print("|---|---|---|---|")
    for by, count in counts.most_common():
        print(f"| {by} | {count} of {total} | {100 * count / total:.0f} % | {wilson(count, total)} |")
    much = sum(share > MUCH for share in lost)
    print(f"\n{much} of {total} lose more than two thirds of their exercise: {wilson(much, total)}.")
    if others:
        passed = sum(count == len(others) for count in confirmed)
        print(f"\n{passed} of {len(confirmed)} changes earn all points with {len(others)} other seeds too.")
    if searches:
        print(f"\nA search took {sorted(searches)[len(searches) // 2]:.1f} s (median), {max(searches):.1f} s at most.")


if __name__ == "__main__":
    main()
