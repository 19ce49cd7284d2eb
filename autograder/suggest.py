"""Suggests the name that a user may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MOST_MEANT = 8  # names that are suggested
SLIP = 0.8  # a name this similar to a known one is likely a typing error, as UNt is for UNet


def suggestion(name: str, known: Iterable[str]) -> str:
    """`did you mean UNet?` for a name that is not known: one slip away, those that contain it, the nearest, or all."""
    spelt = {one.lower(): one for one in known}
    low = name.lower()
    near = (
        difflib.get_close_matches(low, spelt, n=1, cutoff=SLIP)
        or [one for one in spelt if low and low in one]
        or difflib.get_close_matches(low, spelt, n=1, cutoff=0.4)
    )
    if not near or len(near) > MOST_MEANT:
        return f"there are {', '.join(spelt.values())}."
    *others, last = (spelt[one] for one in near)
    return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"
