"""Observes every operator that torch executes, however student code called it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from torch.utils._python_dispatch import TorchDispatchMode

Execute = Callable[..., Any]
Observer = Callable[[str, tuple[Any, ...], Execute], Any]


class Operators(TorchDispatchMode):
    """Inside a `with` block, torch calls `observer(name, args, execute)` in place of each operator.

    `execute()` runs the operator, `execute(*other)` with other arguments. Torch takes what the observer returns for the
    operator's result.
    """

    def __init__(self, observer: Observer) -> None:
        super().__init__()
        self._observer = observer

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        return self._observer(
            func.overloadpacket.__name__, args, lambda *other: func(*(other or args), **(kwargs or {}))
        )

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Return False: nothing is compiled here. Otherwise torch imports its compiler, which takes over a second."""
        return False


def first_result(result: Any) -> Any:
    """The first of several results of an operator, or its only result."""
    return result[0] if isinstance(result, (tuple, list)) and result else result
