"""What every report does with a student's text before it shows it."""

from __future__ import annotations

import unicodedata

SPELLED = str.maketrans(
    {
        **{"✓": "+", "✗": "x", "·": "-", "−": "-", "–": "-", "─": "-", "×": "x", "→": "->", "√": "sqrt", "≈": "~"},
        **{"…": "...", "“": '"', "”": '"', "²": "^2", "≥": ">=", "≤": "<=", "†": "+"},
    }
)
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """The text with control characters (but newlines and tabs) and bidirectional marks written out."""
    return "".join(char.encode("unicode_escape").decode() if _acts(char) else char for char in text)


def _acts(char: str) -> bool:
    return char not in "\n\t" and (unicodedata.category(char) in ("Cc", "Cs") or char in BIDI)


def ascii_only(text: str) -> str:
    """The text for a terminal that knows no more than ASCII: signs spelled out, anything else as `?`."""
    return text.translate(SPELLED).encode("ascii", "replace").decode()


def points(value: float) -> str:
    """Points without needless decimals: 3, 2.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def plural(count: int, noun: str) -> str:
    """`1 exercise`, `3 exercises`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
