"""The two kinds of error that a person can do something about, each told in one sentence."""

from __future__ import annotations


class UserError(Exception):
    """What the user asked for cannot be done; the message says what is wrong, where, and what to do next."""


class CourseError(UserError):
    """The course folder or its reference is not as it must be; the message is for its author."""
