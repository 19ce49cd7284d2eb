"""What the words of a reference make: exercises, checks, misconceptions and alternatives."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from autograder.author.case import Case
from autograder.author.draw import Draw
from autograder.author.recording import call_recorded, class_called
from autograder.author.signature import signature_of
from autograder.judge import Compare, Threshold
from autograder.model import Value

if TYPE_CHECKING:
    from autograder.sandbox.inside.probe import Ask

T = TypeVar("T")
Cases = Callable[[Draw], Iterator[Case]]


class Variable:
    """The trusted value of a variable; its docstring holds the hints."""

    def __init__(self, name: str, value: Value, hints: str, module: str) -> None:
        self.__name__ = name
        self.__doc__ = hints
        self.__module__ = module
        self.value = value


@dataclass(frozen=True)
class Reference(Generic[T]):
    """The trusted answer to one exercise. `right` is the function or class itself."""

    right: T
    points: float
    seconds: float
    training_seconds: float
    forbids: tuple[str, ...]
    requires: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return str(getattr(self.right, "__name__", ""))

    @property
    def value(self) -> Any:
        """What stands under the name: the function or class, or the value of a variable."""
        return self.right.value if isinstance(self.right, Variable) else self.right

    @property
    def signature(self) -> str:
        """`conv_output_size(input_size, kernel_size, stride=1)`; of a variable only the name."""
        return self.name if isinstance(self.right, Variable) else f"{self.name}{signature_of(self.right)}"

    @property
    def hints(self) -> tuple[str, ...]:
        """The paragraphs of its docstring: a nudge first, then the idea, then the place in the chapter."""
        return paragraphs(self.right)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        right: Any = self.right
        if inspect.isfunction(right):
            return call_recorded(self.name, right, args, kwargs)
        return class_called(self.name, right)(*args, **kwargs)


@dataclass(frozen=True, eq=False)
class Check:
    """One property of an exercise: `cases` yields the arguments, `ask` says what to do with them, `compare` decides."""

    exercise: Reference[Any]
    name: str
    title: str
    points: float
    cases: Cases
    ask: Ask
    compare: Compare
    measure: Threshold | None
    needs: tuple[Check, ...]
    counts_with: Callable[[], tuple[Check, ...]]
    hidden: bool
    training: bool
    picture: str


@dataclass(frozen=True)
class Misconception:
    """A wrong implementation that students really write; the docstring is the hint.

    `changes` are the words of the reference that it replaces, if it is an edit.
    """

    exercise: Reference[Any]
    name: str
    hint: str
    wrong: Any
    changes: Mapping[str, str] | None = None
    everywhere: bool = False


@dataclass(frozen=True)
class Alternative:
    """Another right implementation, for exercises whose right answers are more than one."""

    exercise: Reference[Any]
    right: Any


def first_paragraph(thing: Any) -> str:
    """The first paragraph of the docstring, or an empty string."""
    return "".join(paragraphs(thing)[:1])


def paragraphs(thing: Any) -> tuple[str, ...]:
    """The docstring as paragraphs of plain text; a class does not inherit the one of its base."""
    parts = inspect.cleandoc(thing.__doc__ or "").split("\n\n")
    return tuple(" ".join(part.split()) for part in parts if part.strip())
