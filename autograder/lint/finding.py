"""What lint finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What is wrong with an exercise; `advice` is what only might be better otherwise."""

    exercise: str
    text: str
    advice: bool = False
