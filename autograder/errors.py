"""What goes wrong by no fault of torchgrade: the message is one sentence on what is wrong, where, and what to do next.

Commands let these errors through to the door (`autograder.cli.main`), which prints the sentence and sets the exit
status. A subclass stands beside the code that raises it, and only where somebody catches that one alone.
"""

from __future__ import annotations


class UserError(Exception):
    """What the user named or asked for cannot be used."""


class CourseError(UserError):
    """The reference of an assignment is not as it must be; its author can fix it."""


class NoCourseError(UserError):
    """No course, or no assignment of this name, is to be found."""


class NotIsolatedError(UserError):
    """The sandbox does not reach the isolation tier that was asked for."""
