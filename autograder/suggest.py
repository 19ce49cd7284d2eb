"""Suggests the names that a user may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MAX_SUGGESTIONS = 8
LIKELY = 0.8  # similarity (0 to 1) of a likely typing error, such as UNt for UNet
POSSIBLE = 0.4


def suggestion(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown name, for example `did you mean UNet?`.

    Suggests the name of which it is a likely typing error, or the names that contain it, or the most similar name. If
    there is none, it lists all names.
    """
    by_lower = {one.lower(): one for one in known}
    lower = name.lower()
    near = (
        difflib.get_close_matches(lower, by_lower, n=1, cutoff=LIKELY)
        or [one for one in by_lower if lower and lower in one]
        or difflib.get_close_matches(lower, by_lower, n=1, cutoff=POSSIBLE)
    )
    if not near or len(near) > MAX_SUGGESTIONS:
        return f"there are {', '.join(by_lower.values())}."
    *others, last = (by_lower[one] for one in near)
    return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"


def nearest(name: str, known: Iterable[str], least: float = POSSIBLE) -> str:
    """The most similar known name if its similarity (0 to 1) is at least `least`, else an empty string."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=least)), "")


def likely_intended(name: str, known: Iterable[str]) -> str:
    """The known name of which `name` is a likely typing error, or an empty string."""
    return nearest(name, known, LIKELY)
