"""The bar of a batch on a terminal, and its lines on a pipe."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator

from rich.console import Console

from autograder.cli.progress_bar import Bar


def clock(*seconds: float) -> Iterator[float]:
    return iter(seconds)


def test_pipe_gets_at_most_a_line_a_minute() -> None:
    file = io.StringIO()
    times = clock(0, 30, 60, 90, 200, 240)
    with Bar(Console(file=file, width=80), 5, lambda: next(times)) as bar:
        for done in range(1, 6):
            bar.step(Counter(graded=done))
    assert file.getvalue().splitlines() == [
        "2 of 5 done: 2 graded; about 2 min left",
        "4 of 5 done: 4 graded; about 1 min left",
    ]


def test_terminal_gets_rate_and_counts() -> None:
    file = io.StringIO()
    times = clock(0, 30)
    console = Console(file=file, width=120, force_terminal=True, color_system=None)
    with Bar(console, 2, lambda: next(times)) as bar:
        bar.step(Counter(graded=1))
    assert "2/min" in file.getvalue()
    assert "1 graded" in file.getvalue()
