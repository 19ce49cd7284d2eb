"""Which name may have been meant by one that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MOST_MEANT = 8  # names that are suggested


def meant(name: str, known: Iterable[str]) -> str:
    """`did you mean UNet?` for a name that is not known: those that contain it, the nearest one, or all there are."""
    spelt = {one.lower(): one for one in known}
    low = name.lower()
    near = [one for one in spelt if low and low in one] or difflib.get_close_matches(low, spelt, n=1, cutoff=0.4)
    if not near or len(near) > MOST_MEANT:
        return f"there are {', '.join(spelt.values())}."
    *others, last = (spelt[one] for one in near)
    return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"
