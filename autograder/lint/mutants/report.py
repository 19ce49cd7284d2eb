"""What became of one mutant."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["refused", "seed", "surviving", "equal", "listed"]
"""`seed`: some seeds refuse it and others do not. `equal`: it answers many more questions as the right code does.
`listed`: the author has written down why it is right."""


@dataclass(frozen=True)
class Mutant:
    """A right answer with one edit, and what the checks say of it.

    `verdicts` maps a check to whether it passes with each seed. `witness` is a call on which a surviving mutant differs
    from right code, with both answers. `reason` is the author's, of a listed one.
    """

    exercise: str
    form: str
    kind: str
    sentence: str
    line: int
    before: str
    source: str
    verdicts: Mapping[str, tuple[bool, ...]]
    outcome: Outcome
    witness: str = ""
    reason: str = ""

    @property
    def unsure(self) -> tuple[str, ...]:
        """The checks whose verdict depends on the seed."""
        return tuple(name for name, passed in self.verdicts.items() if len(set(passed)) > 1)

    @property
    def diff(self) -> str:
        """The lines that the edit changes."""
        lines = difflib.unified_diff(self.before.splitlines(), self.source.splitlines(), lineterm="", n=0)
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def outcome_of(verdicts: Mapping[str, tuple[bool, ...]]) -> Outcome:
    """Refused, surviving, or up to the seed."""
    by_seed = [all(column) for column in zip(*verdicts.values(), strict=True)]
    return "surviving" if all(by_seed) else "seed" if any(by_seed) else "refused"
