"""Records which exercises the reference calls while it answers a question, and what comes back.

It also puts a misconception in the place of a class that other exercises use.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from autograder.model import Answer, Raised, Returned
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.tree import WireError

MOST = 200  # calls that are recorded for one question
LARGEST = 1 << 20  # bytes of the arguments of a call, and of its answer


@dataclass(frozen=True)
class RecordedCall:
    """A call of an exercise as plain data, and its answer."""

    target: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    answer: Answer


_CALLS: ContextVar[list[RecordedCall] | None] = ContextVar("_CALLS", default=None)
_CLASSES: ContextVar[set[str] | None] = ContextVar("_CLASSES", default=None)
_INSTEAD: ContextVar[Mapping[str, Callable[..., Any]]] = ContextVar("_INSTEAD", default=MappingProxyType({}))


@contextlib.contextmanager
def recorded_calls() -> Iterator[list[RecordedCall]]:
    """Record the calls of exercises that are functions inside the block, also those that other exercises make."""
    calls: list[RecordedCall] = []
    token = _CALLS.set(calls)
    try:
        yield calls
    finally:
        _CALLS.reset(token)


@contextlib.contextmanager
def recorded_classes() -> Iterator[set[str]]:
    """Record the names of exercises that are classes and are called inside the block."""
    names: set[str] = set()
    token = _CLASSES.set(names)
    try:
        yield names
    finally:
        _CLASSES.reset(token)


@contextlib.contextmanager
def replaced(name: str, other: Callable[..., Any]) -> Iterator[None]:
    """Inside the block, exercises that call the class `name` get the other one."""
    token = _INSTEAD.set({**_INSTEAD.get(), name: other})
    try:
        yield
    finally:
        _INSTEAD.reset(token)


def class_called(name: str, right: Callable[..., Any]) -> Callable[..., Any]:
    """What a call of the exercise `name`, a class, makes; the call is recorded if somebody wants that."""
    names = _CLASSES.get()
    if names is not None:
        names.add(name)
    return _INSTEAD.get().get(name, right)


def call_recorded(target: str, function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    """Call the function; record the call if somebody wants that and its arguments are plain data."""
    calls = _CALLS.get()
    if calls is None or len(calls) >= MOST:
        return function(*args, **kwargs)
    sent = _frame((args, dict(kwargs)))  # before the function can change them
    try:
        value = function(*args, **kwargs)
    except Exception as error:
        _record(calls, target, sent, Raised(type(error).__name__, str(error)))
        raise
    answer = _frame(value)
    if answer:
        _record(calls, target, sent, Returned(wire.decode(answer)))
    return value


def _frame(value: Any) -> bytes:
    """The value as a frame; empty if it is no plain data, or large."""
    from autograder.sandbox.inside.stand_in import is_plain

    try:
        frame = wire.encode(value) if is_plain(value) else b""
    except (WireError, RecursionError):
        return b""
    return frame if len(frame) <= LARGEST else b""


def _record(calls: list[RecordedCall], target: str, sent: bytes, answer: Answer) -> None:
    if sent:
        args, kwargs = wire.decode(sent)
        calls.append(RecordedCall(target, args, kwargs, answer))
