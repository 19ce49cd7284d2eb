"""How a long command ends early: SIGTERM as Ctrl-C does, and a second one at once and without a traceback."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import NoReturn

from autograder.cli.exits import INTERRUPTED


def end_on_signals() -> None:
    """Raise KeyboardInterrupt at the first Ctrl-C or SIGTERM, and end the process at the next one.

    What is stored by then is whole: every file is written beside its place and renamed. The sandbox ends by itself when
    this process is gone.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(INTERRUPTED))
    raise KeyboardInterrupt
