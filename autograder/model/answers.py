"""What enters the sandbox, a question, and what leaves it, an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np

    class NotPlain(Protocol):
        """Stands for a value that is no plain data: only the name of its type crossed the wall."""

        @property
        def type(self) -> str: ...

    Value: TypeAlias = (
        bool
        | int
        | float
        | str
        | np.ndarray[Any, Any]
        | NotPlain
        | Sequence["Value"]
        | Mapping[Any, "Value"]
        | Set["Value"]
        | None
    )
    """Plain data: what crosses the wall, and what authors give as arguments."""
else:
    Value = Any


StopKind = Literal[
    "time", "processor", "memory", "output", "files", "threads", "ended", "protocol", "interrupted", "not asked"
]
"""What ended the process; `not asked` where its time or its starts were used up before."""

RefusalKind = Literal["missing", "forbidden", "too large", "no module", "unfit"]
"""Why a probe could not answer: the exercise is missing, uses what is forbidden, or is not of the form asked for."""


@dataclass(frozen=True)
class Question:
    """All that enters the sandbox: what to do with which object of the student's, and with which arguments."""

    probe: str
    target: str
    args: tuple[Value, ...] = ()
    kwargs: Mapping[str, Value] = field(default_factory=dict)
    options: Mapping[str, Value] = field(default_factory=dict)
    forbids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Returned:
    """The probe came back with a value."""

    value: Value


@dataclass(frozen=True)
class Raised:
    """The student's code raised; `where` is the line of the student's file, if the error came through one.

    `kinds` are the names of the classes that the error belongs to, its own first.
    """

    error: str
    message: str = ""
    where: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stopped:
    """The sandbox ended before an answer came; `reason` ends the sentence "conv_output_size(28, 5) …"."""

    kind: StopKind
    reason: str


@dataclass(frozen=True)
class Refused:
    """The probe could not answer, and says why; `where` is the student's line, if it is about one.

    Errors of ours cross the wall in this form, so that a student's own class of the same name is not taken for them.
    """

    kind: RefusalKind
    message: str
    where: str = ""


Answer = Returned | Raised | Stopped | Refused
