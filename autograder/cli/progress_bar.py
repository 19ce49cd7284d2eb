"""The progress of a batch: a bar with the time that is left and running counts, lines for whatever goes wrong."""

from __future__ import annotations

from collections import Counter
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress


class Bar:
    """A bar on a terminal; only the lines of `say` when piped."""

    def __init__(self, console: Console, total: int) -> None:
        self._console = console
        self._total = total
        self._progress: Progress | None = None

    def __enter__(self) -> Bar:
        if self._console.is_terminal:
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}")
            self._progress = Progress(*columns, console=self._console)
            self._progress.start()
            self._task = self._progress.add_task("starting", total=self._total)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._progress is not None:
            self._progress.stop()

    def step(self, counts: Counter[str]) -> None:
        """One more is done."""
        if self._progress is not None:
            summary = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
            self._progress.update(self._task, completed=sum(counts.values()), description=summary)

    def say(self, line: str) -> None:
        """A line that stays above the bar."""
        self._console.print(line, soft_wrap=True)
