"""Plant copies in a class of honest works and count which ones `grade similarity` finds: precision and recall.

    python benchmarks/similarity.py [--students 20] [--rounds 5] [--seed 0]

An honest student has one work for each exercise from the collections of right and wrong works (`tests/*/works`), which
were written one by one from the sheet alone; no two students share a work. Copies are made from some of them:

- renamed: all names that a student can choose are other ones, and comments are added;
- reformatted: other quotes and line breaks, type hints gone, as a formatter leaves it;
- reordered: functions stand in another order, and independent statements too;
- merged: each exercise is taken from one of two others;
- a part: only five exercises are copied, and renamed; the rest is honest.

A copy is found if it is listed with (one of) its source. A pair of two honest students that is listed is a false one.
"""

from __future__ import annotations

import argparse
import ast
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from autograder.classroom import similar_submissions
from autograder.model import SourceFile
from autograder.submission import read_submission
from tests.support.course import COURSE
from tests.support.works import QUIZ, solution_forms, works

KINDS = ("renamed", "reformatted", "reordered", "merged", "a part")
Work = dict[str, str]  # exercise -> source


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--assignment", default="exercise3")
    parser.add_argument("--students", type=int, default=20, help="honest students")
    parser.add_argument("--rounds", type=int, default=5, help="classes of other honest students")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    exercises = [name for name in solution_forms(options.assignment) if name != QUIZ]
    stubs = read_submission(COURSE.exercises(options.assignment)).files
    pool: dict[str, list[str]] = defaultdict(list)
    for kind in ("right", "wrong"):
        for work in works(kind, options.assignment):
            if work.exercise in exercises:
                pool[work.exercise].append(work.source)
    planted, found, ranks = Counter[str](), Counter[str](), Counter[str]()
    listed = false = 0
    for number in range(options.rounds):
        rng = random.Random(options.seed + number)
        honest = _honest(pool, options.students, rng)
        students, sources = dict(honest), {}
        for place, kind in enumerate(KINDS):
            a, b = rng.sample(sorted(honest), 2)
            students[f"copy {place}"], sources[f"copy {place}"] = (
                _copy(kind, honest[a], honest[b], rng),
                (kind, {a, b} if kind == "merged" else {a}),
            )
        files = {key: (SourceFile("work.py", ("\n\n\n".join(work.values()),)),) for key, work in students.items()}
        result = similar_submissions(files, stubs, exercises)
        pairs = [{pair.first, pair.second} for pair in result.pairs]
        for copy, (kind, origin) in sources.items():
            planted[kind] += 1
            partners = [place for place, pair in enumerate(pairs) if copy in pair and pair & origin]
            found[kind] += bool(partners)
            ranks[kind] += bool(partners) and partners[0] < 2 * len(KINDS)
        related = {frozenset({copy, one}) for copy, (_, origin) in sources.items() for one in origin}
        related |= {
            frozenset({a, b}) for a, (_, x) in sources.items() for b, (_, y) in sources.items() if a < b and x & y
        }
        listed += len(pairs)
        wrong = [pair for pair in result.pairs if frozenset({pair.first, pair.second}) not in related]
        false += len(wrong)
        for pair in wrong[:5]:
            what = ", ".join(f"{one.exercise} {one.share:.2f}/{one.passages:.0f}" for one in pair.exercises)
            print(f"  class {number}: {pair.first} and {pair.second}: {what}", file=sys.stderr)
    print("| copy | planted | found | among the first ten pairs |\n|---|---:|---:|---:|")
    for kind in KINDS:
        print(f"| {kind} | {planted[kind]} | {found[kind]} | {ranks[kind]} |")
    print(f"\n{listed} pairs listed, {false} of them of two honest students; too short: {', '.join(result.too_short)}")


def _honest(pool: dict[str, list[str]], students: int, rng: random.Random) -> dict[str, Work]:
    """Deal each work to one student only; a student may have no work for an exercise."""
    found: dict[str, Work] = {f"student {number}": {} for number in range(students)}
    for exercise, sources in pool.items():
        some = rng.sample(sources, min(students, len(sources)))
        for key, source in zip(rng.sample(sorted(found), len(some)), some, strict=True):
            found[key][exercise] = source
    return found


def _copy(kind: str, work: Work, other: Work, rng: random.Random) -> Work:
    if kind == "merged":
        mixed = {name: (work if rng.random() < 0.5 else other).get(name, "") for name in {**work, **other}}
        return {name: source for name, source in mixed.items() if source}
    if kind == "a part":
        long = sorted(work, key=lambda name: -len(work[name]))[:10]
        return {name: _renamed(work[name]) for name in rng.sample(long, min(5, len(long)))}
    change = {"renamed": _renamed, "reformatted": _reformatted, "reordered": lambda source: _reordered(source, rng)}[
        kind
    ]
    changed = {name: change(source) for name, source in work.items()}
    if kind == "reordered":
        names = rng.sample(sorted(changed), len(changed))
        return {name: changed[name] for name in names}
    return changed


class _Names(ast.NodeTransformer):
    """Renames arguments, local variables, and attributes of self."""

    def __init__(self, chosen: set[str]) -> None:
        self.chosen = chosen

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(f"my_{node.id}", node.ctx) if node.id in self.chosen else node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.arg(f"my_{node.arg}" if node.arg in self.chosen else node.arg, node.annotation)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        own = isinstance(node.value, ast.Name) and node.value.id == "self"
        return ast.Attribute(node.value, f"my_{node.attr}", node.ctx) if own else node


def _renamed(source: str) -> str:
    tree = ast.parse(source)
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    text = ast.unparse(ast.fix_missing_locations(_Names(stored).visit(tree)))
    return re.sub(r"(?m)^(    .+[^:,\[({\\])$", r"\1  # what I do here", text)


def _reformatted(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for arg in (*node.args.args, *node.args.kwonlyargs):
                arg.annotation = None
    return ast.unparse(tree).replace("'", '"').replace(", ", ",\n        ")


def _reordered(source: str, rng: random.Random) -> str:
    """Methods in another order, and neighbouring assignments exchanged that do not use each other's names."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            rng.shuffle(node.body)
        elif isinstance(node, ast.FunctionDef):
            for place in range(len(node.body) - 1):
                first, second = node.body[place : place + 2]
                if isinstance(first, ast.Assign) and isinstance(second, ast.Assign) and not _uses(first, second):
                    node.body[place : place + 2] = [second, first]
    return ast.unparse(tree)


def _uses(first: ast.Assign, second: ast.Assign) -> bool:
    names = {node.id for target in first.targets for node in ast.walk(target) if isinstance(node, ast.Name)} - {"self"}
    return any(isinstance(node, ast.Name) and node.id in names for node in ast.walk(second))


if __name__ == "__main__":
    main()
