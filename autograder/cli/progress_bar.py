"""The progress of a batch: a bar with rate and time left, or a line a minute; and lines for whatever goes wrong."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

LINE_SECONDS = 60.0  # between two lines when piped


class Bar:
    """A bar on a terminal; when piped, the lines of `say` and at most one line of progress a minute."""

    def __init__(self, console: Console, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._total = total
        self._clock = clock
        self._progress: Progress | None = None

    def __enter__(self) -> Bar:
        self._start = self._last_line = self._clock()
        if self._console.is_terminal:
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (
                *(BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}")),
                *(TimeRemainingColumn(), TextColumn("{task.description}")),
            )
            self._progress = Progress(*columns, console=self._console)
            self._progress.start()
            self._task = self._progress.add_task("starting", total=self._total, rate="")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._progress is not None:
            self._progress.stop()

    def step(self, counts: Counter[str]) -> None:
        """One more is done."""
        done, now = sum(counts.values()), self._clock()
        summary = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
        per_minute = 60 * done / max(now - self._start, 1e-3)
        if self._progress is not None:
            rate = f"{per_minute:.3g}/min"
            self._progress.update(self._task, completed=done, description=summary, rate=rate)
        elif now - self._last_line >= LINE_SECONDS and done < self._total:
            self._last_line = now
            left = (self._total - done) / per_minute
            self.say(f"{done} of {self._total} done: {summary}; about {max(1, round(left))} min left")

    def say(self, line: str) -> None:
        """A line that stays above the bar."""
        self._console.print(line, soft_wrap=True)
