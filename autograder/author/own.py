"""The modules of a course that extend the engine: `probes.py` and `judging.py`, or packages of these names."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.errors import CourseError
from autograder.judge import COMPARATORS, MEASURES, Comparator, Drawing, Measure

ROOTS = {"probes": "course_probes", "judging": "course_judging"}
"""A module of the reference -> the name under which the sandbox imports it."""
ALLOWED = {
    "probes": ("torch", "numpy", "autograder.sandbox.inside"),
    "judging": ("numpy", "autograder.judge.rules"),
}
"""What they may import besides the standard library: nothing else is there when they run in a sandbox."""


@dataclass(frozen=True)
class OwnModules:
    """What a course brings along: probes, comparators, measures and drawings by name, and the texts of their files."""

    probes: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, Comparator[Any] | Drawing | Measure] = field(default_factory=dict)
    probe_texts: Mapping[str, str] = field(default_factory=dict)
    judging_texts: Mapping[str, str] = field(default_factory=dict)


def read_own_modules(package: str, folder: Path) -> OwnModules:
    """Import the course's own modules, if it has any; `CourseError` for a name of the engine, or an import of it."""
    texts = {word: dict(_texts(folder, word)) for word in ROOTS}
    modules = {word: list(_imported(package, word, texts[word])) for word in ROOTS if texts[word]}
    probes = {}
    if "probes" in modules:
        from autograder.sandbox.inside.build import BUILDERS, Builder
        from autograder.sandbox.inside.probe import Probe
        from autograder.sandbox.inside.probes import PROBES

        probes = {one.name: one for one in _values(modules["probes"]) if isinstance(one, (Probe, Builder))}
        _refuse_taken(folder / "probes.py", probes, {**BUILDERS, **PROBES})
        probes = {name: one for name, one in probes.items() if name not in PROBES}
    kinds = Comparator, Drawing, Measure
    rules = {one.name: one for one in _values(modules.get("judging", [])) if isinstance(one, kinds)}
    _refuse_taken(folder / "judging.py", rules, {**COMPARATORS, **MEASURES})
    return OwnModules(probes, rules, texts["probes"], texts["judging"])


def _texts(folder: Path, word: str) -> Iterator[tuple[str, str]]:
    """The names for the sandbox and the texts; a package comes before its modules."""
    if (folder / f"{word}.py").is_file():
        yield ROOTS[word], _text(folder / f"{word}.py", word)
    elif (folder / word / "__init__.py").is_file():
        yield ROOTS[word], _text(folder / word / "__init__.py", word)
        for path in sorted((folder / word).glob("*.py")):
            if path.stem != "__init__":
                yield f"{ROOTS[word]}.{path.stem}", _text(path, word)


def _text(path: Path, word: str) -> str:
    """The text of a module; `CourseError` where it imports what is not there in the sandbox."""
    try:
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) else ""
        raise CourseError(f"{_shown(path)}{line}: {error}.") from None
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Import, ast.ImportFrom)) or getattr(node, "level", None):
            continue
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        for name in names:
            if not _is_allowed(name, ALLOWED[word]):
                raise CourseError(
                    f"{_shown(path)}, line {node.lineno}: it imports {name}; it may import only the standard library, "
                    f"{', '.join(ALLOWED[word])} and its own package, since it runs in a sandbox."
                )
    return text


def _is_allowed(name: str, allowed: tuple[str, ...]) -> bool:
    known = any(f"{name}.".startswith(f"{one}.") for one in allowed)
    return known or name.partition(".")[0] in sys.stdlib_module_names


def _imported(package: str, word: str, texts: Mapping[str, str]) -> Iterator[ModuleType]:
    for name in texts:
        yield importlib.import_module(f"{package}.{word}{name.removeprefix(ROOTS[word])}")


def _values(modules: list[ModuleType]) -> Iterator[object]:
    for module in modules:
        yield from vars(module).values()


def _refuse_taken(path: Path, own: Mapping[str, object], engine: Mapping[str, object]) -> None:
    """Refuse functions with the name of one of the engine's; a module may import those of the engine."""
    for name, one in own.items():
        if name in engine and engine[name] is not one:
            raise CourseError(f"{_shown(path)}: the engine has {one} already; choose another name.")


def _shown(path: Path) -> str:
    return "/".join(path.parts[-3:])
