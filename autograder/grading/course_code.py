"""What an exam brings as code of its course: it runs only in children of a sandbox."""

from __future__ import annotations

import ast
import functools
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from autograder import judge
from autograder.errors import CourseError
from autograder.judge import ComparisonError, Faults, Rules
from autograder.model import Exam, Raised, Returned, Stopped
from autograder.sandbox import Sandbox, read_answer, texts_frame
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.constants import ENGINE_PROBES, PROBE_LIBRARIES
from autograder.sandbox.inside.frames import CompareRequest
from autograder.sandbox.inside.syntax import parse

SECONDS = 30.0  # for one comparison, and for loading the modules
SUPPORT = "showing", "instead", "difference", "rules"  # modules of the judge that a course's comparators import


def refuse_unknown_probes(exam: Exam) -> None:
    """`CourseError` if a question asks for a probe that is not there, or that needs a library that is not there.

    The sandbox runs this Python with its packages, and no student can forge what is found before any code runs.
    """
    own = set(_decorated(exam.probes, "probe"))
    for exercise in exam.exercises:
        for check in exercise.checks:
            asks = f"The exam of {exam.assignment} asks for the probe {check.probe!r} (check {check.name} "
            if check.probe not in ENGINE_PROBES and check.probe not in own:
                raise CourseError(f"{asks}of {exercise.name}), which is neither in it nor in this torchgrade.")
            library = PROBE_LIBRARIES.get(check.probe)
            if library is not None and find_spec(library) is None:
                raise CourseError(f"{asks}of {exercise.name}), which needs {library}: pip install {library}.")


def probes_needed(exam: Exam) -> Mapping[str, str]:
    """The texts of the course's probes, if a check of the exam asks for one, or a question may ask for a builder."""
    probes = {check.probe for exercise in exam.exercises for check in exercise.checks}
    builds = any(_decorated(exam.probes, "builder"))
    return exam.probes if builds or probes - ENGINE_PROBES else {}


class SandboxedRules:
    """The comparators and measures of a course, in a child of the sandbox in which no student code runs.

    The child starts at the first use, in the sandbox that `open_sandbox` gives. Calls may come from several threads.
    """

    def __init__(self, open_sandbox: Callable[[], Sandbox], assignment: str, texts: Mapping[str, str]) -> None:
        self._open_sandbox = open_sandbox
        self._assignment = assignment
        self._texts = texts
        self._names = frozenset(_decorated(texts, "comparator", "drawing", "measure", "predicate"))
        self._stack = ExitStack()
        self._child: Any = None
        self._lock = threading.Lock()

    def __enter__(self) -> Rules:
        return Rules(self, Faults())

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def names(self) -> frozenset[str]:
        return self._names

    def judge(self, name: str, args: tuple[Any, ...], parameters: Mapping[str, Any]) -> Any:
        with self._lock:
            if self._child is None:
                self._child = self._stack.enter_context(self._open_sandbox().child())
                self._ask(texts_frame({**_support(), **self._texts}), "judging.py", CourseError)
            request = CompareRequest(compare=name, args=args, parameters=parameters)
            return self._ask(wire.encode(request), name, ComparisonError)

    def _ask(self, frame: bytes, what: str, fault: type[CourseError]) -> Any:
        tree = self._child.exchange(frame, SECONDS)
        answer = tree if isinstance(tree, Stopped) else read_answer(tree)
        if isinstance(answer, Returned):
            return answer.value
        why = "gave no answer"
        if isinstance(answer, Raised):
            why = f"raised {answer.error}: {answer.message}".rstrip(": ")
        if isinstance(answer, Stopped):
            why = answer.reason
            self._stack.close()
            self._child = None  # the next call starts another one
        raise fault(f"{what} of {self._assignment}, the course's own code, {why}.")


def _support() -> dict[str, str]:
    folder = Path(judge.__file__).parent
    texts = {f"autograder.judge.{name}": (folder / f"{name}.py").read_text(encoding="utf-8") for name in SUPPORT}
    return {"autograder.judge": "", **texts}


def _decorated(texts: Mapping[str, str], *words: str) -> Iterator[str]:
    """The names of the functions and classes below one of these decorators; the text is parsed and not run."""
    for text in texts.values():
        yield from (name for name, word in _decorations(text) if word in words)


@functools.cache
def _decorations(text: str) -> tuple[tuple[str, str], ...]:
    """Each function or class of a module with the word of each of its decorators; kept, since every grade asks."""
    found = []
    for node in parse(text).body:
        for decorator in node.decorator_list if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else ():
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            if isinstance(called, ast.Name) and isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                found.append((node.name, called.id))
    return tuple(found)
