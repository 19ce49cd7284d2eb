"""What makes a function a probe: it declares its options, and an author asks for it by calling it with some of them."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Concatenate, Generic, ParamSpec

from .frames import QuestionFrame

P = ParamSpec("P")

NEEDED: Any = inspect.Parameter.empty
"""The default of an option that each case must give."""


class _Given:
    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


DRAWN: Any = _Given("drawn")
"""The default of a seed that the engine draws for each case, unless the author gives one."""

PARAMETERS: Any = _Given("the names of the parameters")
"""The default of the names of the exercise's parameters, in order; the engine gives them."""


@dataclass(frozen=True)
class Ask:
    """What a check asks: a probe, and the options that all its cases share."""

    probe: Probe[Any]
    options: Mapping[str, Any]


class Probe(Generic[P]):
    """A function `probe(target, question, *, option=default) -> plain data`.

    `target` is the student's object, `question` the frame with the arguments of the case. An author writes
    `ask=probe(option=value)`; the sandbox calls `answer`.
    """

    def __init__(self, function: Callable[Concatenate[Any, QuestionFrame, P], Any]) -> None:
        self.function = function
        self.name = function.__name__
        self.__doc__ = function.__doc__
        parameters = inspect.signature(function).parameters.values()
        self.options = {one.name: one.default for one in parameters if one.kind is one.KEYWORD_ONLY}

    def __call__(self, *positional: P.args, **options: P.kwargs) -> Ask:
        """This probe with these options; raises `TypeError` for an option that it does not have."""
        if positional:
            raise TypeError(f"{self.name} takes its options by name: {self.name}(option=value)")
        for name in options:
            if name not in self.options:
                raise TypeError(f"the probe {self.name} has no option {name!r}; {meant(name, self.options)}")
        return Ask(self, options)

    def __repr__(self) -> str:
        return f"the probe {self.name}"

    def answer(self, target: Any, question: QuestionFrame) -> Any:
        """Ask the student's object; options that the probe does not declare, such as `device`, are left out."""
        given = {name: value for name, value in question["options"].items() if name in self.options}
        run: Any = self.function
        return run(target, question, **given)


KNOWN_PROBES: ContextVar[Mapping[str, Probe[Any]]] = ContextVar("KNOWN_PROBES", default=MappingProxyType({}))
"""The probes by name, those of the course included, for a probe that asks another one."""


def probe(function: Callable[Concatenate[Any, QuestionFrame, P], Any]) -> Probe[P]:
    """Make a function a probe; its keyword-only parameters are its options."""
    return Probe(function)


def meant(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown name: the one that was meant, or all that there are."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.4)
    return f"did you mean {near[0]}?" if near else f"it has {', '.join(known) or 'none'}"
