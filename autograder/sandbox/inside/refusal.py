"""The errors that a probe raises when it cannot answer; each crosses the wall as `Refused` with its kind."""

from __future__ import annotations


class Refusal(BaseException):
    """A probe cannot answer, and the message says why; no `except Exception` of a student's swallows it."""

    kind = ""


class Missing(Refusal):
    """The name that a question asks for is not there, or is bound to something that cannot be called."""

    kind = "missing"


class Forbidden(Refusal):
    """The student's code calls what the exercise asks to do without."""

    kind = "forbidden"


class NotAModule(Refusal):
    """The student's class or function gives something that is no network."""

    kind = "no module"


class NoBuffer(Refusal):
    """What the student's network keeps is not registered as a buffer."""

    kind = "no buffer"


class NoNetwork(Refusal):
    """The student's function does not train the networks that it is asked to train."""

    kind = "no network"


class NoPair(Refusal):
    """A batch of the student's loader is no pair of images and labels."""

    kind = "no pair"


class OtherDepth(Refusal):
    """A U-Net halves its input more or less often than the exercise asks."""

    kind = "other depth"
