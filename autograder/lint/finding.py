"""One finding of lint."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A fault of an exercise, in one sentence; with `advice`, a possible improvement instead."""

    exercise: str
    text: str
    advice: bool = False
