"""One mistake in every form of the right answer: the engine combines misconceptions with alternatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from autograder.author.words import Misconception


def combinations(wrong: Misconception, alternatives: Iterable[Any]) -> Iterator[Any]:
    """The misconception made of each alternative, as far as this is possible.

    A class that changes the reference by inheritance changes an alternative in the same way, if the alternative is a
    subclass of the reference's class as well.
    """
    right = wrong.exercise.right
    if not isinstance(right, type) or not isinstance(wrong.wrong, type) or not issubclass(wrong.wrong, right):
        return
    for other in alternatives:
        if isinstance(other, type) and issubclass(other, right) and not issubclass(wrong.wrong, other):
            try:
                yield type(wrong.name, (wrong.wrong, other), {"__module__": wrong.wrong.__module__})
            except TypeError:  # the two classes have no common order of their bases
                continue
