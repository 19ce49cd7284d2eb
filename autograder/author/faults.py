"""Collects the faults of a reference, so that one run reports them all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.errors import CourseError


@dataclass
class Faults:
    """The faults found so far."""

    found: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def collect(self) -> Iterator[None]:
        """Keep a `CourseError` of the block instead of raising it."""
        try:
            yield
        except CourseError as error:
            if str(error) not in self.found:
                self.found.append(str(error))

    def raise_all(self) -> None:
        """Raise one `CourseError` with all faults, if there are any."""
        if len(self.found) == 1:
            raise CourseError(self.found[0])
        if self.found:
            raise CourseError("\n".join([f"The reference has {len(self.found)} faults:", *self.found]))
