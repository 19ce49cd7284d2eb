"""Writes the first failing call of an exercise as a short script, to be run in a debugger.

The script has the arguments and the student's import. It has no expected answer, and no case of a hidden check.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.errors import UserError
from autograder.model import CheckResult, ExamExercise, ExerciseResult, Item

if TYPE_CHECKING:
    import numpy as np

FIRST_LINE = "# Made by `grade repro`. A call of yours that a check refused, to be run in a debugger."
MOST_NUMBERS = 200_000  # in one script
MODULE_SEED = 0
TAKEN = sys.stdlib_module_names | {"autograder", "matplotlib", "numpy", "torch", "torchvision"}  # names of modules


def repro_script(exercise: ExamExercise, result: ExerciseResult, path: Path) -> str:
    """The script for a graded exercise whose file is `path`, a `.py` file or a notebook.

    Raises `UserError` if there is no failing call, or if it needs objects that only the course can make.
    """
    problem = ""
    for check, item in _failing(exercise, result):
        writer = _Writer()
        try:
            call = list(_call(writer, item))
        except _NotWritableError as error:
            problem = problem or f"The failing call of {exercise.name} needs {error}, which only the grader makes"
            continue
        lines = [*_import_of(exercise.name, path), "", *call]
        head = [FIRST_LINE, f"# {check.title}: {_one_line(item.call)}", ""]
        return "\n".join([*head, *writer.imports("\n".join(lines)), "", *lines]) + "\n"
    raise UserError(problem or _nothing_failed(result))


def _failing(exercise: ExamExercise, result: ExerciseResult) -> Iterator[tuple[CheckResult, Item]]:
    """The checks that failed and are no secret, each with the item that its feedback names."""
    written = {check.name: check for check in exercise.checks if not check.hidden and not check.training}
    for check in result.checks:
        if check.verdict in ("failed", "raised", "stopped") and check.name in written:
            items = written[check.name].items
            named = (item for item in items if check.feedback.startswith(item.call))
            yield check, next(named, items[0])


def _nothing_failed(result: ExerciseResult) -> str:
    for check in result.checks:
        if check.verdict == "not shown":
            return f"{result.name}: {check.feedback}"
    if any(check.verdict != "passed" for check in result.checks):
        return f"No call of {result.name} failed: what is left trains a network, or was not asked."
    return f"{result.name} passes all of its checks: there is no failing call."


def _import_of(name: str, path: Path) -> list[str]:
    if path.suffix == ".ipynb":
        return [f"# Run this in a cell of {path.name}, below the one that defines {name}."]
    folder = path.resolve().parent
    if path.stem.isidentifier() and path.stem not in TAKEN:
        return [f"sys.path.insert(0, {str(folder)!r})", f"from {path.stem} import {name}  # noqa: E402"]
    return [f"{name} = runpy.run_path({str(folder / path.name)!r})[{name!r}]"]


def _call(writer: _Writer, item: Item) -> Iterator[str]:
    """The lines that make the call; a network is made, and called with the inputs."""
    question = item.question
    arguments = [writer.text(value) for value in question.args]
    arguments += [f"{name}={writer.text(value)}" for name, value in question.kwargs.items()]
    inputs = question.options.get("inputs")
    call = f"{question.target}({', '.join(arguments)})"
    if question.probe == "value":
        key = question.options.get("key")
        call = question.target if key is None else f"{question.target}[{key!r}]"
    if not isinstance(inputs, list):
        yield from writer.before
        yield f"print({call})"
        return
    given = ", ".join(writer.text(value) for value in inputs)
    yield from writer.before
    yield "# The grader fills the weights with numbers of its own: values differ from those of its message."
    yield f"torch.manual_seed({MODULE_SEED})"
    yield f"network = {call}"
    yield f"network.{'train' if question.options.get('mode') == 'train' else 'eval'}()"
    yield f"print(network({given}))"


class _NotWritableError(Exception):
    """An argument that no script can make."""


@dataclass
class _Writer:
    """Writes arguments as Python; arrays and objects get a line of their own in `before`."""

    before: list[str] = field(default_factory=list)
    numbers: int = 0
    _names: dict[int, str] = field(default_factory=dict)
    _builders: dict[str, None] = field(default_factory=dict)

    def imports(self, text: str) -> list[str]:
        """The import lines for a script with this text."""
        needed = [f"import {name}" for name in ("runpy", "sys") if f"{name}." in text]
        needed += ["", "import torch"] if "torch." in text else []
        return [*needed, "", "from autograder.sandbox.inside.build import BUILDERS"] if self._builders else needed

    def text(self, value: Any) -> str:
        """An expression for a value."""
        import numpy as np

        if isinstance(value, np.ndarray):
            return self._named(f"torch.tensor({self._numbers(value)}, dtype=torch.{value.dtype})")
        if isinstance(value, tuple):
            return f"({', '.join(map(self.text, value))}{',' if len(value) == 1 else ''})"
        if isinstance(value, list):
            return f"[{', '.join(map(self.text, value))}]"
        if isinstance(value, dict) and "make" in value:
            return self._made(value)
        if isinstance(value, dict):
            return f"{{{', '.join(f'{key!r}: {self.text(one)}' for key, one in value.items())}}}"
        if value is None or isinstance(value, (bool, int, str)):
            return repr(value)
        if isinstance(value, float):
            return f"float({str(value)!r})" if value != value or value in (float("inf"), float("-inf")) else repr(value)
        if hasattr(value, "name") and str(value.name).startswith("torch."):
            return str(value.name)
        raise _NotWritableError(f"an object of the type {type(value).__name__}")

    def _made(self, value: dict[str, Any]) -> str:
        """An object of torch, or of a builder of torchgrade; a builder of the course is not importable."""
        from autograder.sandbox.inside.build import BUILDERS

        name = str(value["make"])
        if value["id"] in self._names:
            return self._names[value["id"]]
        if name not in BUILDERS and not name.startswith("torch."):
            raise _NotWritableError(f"`{name}`")
        maker = name
        if name in BUILDERS:
            self._builders[name] = None
            maker = f"BUILDERS[{name!r}]"
        if value["args"] is None:
            return maker
        arguments = [self.text(one) for one in value["args"]]
        arguments += [f"{key}={self.text(one)}" for key, one in value["kwargs"].items()]
        made = self._named(f"{maker}({', '.join(arguments)})")
        if value["id"] >= 0:
            self._names[value["id"]] = made
        return made

    def _named(self, text: str) -> str:
        name = f"argument_{len(self.before) + 1}"
        self.before.append(f"{name} = {text}")
        return name

    def _numbers(self, array: np.ndarray[Any, Any]) -> str:
        import numpy as np

        self.numbers += array.size
        if self.numbers > MOST_NUMBERS:
            raise _NotWritableError(f"{self.numbers:,} numbers")
        if not array.size:
            return repr(array.tolist())
        text: str = np.array2string(
            array, separator=", ", threshold=array.size + 1, floatmode="unique", max_line_width=116
        )
        for word in "nan", "inf":
            text = text.replace(word, f"float({word!r})")
        return text


def _one_line(text: str) -> str:
    return " ".join(text.split())
