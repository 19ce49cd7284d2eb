"""The time that the code of one submission may waste: what stops again and again ends within minutes."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

MOST_SECONDS = 240.0
LAST_SECONDS = 3.0  # that a question gets when nearly all is lost
HURRIED_LOADS = 2  # loads that were stopped, after which others have fewer seconds


@dataclass
class LostTime:
    """The seconds that went into questions and loads that were stopped, for all children of a submission."""

    most: float = MOST_SECONDS
    seconds: float = 0.0
    stopped_loads: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, seconds: float, *, load: bool = False) -> None:
        with self._lock:
            self.seconds += seconds
            self.stopped_loads += load

    @property
    def is_used_up(self) -> bool:
        return self.seconds >= self.most

    @property
    def left(self) -> float:
        """The seconds that one more question may lose."""
        return max(LAST_SECONDS, self.most - self.seconds)

    @property
    def hurries_loads(self) -> bool:
        return self.stopped_loads >= HURRIED_LOADS
