"""Loss curves as the path data of an SVG; the templates hold the rest of the picture."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 240, 90  # of the area that curves are drawn in
POINTS = 160  # of a curve that are drawn; a longer one is thinned out


def highest(curves: Iterable[Sequence[float]]) -> float:
    """The largest finite loss, where the vertical axis ends; 1 if there is none above 0."""
    finite = [loss for curve in curves for loss in curve if math.isfinite(loss)]
    top = max(finite, default=0.0)
    return top if top > 0 else 1.0


def path(curve: Sequence[float], top: float) -> str:
    """The curve from left to right below `top`, with gaps where a loss is no finite number."""
    last = max(1, len(curve) - 1)
    steps = sorted({round(place * last / (POINTS - 1)) for place in range(POINTS)} & set(range(len(curve))))
    parts, pen = [], "M"
    for step in steps:
        loss = curve[step]
        if not math.isfinite(loss):
            pen = "M"
            continue
        height = HEIGHT * (1 - min(1.0, max(0.0, loss / top)))
        parts.append(f"{pen}{WIDTH * step / last:.1f} {height:.1f}")
        pen = "L"
    return "".join(parts)
