"""The errors that a probe raises when it cannot answer; each crosses the wall as `Refused` with its kind."""

from __future__ import annotations


class Refusal(BaseException):
    """A probe cannot answer. It is no `Exception`, so that `except Exception` in student code does not catch it."""

    kind = ""


class Missing(Refusal):
    """The name in the question is undefined, or its value is not callable."""

    kind = "missing"


class Forbidden(Refusal):
    """The student's code calls a function that the exercise forbids."""

    kind = "forbidden"


class NotAModule(Refusal):
    """The student's class or function returns something other than an `nn.Module`."""

    kind = "no module"


class Unfit(Refusal):
    """The student's code cannot be asked in this way; the message is a whole sentence for the student."""

    kind = "unfit"
