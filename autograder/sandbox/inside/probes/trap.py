"""Refuses calls of torch functions that the exercise forbids."""

from __future__ import annotations

import contextlib
import keyword
from collections.abc import Iterator, Sequence
from typing import Any

from torch.overrides import TorchFunctionMode

from ..operators import Execute, Operators
from ..refusal import Forbidden


@contextlib.contextmanager
def forbid(names: Sequence[str]) -> Iterator[None]:
    """Raise `Forbidden` when a torch function or operator with one of these names is called inside the block.

    Keywords and dotted names are no such names; the judge looks for them in the source.
    """
    forbidden = frozenset(name for name in names if name.isidentifier() and not keyword.iskeyword(name))
    if not forbidden:
        yield
        return

    class FunctionTrap(TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            _refuse(getattr(func, "__name__", ""), forbidden)
            return func(*args, **(kwargs or {}))

    def check_operator(name: str, _: tuple[Any, ...], execute: Execute) -> Any:
        _refuse(name, forbidden)
        return execute()

    with FunctionTrap(), Operators(check_operator):
        yield


def _refuse(name: str, forbidden: frozenset[str]) -> None:
    if name in forbidden:
        raise Forbidden(name)
