"""What every report does with a student's text before it shows it."""

from __future__ import annotations

import re

SPELLED = str.maketrans(
    {
        **{"✓": "+", "✗": "x", "·": "-", "−": "-", "–": "-", "─": "-", "×": "x", "→": "->", "√": "sqrt", "≈": "~"},
        **{"…": "...", "“": '"', "”": '"', "²": "^2", "≥": ">=", "≤": "<=", "†": "+"},
    }
)
# Control characters but newline and tab, bidirectional marks, halves of surrogate pairs.
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with control characters (but newlines and tabs) and bidirectional marks written out."""
    return ACTS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def one_line(text: str) -> str:
    """The text cleaned, with every run of white space as one space."""
    return " ".join(clean(text).split())


def ascii_only(text: str) -> str:
    """The text for a terminal that knows no more than ASCII: signs spelled out, anything else as `?`."""
    return text.translate(SPELLED).encode("ascii", "replace").decode()


def points(value: float) -> str:
    """Points without needless decimals: 3, 2.5."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")  # adding 0.0 turns -0.0 into 0.0


def plural(count: int, noun: str) -> str:
    """`1 exercise`, `3 exercises`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
