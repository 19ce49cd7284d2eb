"""Loads a student's files from their text, statement by statement, so that one that fails costs only itself."""

from __future__ import annotations
import __future__

import ast
import importlib.abc
import importlib.machinery
import linecache
import sys
import traceback
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from .answer import message

ROOT = "submission"  # the package in which relative imports of a submission are resolved
CHECKS = "autograder.cell"  # what a notebook imports its own checks from; here these do nothing
NOBODY_TYPES = "EOF when reading a line"  # what Python says where input() meets the end
DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Files(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The files of one submission, importable by each other; `problems` tells what went wrong while loading.

    `at` is told of each statement that may take long before it runs, so that the other side knows which did not end.
    """

    def __init__(
        self, files: Sequence[dict[str, Any]], at: Callable[[str, int], None] = lambda title, line: None
    ) -> None:
        self.problems: list[dict[str, Any]] = []
        self._files = files
        self._definitions_only = False
        self._skipped: set[tuple[str, int]] = set()
        self._at = at
        self._paths = {tuple(file["name"].rpartition(".")[0].split("/")): file for file in reversed(files)}
        self._titles = {self._title(file, cell): file["name"] for file in files for cell in range(len(file["cells"]))}
        sys.meta_path.insert(0, self)

    def load(self, number: int, definitions_only: bool = False, skipped: Sequence[Sequence[Any]] = ()) -> ModuleType:
        """Run the statements of one file in a module of its own and return it, whatever failed.

        `skipped` are statements that are left out, as (title, line).
        """
        file = self._files[number]
        self.problems = []
        self._definitions_only = definitions_only
        self._skipped = {(title, line) for title, line in skipped}
        module = ModuleType(file["module"])
        module.__file__ = file["name"]
        module.__package__ = ".".join([ROOT, *file["name"].split("/")[:-1]])  # so that `from .blocks import …` works
        if file["module"] not in sys.modules:
            sys.modules[file["module"]] = module
        self._run(file, module)
        return module

    def where(self, error: BaseException) -> str:
        """The innermost line of the student's that the error came through, or an empty string."""
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in self._titles]
        if not frames:
            return ""
        place = f"{frames[-1].filename}, line {frames[-1].lineno}"
        return f"{place}: {frames[-1].line.strip()[:200]}" if frames[-1].line else place

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name == CHECKS:
            return importlib.machinery.ModuleSpec(name, self)
        file, is_package = self._locate(name)
        if file is None and not is_package:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=is_package)

    def exec_module(self, module: ModuleType) -> None:
        if module.__name__ == CHECKS:
            vars(module).update(check=_nothing, hint=_nothing)
            return
        file, _ = self._locate(module.__name__)
        if file is not None:
            module.__file__ = file["name"]
            self._run(file, module)

    def _locate(self, name: str) -> tuple[dict[str, Any] | None, bool]:
        """The file that a dotted name stands for, and whether it is a package; folders are packages too."""
        parts = tuple(name.split("."))
        if parts[0] == ROOT:
            parts = parts[1:]
            if not parts:
                return None, True
        for path, file in self._paths.items():
            if path[-len(parts) :] == parts:
                return file, False
            if path[-1] == "__init__" and path[:-1][-len(parts) :] == parts:
                return file, True
        folders = (path[:end] for path in self._paths for end in range(1, len(path)))
        return None, any(folder[-len(parts) :] == parts for folder in folders)

    def _run(self, file: dict[str, Any], module: ModuleType) -> None:
        flags = 0
        for number, text in enumerate(file["cells"]):
            title = self._title(file, number)
            linecache.cache[title] = (len(text), None, text.splitlines(keepends=True), title)
            try:
                tree = ast.parse(text, title)
            except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
                self.problems.append({"file": title, "fatal": True, "text": _syntax(title, error), "name": ""})
                continue
            for node in tree.body:
                if (title, node.lineno) in self._skipped or (self._definitions_only and not _defines(node)):
                    continue
                flags |= _future(node)
                self._execute(node, title, flags, module)

    def _execute(self, node: ast.stmt, title: str, flags: int, module: ModuleType) -> None:
        if not isinstance(node, DEFINITIONS):
            self._at(title, node.lineno)
        try:
            code = compile(ast.Module([node], []), title, "exec", flags=flags, dont_inherit=True)
            exec(code, module.__dict__)
        except BaseException as error:  # noqa: BLE001 - foreign code, SystemExit included
            place = self.where(error) or f"{title}, line {node.lineno}"
            text = f"{place}\n{worded(type(error).__name__, message(error))}"
            if text.endswith(f"EOFError: {NOBODY_TYPES}"):
                text += ", nobody answers input() here"
            name = str(getattr(node, "name", ""))
            self.problems.append({"file": title, "fatal": False, "text": text, "name": name})

    def _title(self, file: dict[str, Any], cell: int) -> str:
        name = str(file["name"])
        return f"{name} cell {cell + 1}" if name.endswith(".ipynb") else name


def _nothing(*_: Any, **__: Any) -> float:
    """Stands for the notebook's own checks, which are asked from outside here."""
    return 0.0


def _defines(node: ast.stmt) -> bool:
    if isinstance(node, DEFINITIONS):
        return True
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        return not any(isinstance(part, (ast.Call, ast.comprehension)) for part in ast.walk(node))
    return isinstance(node, ast.Try) and all(isinstance(part, DEFINITIONS) for part in node.body)


def _future(node: ast.stmt) -> int:
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        features = (getattr(__future__, name.name, None) for name in node.names)
        return sum(feature.compiler_flag for feature in features if feature is not None)
    return 0


def _syntax(title: str, error: BaseException) -> str:
    if not isinstance(error, SyntaxError) or error.lineno is None:
        return f"{title}: {worded(type(error).__name__, message(error))}"
    line = (error.text or "").rstrip("\n")
    indent = len(line) - len(line.lstrip())
    caret = max(0, (error.offset or 1) - 1 - indent)
    return f"{title}, line {error.lineno}: {error.msg}\n{line.strip()[:200]}\n{' ' * min(caret, 200)}^"


def worded(error: str, text: str) -> str:
    """The kind of an error and its message, without a colon where there is none."""
    return f"{error}: {text.strip()}".rstrip(": ")
