"""The calls of other exercises in an exam: made from what the reference called, and looked up for a student's call."""

from __future__ import annotations

import ast
import functools
import inspect
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.author import RecordedCall
from autograder.model import Answer, InnerCall
from autograder.sandbox.inside.syntax import parse

NORMAL_TYPES = {"f": np.float64, "i": np.int64, "u": np.int64, "b": np.bool_}  # by the kind of a dtype


def inner_calls(
    exercise: str, recorded: Iterable[RecordedCall], signatures: Mapping[str, str]
) -> tuple[InnerCall, ...]:
    """Each call of another exercise once, of those that have a signature that can be read."""
    found: dict[Hashable, InnerCall] = {}
    for call in recorded:
        arguments = bound(signatures.get(call.target, ""), call.args, call.kwargs)
        if call.target != exercise and arguments is not None:
            key = (call.target, key_of(arguments))
            found.setdefault(key, InnerCall(call.target, signatures[call.target], arguments, call.answer))
    return tuple(found.values())


class KnownCalls:
    """Looks up the answers to the calls of one item; `used` are the functions that were answered."""

    def __init__(self, calls: Iterable[InnerCall]) -> None:
        calls = tuple(calls)
        self._signatures = {call.target: call.signature for call in calls}
        self._answers = {(call.target, key_of(call.arguments)): call.answer for call in calls}
        self.used: set[str] = set()

    def answer(self, name: str, args: tuple[Any, ...], kwargs: Mapping[Any, Any]) -> Answer | None:
        """The answer to a call, whose arguments may be anything; None if the reference makes no such call."""
        arguments = bound(self._signatures.get(name, ""), args, kwargs)
        answer = None if arguments is None else self._answers.get((name, key_of(arguments)))
        self.used |= set() if answer is None else {name}
        return answer


def bound(signature: str, args: Sequence[Any], kwargs: Mapping[Any, Any]) -> dict[str, Any] | None:
    """All arguments by name, defaults included; None if they do not fit, or if the signature cannot be read."""
    read = _signature(signature)
    if read is None or not all(isinstance(name, str) for name in kwargs):
        return None
    try:
        found = read.bind(*args, **kwargs)
    except TypeError:
        return None
    found.apply_defaults()
    return dict(found.arguments)


def key_of(value: Any) -> Hashable:
    """Equal for equal arguments: integers of any kind, lists and tuples, arrays with the same shape and numbers."""
    if isinstance(value, np.ndarray) and value.ndim:
        normal = value.astype(NORMAL_TYPES.get(value.dtype.kind, value.dtype))
        normal[normal == 0] = 0  # -0.0 is 0.0
        return "array", normal.dtype.kind, value.shape, normal.tobytes()
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.item()
    if isinstance(value, (list, tuple)):
        return "sequence", *map(key_of, value)
    if isinstance(value, dict):
        return "dict", *(
            (repr(name), key_of(item)) for name, item in sorted(value.items(), key=lambda pair: repr(pair[0]))
        )
    if value is None or isinstance(value, (bool, int, float, str)):
        return type(value).__name__, value
    return "other", id(value)  # equals nothing


@functools.cache
def _signature(text: str) -> inspect.Signature | None:
    """The signature in `name(a, b=1)`; None if it is none, or if a default is no literal."""
    try:
        (function,) = parse(f"def {text}: pass").body
        assert isinstance(function, ast.FunctionDef)
        return inspect.Signature([*_parameters(function.args)])
    except (SyntaxError, ValueError, AssertionError):
        return None


def _parameters(args: ast.arguments) -> Iterable[inspect.Parameter]:
    empty = inspect.Parameter.empty
    positional = [*args.posonlyargs, *args.args]
    defaults = [None] * (len(positional) - len(args.defaults)) + [*args.defaults]
    for number, (one, default) in enumerate(zip(positional, defaults, strict=True)):
        kind = (
            inspect.Parameter.POSITIONAL_ONLY
            if number < len(args.posonlyargs)
            else inspect.Parameter.POSITIONAL_OR_KEYWORD
        )
        yield inspect.Parameter(one.arg, kind, default=empty if default is None else ast.literal_eval(default))
    if args.vararg:
        yield inspect.Parameter(args.vararg.arg, inspect.Parameter.VAR_POSITIONAL)
    for one, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        value = empty if default is None else ast.literal_eval(default)
        yield inspect.Parameter(one.arg, inspect.Parameter.KEYWORD_ONLY, default=value)
    if args.kwarg:
        yield inspect.Parameter(args.kwarg.arg, inspect.Parameter.VAR_KEYWORD)
