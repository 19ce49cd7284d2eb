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


class NoBuffer(Refusal):
    """The student's network has no registered buffer of this name."""

    kind = "no buffer"


class NoNetwork(Refusal):
    """The student's function does not train the networks that the exercise describes."""

    kind = "no network"


class NoPair(Refusal):
    """A batch of the student's loader is not a pair of images and labels."""

    kind = "no pair"


class OtherDepth(Refusal):
    """A U-Net halves its input more or less often than the exercise requires."""

    kind = "other depth"
