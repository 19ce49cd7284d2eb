"""Whether an assignment holds: what `grade lint` reports to its author.

It must reward right work, refuse wrong work, and tell mistakes apart: the solution earns everything and the stubs
nothing (`work.py`), the reference passes with other random numbers (`chance.py`), and each misconception is refused and
gets its own hint (`misconceptions.py`). `advice.py` says what might be better.
"""

from __future__ import annotations

from autograder.lint.assignment import Progress, Report, findings, lint
from autograder.lint.finding import Finding

__all__ = ["Finding", "Progress", "Report", "findings", "lint"]
