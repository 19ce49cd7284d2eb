"""What goes wrong by no fault of torchgrade: the message is one sentence on what is wrong, where, and what to do next.

Commands let these errors through to the door (`autograder.cli.main`), which prints the sentence and sets the exit
status. A subclass stands beside the code that raises it, and only where somebody catches that one alone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

MAX_FAULTS = 20  # that are listed


class UserError(Exception):
    """What the user named or asked for cannot be used."""


class CourseError(UserError):
    """The reference of an assignment is not as it must be; its author can fix it."""


class NoCourseError(UserError):
    """No course, or no assignment of this name, is to be found."""


class NotIsolatedError(UserError):
    """The sandbox does not reach the isolation tier that was asked for."""


class Faults:
    """Collects what is wrong with the files that a person wrote, so that one run reports all of it."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def add(self, sentence: str) -> None:
        self.sentences.append(sentence if sentence.endswith((".", "?")) else f"{sentence}.")

    @contextlib.contextmanager
    def collect(self) -> Iterator[None]:
        """Add a `UserError` of the block to the faults; the block ends with it."""
        try:
            yield
        except UserError as error:
            for sentence in str(error).split("\n"):
                self.add(sentence)

    def report(self, kind: type[UserError] = UserError) -> None:
        """Raise an error of this kind with a line for each fault, if there is one."""
        shown = self.sentences[:MAX_FAULTS]
        if more := len(self.sentences) - len(shown):
            shown.append(f"There {'is 1 more fault' if more == 1 else f'are {more} more faults'} of this kind.")
        if shown:
            raise kind("\n".join(shown))
