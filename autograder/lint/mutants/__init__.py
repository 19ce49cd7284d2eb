"""Mutants: right answers with one edit of the catalogue, to see what the checks let pass.

Each edit is applied to the solution of an exercise and to its alternatives, and graded in the sandbox with the cases of
several seeds. A mutant that passes is asked many more questions: if it answers one of them otherwise than the
reference, it survives, and the checks have a hole, or it is right in another way, which the author then lists.

A bug hunt is the solution with one mutant in each exercise, for students.
"""

from __future__ import annotations

from autograder.lint.mutants.bug_hunt import Hunt, bug_hunt
from autograder.lint.mutants.report import Mutant
from autograder.lint.mutants.run import MutantProgress, run_mutants

__all__ = ["Hunt", "Mutant", "MutantProgress", "bug_hunt", "run_mutants"]
