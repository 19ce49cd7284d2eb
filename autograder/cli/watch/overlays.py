"""What may stand in place of the exercise: the keys with their meanings, and what the code printed."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Literal

from autograder.text import clean

Overlay = Literal["", "keys", "output"]

KEYS: Mapping[str, str] = {
    "n, right": "next exercise",
    "p, left": "previous exercise",
    "up, down": "scroll; in the list, choose",
    "Enter": "grade now; in the list, open",
    "/": "find an exercise by a part of its name",
    "h": "next hint",
    "a": "all exercises",
    "t": "train now",
    "d": "compare with the model solution",
    "o": "what the code printed",
    "?": "these keys",
    "q": "quit",
}


def keys_lines() -> Iterator[tuple[str, str]]:
    yield "Keys", "bold"
    for key, meaning in KEYS.items():
        yield f"  {key:<10}{meaning}", ""


def output_lines(exercise: str, output: Mapping[str, str], width: int) -> Iterator[tuple[str, str]]:
    """What each file printed when the exercise was graded, or trained since."""
    if not output:
        yield f"The code of {exercise} printed nothing.", ""
    for name, text in output.items():
        yield f"Printed by {clean(name)}", "bold"
        for line in clean(text).expandtabs(4).splitlines():
            for part in textwrap.wrap(line, max(1, width - 2), drop_whitespace=False) or [""]:
                yield f"  {part}", ""
