"""Functions for text in reports: they make a student's text safe to show, and format numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_NAMES = 10  # of students in one sentence
ASCII_SPELLINGS = str.maketrans(
    {
        **{"✓": "+", "✗": "x", "·": "-", "−": "-", "–": "-", "─": "-", "×": "x", "→": "->", "√": "sqrt", "≈": "~"},
        **{"…": "...", "“": '"', "”": '"', "²": "^2", "≥": ">=", "≤": "<=", "†": "+"},
    }
)
# Control characters except newline and tab, bidirectional marks, halves of surrogate pairs.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """Escape control characters, except newlines and tabs, and bidirectional marks."""
    return UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def one_line(text: str) -> str:
    """Clean the text and replace every run of white space by one space."""
    return " ".join(clean(text).split())


def note_line(note: str) -> str:
    """The note on one line, without the source line and the caret of a syntax error."""
    lines = note.splitlines()
    carets = {place for place, line in enumerate(lines) if line.strip() and not line.strip("^ ")}
    return one_line("; ".join(line for place, line in enumerate(lines) if not {place, place + 1} & carets))


def short_name(text: str, longest: int) -> str:
    """A name that a student's process has chosen, cleaned, on one line, of at most so many characters."""
    return one_line(text[:longest])[:longest]


def ascii_only(text: str) -> str:
    """The text in ASCII: known symbols are spelled out, and `?` replaces other characters."""
    return text.translate(ASCII_SPELLINGS).encode("ascii", "replace").decode()


def points(value: float) -> str:
    """At most two decimals, without trailing zeros: 3, 2.5."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")  # adding 0.0 turns -0.0 into 0.0


def plural(count: int, noun: str) -> str:
    """`1 exercise`, `3 exercises`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def student_names(keys: Sequence[str]) -> str:
    """`3 students (ada, bob, carl)`."""
    few = [one_line(key) for key in keys[:MAX_NAMES]]
    return f"{plural(len(keys), 'student')} ({', '.join(few)}{', …' if len(keys) > MAX_NAMES else ''})"
