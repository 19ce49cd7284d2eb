"""Suggests the name that a user may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MOST = 8  # names that are suggested
LIKELY = 0.8  # a name this similar to a known one is likely a typing error, as UNt is for UNet
POSSIBLE = 0.4


def suggestion(name: str, known: Iterable[str]) -> str:
    """`did you mean UNet?` for a name that is not known.

    Suggests the name that is one typing error away, else those that contain it, else the nearest, else all.
    """
    spelt = {one.lower(): one for one in known}
    low = name.lower()
    near = (
        difflib.get_close_matches(low, spelt, n=1, cutoff=LIKELY)
        or [one for one in spelt if low and low in one]
        or difflib.get_close_matches(low, spelt, n=1, cutoff=POSSIBLE)
    )
    if not near or len(near) > MOST:
        return f"there are {', '.join(spelt.values())}."
    *others, last = (spelt[one] for one in near)
    return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"


def nearest(name: str, known: Iterable[str], least: float = POSSIBLE) -> str:
    """The known name that is most similar, if its similarity (0 to 1) is at least `least`; else an empty string."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=least)), "")


def misspelt(name: str, known: Iterable[str]) -> str:
    """The known name that `name` is likely a typing error of, or an empty string."""
    return nearest(name, known, LIKELY)
