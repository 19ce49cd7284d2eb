"""Checks whether an assignment rewards right work, refuses wrong work and distinguishes mistakes.

`grade lint` shows these findings to the author of the assignment:

    solution_and_stubs.py    the solution earns all points, and the stubs grade as not started
    random_answers.py        the reference passes its own checks with other random numbers
    draws.py                 the cases of each check follow from the seed
    arguments.py             the reference does not change its arguments
    titles.py                the checks of an exercise have different titles
    interchangeable.py       no more layers are interchangeable than the probe `forward` tries
    milestones.py            the solution gets a picture of each milestone, and its texts hold
    misconceptions.py        the checks refuse each misconception, and it gets its own hint
    mutants/                 every small edit of right code is refused
    advice.py                what may be improved: long titles, few misconceptions, cases that hide mistakes
"""

from __future__ import annotations

from autograder.lint.assignment import LintProgress, LintReport, findings, lint
from autograder.lint.finding import Finding
from autograder.lint.mutants import Hunt, Mutant, MutantProgress, bug_hunt, run_mutants

__all__ = [
    "Finding",
    "Hunt",
    "LintProgress",
    "LintReport",
    "Mutant",
    "MutantProgress",
    "bug_hunt",
    "findings",
    "lint",
    "run_mutants",
]
