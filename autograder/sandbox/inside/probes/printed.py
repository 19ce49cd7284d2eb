"""The probe that calls a function with a text on stdin, and returns what it prints."""

from __future__ import annotations

import builtins
import contextlib
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from types import BuiltinMethodType
from typing import Any, Literal, TypedDict

from ..frames import QuestionFrame
from ..probe import probe
from .network import call_target, reported


class Printed(TypedDict, total=False):
    printed: str
    returned: Any


@probe
def printed(
    target: Any,
    question: QuestionFrame,
    *,
    stdin: str = "",
    report: Sequence[Literal["printed", "returned"]] = ("printed",),
) -> Printed:
    """What a function prints on stdout, the prompts of `input` included; compare with `same_text`. Options:

    - `stdin`: the text that `input()` and `sys.stdin` read, such as "3\\n4\\n".
    - `report`: ("printed", "returned") to return also what the function returns.
    """
    with _streams(target, stdin) as output:
        returned = call_target(target, question)
    answer: Printed = {"printed": output.getvalue().decode(errors="replace"), "returned": returned}
    return reported(answer, report)


@contextlib.contextmanager
def _streams(target: Any, text: str) -> Iterator[io.BytesIO]:
    """Replace stdin, stdout and `input`, also where the student's file has imported the streams themselves.

    At the end, the text is printed on the former stdout, so that a report shows it.
    """
    written = _Kept()
    typed = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
    output = io.TextIOWrapper(written, encoding="utf-8", newline="", write_through=True)
    streams = {id(sys.stdin): typed, id(sys.stdout): output}
    names = getattr(target, "__globals__", {})
    replaced = {name: _replaced(value, streams) for name, value in names.items()}
    before = sys.stdin, sys.stdout, builtins.input, dict(names)
    names.update({name: value for name, value in replaced.items() if value is not None})
    sys.stdin, sys.stdout, builtins.input = typed, output, _reads(typed, text)
    try:
        yield written
    finally:
        sys.stdin, sys.stdout, builtins.input, known = before
        names.update({name: known[name] for name, value in replaced.items() if value is not None})
        print(written.getvalue().decode(errors="replace"), end="")


def _replaced(value: Any, streams: Mapping[int, io.TextIOWrapper]) -> Any:
    """What stands in place of a stream, or of a method of one such as `sys.stdin.readline`; None for other values."""
    if id(value) in streams:
        return streams[id(value)]
    owner = getattr(value, "__self__", None) if type(value) is BuiltinMethodType else None
    return getattr(streams[id(owner)], value.__name__) if id(owner) in streams else None


class _Kept(io.BytesIO):
    """What was written, also after the student's code has closed the stream."""

    def close(self) -> None:
        pass


def _reads(typed: io.TextIOWrapper, text: str) -> Any:
    """The function `input`, which prints its prompt on stdout as Python's does where nobody is at a terminal."""

    def read(prompt: object = "", /) -> str:
        print(prompt, end="", flush=True)
        line = typed.readline()
        if not line:
            count = len(text.splitlines())
            lines = "1 line is" if count == 1 else f"{count} lines are"
            raise EOFError(f"input() reads a line after the last one: {lines} typed in")
        return line.removesuffix("\n")

    return read
