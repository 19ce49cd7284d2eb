"""`check`, `hint`, `solution` and `submit`: the cells of a notebook ask them about what is defined there.

They ask in the student's own kernel, with the questions of the sealed exam, through the probes that the sandbox uses
as well, and the same judge decides. Nothing is protected here: whoever wants to can forge the result in their own
kernel. Grades that count are made elsewhere, by `grade batch` or the sealed mode of `autograder.nbgrader`.

In the sandbox, where a submitted notebook is run, these names do nothing (`sandbox/inside/load.py`).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.cell.display import Display

__all__ = ["check", "hint", "solution", "submit"]


def check(exercise: Any = "", *, training: bool = True) -> Display:
    """Grade an exercise as it is defined here, for example `check("conv2d_manual")`; `check()` grades all of them.

    Shows what is right, what exactly is wrong, and why. As a number it is the points that the exercise earns.
    """
    from autograder.cell.check import checked

    return checked(exercise, sys._getframe(1).f_globals, training)


def hint(exercise: Any = "") -> Display:
    """Give a hint for an exercise, for example `hint("conv2d_manual")`.

    The same cell again, with no other cell in between, gives the next hint.
    """
    from autograder.cell.check import hinted

    return hinted(exercise, sys._getframe(1).f_globals)


def solution(exercise: Any) -> Display:
    """Show the course's solution of an exercise that is complete, for example `solution("conv2d_manual")`."""
    from autograder.cell.check import solved

    return solved(exercise, sys._getframe(1).f_globals)


def submit(assignment: str = "") -> Display:
    """Write `ASSIGNMENT-hand-in.zip` with the code that ran in this kernel, and show which exercises it holds.

    Without a name it is the assignment of which most exercises are defined here.
    """
    from autograder.cell.submit import submitted

    return submitted(assignment, sys._getframe(1).f_globals)
