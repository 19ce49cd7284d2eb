"""Watches every operator that torch executes, below modules and functions, whatever way it was called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from torch.utils._python_dispatch import TorchDispatchMode

Run = Callable[[], Any]


class Operators(TorchDispatchMode):
    """While the mode is entered, `watch(name, args, run)` stands between the program and each operator.

    `run` executes the operator; what `watch` returns is the operator's result.
    """

    def __init__(self, watch: Callable[[str, tuple[Any, ...], Run], Any]) -> None:
        super().__init__()
        self._watch = watch

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        return self._watch(func.overloadpacket.__name__, args, lambda: func(*args, **(kwargs or {})))

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Nothing is compiled here; without this torch imports its compiler first, which takes a second."""
        return False
