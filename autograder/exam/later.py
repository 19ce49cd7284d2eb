"""A sequence that is made when somebody first looks at it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Later(Sequence[T]):
    """A sequence that `make` makes, once; what `make` raises is raised where the sequence was looked at."""

    def __init__(self, make: Callable[[], Sequence[T]]) -> None:
        self._make = make
        self._made: tuple[T, ...] | None = None
        self._lock = threading.Lock()

    @property
    def is_made(self) -> bool:
        return self._made is not None

    def _all(self) -> tuple[T, ...]:
        with self._lock:
            if self._made is None:
                self._made = tuple(self._make())
            return self._made

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return self._all()[index]

    def __iter__(self) -> Iterator[T]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
