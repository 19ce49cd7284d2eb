"""Imports modules from their code: the course's own, which are part of an exam as text."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Mapping
from types import CodeType, ModuleType
from typing import Any


def compiled(texts: Mapping[str, str]) -> dict[str, CodeType]:
    """Compile modules, by their full names, without running them."""
    return {name: compile(text, f"<{name}>", "exec", dont_inherit=True) for name, text in texts.items()}


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Makes modules of their code, by their full names. A name with modules below it is a package."""

    def __init__(self, codes: Mapping[str, CodeType]) -> None:
        self._codes = dict(codes)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name not in self._codes:
            return None
        is_package = any(other.startswith(f"{name}.") for other in self._codes)
        return importlib.machinery.ModuleSpec(name, self, is_package=is_package)

    def exec_module(self, module: ModuleType) -> None:
        exec(self._codes[module.__name__], module.__dict__)


def load_modules(codes: Mapping[str, CodeType]) -> dict[str, ModuleType]:
    """Import modules, in the order given, in place of any of the same names; returns them by name."""
    finder = Finder(codes)
    for name in codes:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, finder)
    try:
        return {name: importlib.import_module(name) for name in codes}
    finally:
        sys.meta_path.remove(finder)
