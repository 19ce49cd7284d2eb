"""What one section of a reference holds: a module, or a package with a module for each exercise."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeVar

from autograder.author.milestones import Milestone
from autograder.author.nouns import Alternative, Check, Misconception, Reference, first_paragraph

T = TypeVar("T")


@dataclass(frozen=True)
class Section:
    """What one module of the reference holds, in reading order."""

    name: str
    title: str
    extra: bool
    references: tuple[Reference[Any], ...]
    checks: tuple[Check, ...]
    misconceptions: tuple[Misconception, ...]
    alternatives: tuple[Alternative, ...]
    milestones: tuple[Milestone, ...] = ()

    @property
    def namespace(self) -> dict[str, Any]:
        """Each exercise by its name, as in a file that a perfect student hands in."""
        return {reference.name: reference.value for reference in self.references}


def read_section(module: ModuleType) -> Section:
    """Collect what a section of the reference defines, in the order of its lines; `TypeError` if `extra` is no bool."""
    extra = getattr(module, "extra", False)
    if not isinstance(extra, bool):
        raise TypeError(f"extra is True or False, not {extra!r}")
    values = list({id(one): one for part in modules_of(module) for one in _words_in(part)}.values())

    def all_of(kind: type[T]) -> tuple[T, ...]:
        return tuple(value for value in values if isinstance(value, kind))

    return Section(
        name=module.__name__.rpartition(".")[2],
        title=first_paragraph(module).partition("\n")[0].rstrip("."),
        extra=extra,
        references=all_of(Reference),
        checks=all_of(Check),
        misconceptions=all_of(Misconception),
        alternatives=all_of(Alternative),
        milestones=all_of(Milestone),
    )


def modules_of(module: ModuleType) -> Iterator[ModuleType]:
    """The module, and the modules of the package that its tuple `exercises` names."""
    yield module
    names = getattr(module, "exercises", ())
    if not isinstance(names, (tuple, list)) or not all(isinstance(name, str) for name in names):
        raise TypeError(f"exercises is a tuple of the names of modules, not {names!r}")
    for name in names:
        yield importlib.import_module(f"{module.__name__}.{name}")


def _words_in(module: ModuleType) -> Iterator[object]:
    """What a module defines or imports; an imported exercise belongs to the module that defines it."""
    for name, value in list(vars(module).items()):
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Misconception) and not one.name:
                object.__setattr__(one, "name", name)  # a mistake has the name of the variable that holds it
            if not isinstance(one, Reference) or getattr(one.right, "__module__", "") == module.__name__:
                yield one
