"""Notices a call of torch that the exercise asks the student to do without."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from torch.overrides import TorchFunctionMode

from ..operators import Operators, Run
from ..refusal import Forbidden


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

    def watch(name: str, _: tuple[Any, ...], run: Run) -> Any:
        _refuse(name, forbidden)
        return run()

    with Functions(), Operators(watch):
        yield


def _refuse(name: str, forbidden: frozenset[str]) -> None:
    if name in forbidden:
        raise Forbidden(name)
