"""Loss curves as the path data of an SVG; the templates hold the rest of the drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 240, 90  # of the plot area
MAX_POINTS = 160  # of one curve; a longer one is thinned out


def highest(curves: Iterable[Sequence[float]]) -> float:
    """Give the largest finite loss, which ends the vertical axis; 1 if no loss is above 0."""
    finite = [loss for curve in curves for loss in curve if math.isfinite(loss)]
    top = max(finite, default=0.0)
    return top if top > 0 else 1.0


def svg_path(curve: Sequence[float], top: float) -> str:
    """Draw the curve from left to right, on an axis from 0 to `top`; a loss that is not finite leaves a gap."""
    last = max(1, len(curve) - 1)
    steps = sorted({round(place * last / (MAX_POINTS - 1)) for place in range(MAX_POINTS)} & set(range(len(curve))))
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
