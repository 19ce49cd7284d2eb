"""Loads the course's own modules from their texts: probes beside student code, comparators in a process without any."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import linecache
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from .build import Builder
from .probe import Probe

Word = Probe[Any] | Builder
"""What a course adds to the words that a question may use."""

PROBES = "course_probes"
"""The name under which the probes of a course are imported in the sandbox; a package if they are several files."""


class Texts(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Makes modules of texts, by their full names. A name with modules below it is a package."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name not in self._texts:
            return None
        is_package = any(other.startswith(f"{name}.") for other in self._texts)
        return importlib.machinery.ModuleSpec(name, self, is_package=is_package)

    def exec_module(self, module: ModuleType) -> None:
        text, title = self._texts[module.__name__], f"<{module.__name__}>"
        linecache.cache[title] = (len(text), None, text.splitlines(keepends=True), title)
        exec(compile(text, title, "exec", dont_inherit=True), module.__dict__)


def load_texts(texts: Mapping[str, str]) -> dict[str, ModuleType]:
    """Import modules from their texts, in the order given, in place of any of the same names; returns them by name."""
    finder = Texts(texts)
    for name in texts:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, finder)
    try:
        return {name: importlib.import_module(name) for name in texts}
    finally:
        sys.meta_path.remove(finder)


def words_in(modules: Mapping[str, ModuleType]) -> dict[str, Word]:
    """The probes and builders that these modules define, by name."""
    values = (value for module in modules.values() for value in vars(module).values())
    return {value.name: value for value in values if isinstance(value, (Probe, Builder))}
