"""Loads a student's files from their text, one statement at a time, so that a failing statement costs only itself."""

from __future__ import annotations
import __future__

import ast
import importlib.abc
import importlib.machinery
import linecache
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from .answer import message
from .frames import FileFrame, LoadProblem
from .pieces import BrokenPiece, statements

PACKAGE = "submission"  # relative imports of a submission are resolved in this package
CHECKS = "autograder.cell"  # a notebook imports its own checks from here; the loader replaces them by empty functions
EOF_MESSAGE = "EOF when reading a line"  # Python's message when input() meets the end of stdin
MAX_NAMES = 100  # that the report on a broken piece lists
NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
DEFINITIONS = (ast.Import, ast.ImportFrom, *NAMED)


@dataclass(frozen=True)
class _File:
    name: str
    module: str
    cells: list[str]

    def title(self, cell: int) -> str:
        """The name that a traceback shows for this cell."""
        return f"{self.name} cell {cell + 1}" if self.name.endswith(".ipynb") else self.name


def _ignore_statement(title: str, line: int) -> None:
    pass


class Files(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The files of one submission, which can import each other.

    `problems` are the errors of the last `load`, and `modules` are the modules so far; the one that was loaded last is
    the last one. `titles` are the names that tracebacks show.

    `before_statement(title, line)` is called before each statement that may take long. The judge then knows which
    statement did not end.
    """

    def __init__(
        self, files: Sequence[FileFrame], before_statement: Callable[[str, int], None] = _ignore_statement
    ) -> None:
        self.problems: list[LoadProblem] = []
        self.modules: list[ModuleType] = []
        self._left_out: dict[str, str] = {}  # name -> why it could not be read
        self._files = [
            _File(file["name"], file["module"], file["cells"].tobytes().decode().split("\0")) for file in files
        ]
        self._definitions_only = False
        self._skipped: set[tuple[str, int]] = set()
        self._before_statement = before_statement
        self._paths = {tuple(file.name.rpartition(".")[0].split("/")): file for file in reversed(self._files)}
        self.titles = {file.title(cell) for file in self._files for cell in range(len(file.cells))}
        sys.meta_path.insert(0, self)

    def load(self, number: int, definitions_only: bool = False, skipped: Sequence[tuple[str, int]] = ()) -> ModuleType:
        """Run the statements of one file in a new module and return it, even if some failed or cannot be parsed.

        `skipped` are the statements to leave out, as (title, line).
        """
        file = self._files[number]
        self.problems = []
        self._definitions_only = definitions_only
        self._skipped = {(title, line) for title, line in skipped}
        module = ModuleType(file.module)
        module.__file__ = file.name
        module.__package__ = ".".join([PACKAGE, *file.name.split("/")[:-1]])  # so that `from .blocks import …` works
        if file.module not in sys.modules:
            sys.modules[file.module] = module
        self._run(file, module)
        self.modules = [*(one for one in self.modules if one is not module), module]
        return module

    def where(self, error: BaseException) -> str:
        """The innermost line of the student's files in the error's traceback, and the first one, which led there.

        Of a stub it is the line that calls it.
        """
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in self.titles]
        if type(error) is NotImplementedError and len(frames) > 1:
            frames.pop()
        if not frames:
            return ""
        places = [_place(frames[-1])]
        if frames[0].lineno != frames[-1].lineno or frames[0].filename != frames[-1].filename:
            places.append(f"called at {_place(frames[0])}")
        return "\n".join(places)

    def reason(self, error: BaseException) -> str:
        """Why the name that an error misses is missing, in parentheses, if its definition could not be parsed."""
        # Only classes of Python's own, since a property of another class would run here.
        of_module = type(error) is AttributeError and type(error.obj) is ModuleType
        name: object = error.name if type(error) is NameError or of_module else None  # type: ignore[attr-defined]
        if type(error) is ImportError:
            found = re.match(r"cannot import name '(\w+)'", message(error))
            name = found[1] if found else None
        if type(name) is not str or name not in self._left_out:
            return ""
        return f" (`{name}` could not be read: {self._left_out[name]})"

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name == CHECKS:
            return importlib.machinery.ModuleSpec(name, self)
        file, is_package = self._locate(name)
        if file is None and not is_package:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=is_package)

    def exec_module(self, module: ModuleType) -> None:
        if module.__name__ == CHECKS:
            vars(module).update(dict.fromkeys(("check", "hint", "solution", "submit"), _no_check))
            return
        file, _ = self._locate(module.__name__)
        if file is not None:
            module.__file__ = file.name
            self.modules.append(module)
            self._run(file, module)

    def _locate(self, name: str) -> tuple[_File | None, bool]:
        """The file for a dotted name, and whether it is a package. A folder is a package without a file."""
        parts = tuple(name.split("."))
        if parts[0] == PACKAGE:
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

    def _run(self, file: _File, module: ModuleType) -> None:
        flags = 0
        for number, text in enumerate(file.cells):
            title = file.title(number)
            linecache.cache[title] = (len(text), None, text.splitlines(keepends=True), title)
            parts = statements(text, title)
            for part in parts:
                if isinstance(part, BrokenPiece):
                    self._leave_out(part, title, module, whole=len(parts) == 1)
                    continue
                if (title, part.lineno) in self._skipped or (self._definitions_only and not _is_definition(part)):
                    continue
                flags |= _future_flags(part)
                self._execute(part, title, flags, module)

    def _leave_out(self, piece: BrokenPiece, title: str, module: ModuleType, whole: bool) -> None:
        """Report a piece that cannot be parsed. What it defines anew is not there, even if it was defined before."""
        for name in piece.defines:
            vars(module).pop(name, None)
        text = _parse_error(title, piece.error)
        self._left_out.update(dict.fromkeys(piece.mentions, text.partition("\n")[0]))
        if not whole:
            text += f"\n{_left_out(piece)}"
        names = sorted(piece.mentions)[:MAX_NAMES]
        lines = [piece.first, piece.last]
        self.problems.append({"file": title, "fatal": True, "text": text, "names": names, "lines": lines})

    def _execute(self, node: ast.stmt, title: str, flags: int, module: ModuleType) -> None:
        if not isinstance(node, DEFINITIONS):
            self._before_statement(title, node.lineno)
        try:
            code = compile(ast.Module([node], []), title, "exec", flags=flags, dont_inherit=True)
            exec(code, module.__dict__)
        except BaseException as error:  # noqa: BLE001 - foreign code, SystemExit included
            place = self.where(error) or f"{title}, line {node.lineno}"
            text = f"{place}\n{error_line(type(error).__name__, message(error))}{self.reason(error)}"
            if text.endswith(f"EOFError: {EOF_MESSAGE}"):
                text += ", nobody answers input() here"
            names = [str(node.name)] if isinstance(node, NAMED) else []
            self.problems.append({"file": title, "fatal": False, "text": text, "names": names, "lines": []})


def _place(frame: traceback.FrameSummary) -> str:
    place = f"{frame.filename}, line {frame.lineno}"
    return f"{place}: {frame.line.strip()[:200]}" if frame.line else place


def _no_check(*_: Any, **__: Any) -> float:
    """Replaces `check`, `hint`, `solution` and `submit` of a notebook, since the judge asks its own questions."""
    return 0.0


def _is_definition(node: ast.stmt) -> bool:
    """Whether a statement is an import, a definition, a `try` around these, or an assignment that calls nothing."""
    if isinstance(node, DEFINITIONS):
        return True
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        return not any(isinstance(part, (ast.Call, ast.comprehension)) for part in ast.walk(node))
    return isinstance(node, ast.Try) and all(isinstance(part, DEFINITIONS) for part in node.body)


def _future_flags(node: ast.stmt) -> int:
    """The compiler flags of a `from __future__ import ...`, else 0."""
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        features = (getattr(__future__, name.name, None) for name in node.names)
        return sum(feature.compiler_flag for feature in features if feature is not None)
    return 0


def _left_out(piece: BrokenPiece) -> str:
    """The sentence about the lines of a broken piece."""
    lines = f"line {piece.first} is" if piece.first == piece.last else f"lines {piece.first} to {piece.last} are"
    return f"{lines} left out, and the rest is graded"


def _parse_error(title: str, error: BaseException) -> str:
    """The place of a syntax error, its message, and its line with a caret below."""
    if not isinstance(error, SyntaxError) or error.lineno is None:
        return f"{title}: {error_line(type(error).__name__, message(error))}"
    line = (error.text or "").rstrip("\n")
    indent = len(line) - len(line.lstrip())
    caret = max(0, (error.offset or 1) - 1 - indent)
    return f"{title}, line {error.lineno}: {error.msg}\n{line.strip()[:200]}\n{' ' * min(caret, 200)}^"


def error_line(error: str, text: str) -> str:
    """`ValueError: the message`; just `ValueError` if there is no message."""
    return f"{error}: {text.strip()}".rstrip(": ")
