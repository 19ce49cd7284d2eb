"""One finding of lint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "file",
    "docstring",
    "title",
    "solution",
    "time",
    "stub",
    "randomness",
    "draw",
    "argument",
    "forbids",
    "milestone",
    "misconception",
    "check",
    "cases",
    "order",
]
"""What a finding is about, for programs that read the findings."""


@dataclass(frozen=True)
class Finding:
    """A fault, in one sentence; with `advice`, a possible improvement instead.

    `place` is the exercise, the section or the assignment. Findings of one kind and place are the same if they have
    the same `subject`, such as a check, whatever their texts are; without a subject, if they have the same text.
    """

    place: str
    kind: Kind
    text: str
    advice: bool = False
    subject: str = ""


def without_repetitions(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Drop findings that were made before, such as those that differ only in the seed."""
    known = set()
    for finding in findings:
        identity = (finding.place, finding.kind, finding.subject or finding.text)
        if identity not in known:
            known.add(identity)
            yield finding
