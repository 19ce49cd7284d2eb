"""What an author yields: arguments of a check, and objects among them that only the sandbox makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from autograder.model import Value

Argument: TypeAlias = "Value | Make | Sequence[Argument] | Mapping[str, Argument]"
"""What an author gives as an argument: plain data, and objects that the sandbox makes."""


@dataclass(frozen=True)
class Make:
    """An object that the sandbox makes before it asks, written as data: `torch.nn.Linear(3, 4)`.

    `name` is a dotted name below `torch`, or a builder of `autograder.sandbox.inside.build` or of the course.
    The same Make used twice in one case becomes the same object (a shared layer). With `itself` the builder is not
    called: it is the argument.
    """

    name: str
    args: tuple[Argument, ...] = ()
    kwargs: Mapping[str, Argument] = field(default_factory=dict)
    itself: bool = False


@dataclass(frozen=True)
class Case:
    """One set of arguments of a check, with options for its probe and what its measure compares with."""

    args: tuple[Argument, ...] = ()
    kwargs: Mapping[str, Argument] = field(default_factory=dict)
    options: Mapping[str, Argument] = field(default_factory=dict)
    for_measure: Mapping[str, Value] | None = None

    def given(self, **options: Argument) -> Case:
        """The same case with options for its probe: `case(1, 10).given(inputs=[x])`."""
        return replace(self, options={**self.options, **options})

    def on(self, *inputs: Argument) -> Case:
        """The same case with the arguments of the forward pass: `case(3, 5).on(draw.normal(2, 3, 6, 7))`."""
        return self.given(inputs=list(inputs))

    def expecting(self, **values: Value) -> Case:
        """The same case with what its measure knows; the reference is then not asked."""
        return replace(self, for_measure={**(self.for_measure or {}), **values})
