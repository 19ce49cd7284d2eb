"""Grade the collection of right and wrong works with the cases of many seeds, and count wrong verdicts.

    python benchmarks/works.py [--assignment exercise3 ...] [--seeds 20] [--only EXERCISE ...] [--list FILE]

A wrong work that passes all checks with some seed is a hole, a right one that fails one with some seed is refused. A
verdict that differs between seeds is counted besides. Checks that train are left out, but for the exercises that have
no others, which are graded with one seed. Intervals are Wilson's, of 95 %.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from autograder.lint.mutants.report import outcome_of
from autograder.model import ExamCheck
from tests.support.verdicts import ManyGrades, Verdicts
from tests.support.works import ASSIGNMENTS, Work, works

Entry = dict[str, Any]
WRONG_VERDICTS = {"wrong": ("surviving", "seed"), "right": ("refused", "seed")}


def entry_of(work: Work, checks: Sequence[ExamCheck], verdicts: Verdicts) -> Entry:
    """The line about a work: its outcome, the seeds with which each check refuses it, and the share that it loses."""
    return {
        "exercise": work.exercise,
        "name": work.name,
        "sentence": work.sentence,
        "outcome": outcome_of(verdicts),
        "failed": {name: one.count(False) for name, one in verdicts.items() if not all(one)},
        "unsure": any(len(set(one)) > 1 for one in verdicts.values()),
        "lost": sum(check.points for check in checks if not verdicts[check.name][0])
        / sum(check.points for check in checks),
    }


def row(assignment: str, kind: str, entries: list[Entry]) -> str:
    """The line of the table for the works of one kind."""
    wrong = sum(entry["outcome"] in WRONG_VERDICTS[kind] for entry in entries)
    unsure = sum(entry["unsure"] for entry in entries)
    number = len(entries)
    return f"| {assignment} | {kind} | {number} | {wrong} | {wilson(wrong, number)} | {unsure} |"


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
    parser.add_argument("--assignment", nargs="*", default=list(ASSIGNMENTS), metavar="NAME")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--only", nargs="*", default=[], metavar="EXERCISE")
    parser.add_argument("--list", type=Path, metavar="FILE", help="write one line of JSON for each work")
    options = parser.parse_args()
    entries: list[Entry] = []
    print("| assignment | works | number | wrong verdict | 95 % interval | depends on the seed |")
    print("|---|---|---|---|---|---|")
    for assignment in options.assignment:
        grades = ManyGrades(assignment, range(options.seeds))
        for kind in WRONG_VERDICTS:
            chosen = (work for work in works(kind, assignment) if not options.only or work.exercise in options.only)
            found = [entry_of(work, grades.checks(work.exercise), given) for work, given in grades.verdicts(chosen)]
            found.sort(key=lambda entry: (entry["exercise"], entry["name"]))
            print(row(assignment, kind, found), flush=True)
            entries += [{"assignment": assignment, "kind": kind, **entry} for entry in found]
            if options.list:
                options.list.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    if len(options.assignment) > 1:
        for kind in WRONG_VERDICTS:
            print(row("all", kind, [entry for entry in entries if entry["kind"] == kind]))


if __name__ == "__main__":
    main()
