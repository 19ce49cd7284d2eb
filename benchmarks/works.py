"""Grade the collection of right and wrong works with the cases of many seeds, and count wrong verdicts.

    python benchmarks/works.py [--seeds 20] [--only EXERCISE ...] [--folder FOLDER] [--list FILE]

A wrong work that passes all checks with some seed is a hole, a right one that fails one with some seed is refused. A
verdict that differs between seeds is counted besides. Checks that train are left out, but for the exercises that have
no others, which are graded with one seed. Intervals are Wilson's, of 95 %.
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from autograder.author import read_reference
from autograder.exam import only
from autograder.exam.build import build_exam
from autograder.grading import grade, probes_needed
from autograder.judge import OwnRules, Rules
from autograder.lint.mutants.exams import many_seeds
from autograder.lint.mutants.grading import in_parallel, passed_checks
from autograder.lint.mutants.report import outcome_of
from autograder.model import Exam
from autograder.prepare import open_sandbox
from autograder.sandbox import Sandbox
from tests.support.course import COURSE
from tests.support.works import ASSIGNMENT, FOLDER, Work, works

Entry = dict[str, Any]


def verdicts_of(kind: str, folder: Path, seeds: int, names: list[str]) -> list[Entry]:
    """For each work its verdicts by check and seed."""
    exams = many_seeds(COURSE, ASSIGNMENT, range(seeds))
    probes = probes_needed(exams.exam)
    rules = Rules(OwnRules(read_reference(COURSE, ASSIGNMENT).own.rules))
    chosen = [work for work in works(kind, folder) if not names or work.exercise in names]
    entries: list[Entry] = []
    with open_sandbox(ahead=2) as sandbox:

        def verdicts(work: Work) -> dict[str, bool]:
            return passed_checks(exams.exercise(work.exercise), work.submission, sandbox, rules, probes)

        trained = [work for work in chosen if work.exercise not in exams.names]
        entries += [with_training(work, sandbox) for work in trained]
        for work, passed in in_parallel(verdicts, [work for work in chosen if work not in trained]):
            checks, by_seed = exams.checks(work.exercise), exams.verdicts(work.exercise, passed)
            entries.append(
                {
                    "exercise": work.exercise,
                    "name": work.name,
                    "sentence": work.sentence,
                    "outcome": outcome_of(by_seed),
                    "failed": {name: one.count(False) for name, one in by_seed.items() if not all(one)},
                    "unsure": any(len(set(one)) > 1 for one in by_seed.values()),
                    "lost": sum(check.points for check in checks if not by_seed[check.name][0])
                    / sum(check.points for check in checks),
                }
            )
    return sorted(entries, key=lambda entry: (entry["exercise"], entry["name"]))


@functools.cache
def whole_exam() -> Exam:
    return build_exam(COURSE, ASSIGNMENT, 0, "", {}, misconceptions=False)


def with_training(work: Work, sandbox: Sandbox) -> Entry:
    """The verdicts on a work whose checks all train, with the first seed."""
    exam = only(whole_exam(), [work.exercise])
    (result,) = (one for section in grade(exam, work.submission, sandbox).sections for one in section.exercises)
    failed = {check.name: 1 for check in result.checks if check.verdict != "passed"}
    return {
        **{"exercise": work.exercise, "name": work.name, "sentence": work.sentence},
        **{"outcome": "refused" if failed else "surviving", "failed": failed},
        **{"unsure": False, "lost": 1 - result.earned / result.points},
    }


def wilson(count: int, total: int) -> str:
    """The 95 % interval of a share, in percent."""
    if not total:
        return "-"
    z = 1.96
    share, square = count / total, z * z / total
    middle = (share + square / 2) / (1 + square)
    half = z * (share * (1 - share) / total + square / (4 * total)) ** 0.5 / (1 + square)
    return f"{100 * max(0, middle - half):.1f} to {100 * min(1, middle + half):.1f} %"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--list", type=Path, help="write every verdict to this file, a JSON object a line")
    options = parser.parse_args()
    lines = []
    print("| works | number | wrong verdict | 95 % interval | verdict depends on the seed |\n|---|---|---|---|---|")
    for kind, bad in (("wrong", ("surviving", "seed")), ("right", ("refused", "seed"))):
        entries = verdicts_of(kind, options.folder, options.seeds, options.only)
        outcomes = Counter(entry["outcome"] for entry in entries)
        count = sum(outcomes[name] for name in bad)
        unsure = sum(entry["unsure"] for entry in entries)
        print(f"| {kind} | {len(entries)} | {count} | {wilson(count, len(entries))} | {unsure} |")
        lines += [json.dumps({"kind": kind, **entry}) for entry in entries]
    if options.list:
        options.list.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
