"""Mistakes that are the right program with one thing changed, and one mistake in every form of the right answer."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from autograder.author.nouns import Misconception, Reference
from autograder.author.words import expect_reference
from autograder.edits import EditError, edited

ARROW = " -> "


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

    - Words are replaced in an alternative as well, if they stand there once. An alternative that only adds bases or
      attributes to the right class adds them to the edited one.
    - A class that changes the reference by inheritance changes an alternative in the same way, if the alternative is a
      subclass of the reference's class as well.
    """
    for other in alternatives:
        if wrong.changes:
            try:
                yield edited(other, wrong.changes, name=wrong.exercise.name, everywhere=wrong.everywhere)
            except EditError:
                if _has_no_methods(other, wrong.exercise.right):
                    yield _rebased(wrong.wrong, other, wrong.exercise.right)
        elif _inherits(wrong.wrong, wrong.exercise.right) and _inherits(other, wrong.exercise.right):
            if issubclass(wrong.wrong, other):
                continue
            try:
                yield type(wrong.name, (wrong.wrong, other), {"__module__": wrong.wrong.__module__})
            except TypeError:  # the two classes have no common order of their bases
                continue


def _has_no_methods(other: Any, right: Any) -> bool:
    """Whether the alternative only adds bases or attributes to the right class; methods could name that class."""
    return _inherits(other, right) and right in other.__bases__ and not any(map(callable, vars(other).values()))


def _rebased(wrong: type, other: type, right: type) -> type:
    """The alternative as a subclass of the wrong class instead of the right one."""
    bases = tuple(wrong if base is right else base for base in other.__bases__)
    own = {name: value for name, value in vars(other).items() if name not in ("__dict__", "__weakref__")}
    return type(other.__name__, bases, own)


def _inherits(one: object, base: object) -> bool:
    return isinstance(one, type) and isinstance(base, type) and issubclass(one, base) and one is not base


def mistakes(exercise: Reference[Any], table: str) -> tuple[Misconception, ...]:
    """Many mistakes of one exercise, a name, its hint and the words that are replaced; most take two lines.

    A line without indent begins a mistake. Indented lines continue its hint, or are changes, with an arrow between the
    words of the reference and those in their place. Errors name the line of the table.

    Example usage:

        wrong = mistakes(
            max_pool,
            \"\"\"
            mean_for_max: Max pooling keeps the largest value of each window.
                x.amax(dim=(2, 3)) -> x.mean(dim=(2, 3))
            \"\"\",
        )
    """
    found = []
    for line, name, lines in _entries(textwrap.dedent(table)):
        pairs = [_change(one) for one in lines if ARROW in f"{one} "]
        changes = dict(pairs)
        if len(changes) < len(pairs):
            raise EditError(f"line {line} of the table of mistakes, {name}: two changes have the same words")
        hint = " ".join(one for one in lines if ARROW not in f"{one} ")
        if not name.isidentifier() or not hint or not changes:
            raise EditError(
                f"line {line} of the table of mistakes: write `name: hint`, then indented lines `words -> others`"
            )
        try:
            found.append(replace(mistake(exercise, changes, hint), name=name))
        except EditError as error:
            raise EditError(f"line {line} of the table of mistakes, {name}: {error}") from None
    return tuple(found)


def _entries(table: str) -> Iterator[tuple[int, str, list[str]]]:
    """The number of the first line, the name, and the other lines of each entry, the rest of the first one included."""
    entries: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(table.splitlines(), 1):
        if not line.strip():
            continue
        if line[0] != " ":
            name, _, rest = line.partition(":")
            entries.append((number, name.strip(), [rest.strip()] if rest.strip() else []))
        elif entries:
            entries[-1][2].append(line.strip())
    yield from entries


def _change(line: str) -> tuple[str, str]:
    words, _, others = f"{line} ".partition(ARROW)
    return words.strip(), others.strip()
