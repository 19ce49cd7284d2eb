"""What the comparators of figures share: the axes of an answer, and its texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

SLACK = 1e-4  # of values that are drawn


def axes_of(figure: Any) -> Sequence[Any] | None:
    axes = figure.get("axes") if isinstance(figure, Mapping) else None
    if not isinstance(axes, (list, tuple)) or not all(isinstance(one, Mapping) for one in axes):
        return None
    return axes


def says(text: str, words: str) -> bool:
    """Whether a text holds these words, in letters of any case; the last one may go on: "training", "epochs"."""
    pattern = r"\s*".join(map(re.escape, words.lower().split()))
    return re.search(rf"(?<!\w){pattern}(?!\d)", text.lower()) is not None


def instead(text: str) -> str:
    return f"got {cut(text)!r}" if text.strip() else "it has none that is visible"


def cut(text: str) -> str:
    return f"{text[:40]}…" if len(text) > 40 else text
