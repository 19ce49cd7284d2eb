"""Mistakes that are the right program with one thing changed, and one mistake in every form of the right answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from autograder.author.words import Misconception, Reference, expect_reference
from autograder.edits import EditError, edited


def mistake(
    exercise: Reference[Any], changes: Mapping[str, str], hint: str, *, everywhere: bool = False
) -> Misconception:
    """A misconception that is the reference with some words replaced; the variable that holds it is its name.

    `changes` maps words of the reference's source to others. They are found as syntax: an expression, statements, a
    keyword argument, or a parameter with its default. Words that are not there, or more than once, raise `EditError`;
    `everywhere` replaces them at each place.

    Example usage:

        mean_for_max = mistake(max_pool, {"x.amax(dim=(2, 3))": "x.mean(dim=(2, 3))"}, "Max pooling keeps the largest.")
    """
    expect_reference("mistake", exercise)
    if not isinstance(hint, str) or not hint.strip():
        raise TypeError("a mistake has a hint, the sentence that the student reads")
    wrong = edited(exercise.right, changes, name=exercise.name, everywhere=everywhere)
    return Misconception(exercise, "", " ".join(hint.split()), wrong, changes, everywhere)


def combinations(wrong: Misconception, alternatives: Iterable[Any]) -> Iterator[Any]:
    """The misconception made of each alternative, as far as this is possible.

    - Words are replaced in an alternative as well, if they stand there once.
    - A class that changes the reference by inheritance changes an alternative in the same way, if the alternative is a
      subclass of the reference's class as well.
    """
    for other in alternatives:
        if wrong.changes:
            try:
                yield edited(other, wrong.changes, name=wrong.exercise.name, everywhere=wrong.everywhere)
            except EditError:
                continue
        elif _inherits(wrong.wrong, wrong.exercise.right) and _inherits(other, wrong.exercise.right):
            if issubclass(wrong.wrong, other):
                continue
            try:
                yield type(wrong.name, (wrong.wrong, other), {"__module__": wrong.wrong.__module__})
            except TypeError:  # the two classes have no common order of their bases
                continue


def _inherits(one: object, base: object) -> bool:
    return isinstance(one, type) and isinstance(base, type) and issubclass(one, base) and one is not base
