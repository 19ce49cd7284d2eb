"""Notices a call of torch that the exercise asks the student to do without."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode


class Forbidden(BaseException):
    """Raised in the middle of the student's call; no `except Exception` of theirs swallows it."""


@contextlib.contextmanager
def trap(names: Sequence[str]) -> Iterator[None]:
    """Raise `Forbidden` when a torch function or operator of one of these names runs inside the block."""
    if not names:
        yield
        return
    forbidden = frozenset(names)

    class Functions(TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            _refuse(getattr(func, "__name__", ""), forbidden)
            return func(*args, **(kwargs or {}))

    class Operators(TorchDispatchMode):
        def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            _refuse(func.overloadpacket.__name__, forbidden)
            return func(*args, **(kwargs or {}))

    with Functions(), Operators():
        yield


def _refuse(name: str, forbidden: frozenset[str]) -> None:
    if name in forbidden:
        raise Forbidden(name)
