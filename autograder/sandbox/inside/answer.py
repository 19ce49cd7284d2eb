"""The answer to a question as one frame: the only place where an exception becomes data.

The child of the sandbox, the notebook's kernel and the builder of exams all ask through `answer_frame`, so that the
same behaviour gives the same answer on each side of the wall.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import wire
from .refusal import Refusal

MOST_KINDS = 20  # classes of an error that are named
LONGEST = 2000  # characters of an error's message


def answer_frame(
    ask: Callable[[], Any],
    where: Callable[[BaseException], str] = lambda error: "",
    limit_met: Callable[[BaseException, str], str] = lambda error, text: "",
    note: Callable[[BaseException], str] = lambda error: "",
    passes: tuple[type[BaseException], ...] = (),
) -> bytes:
    """The frame of what `ask()` returns, raises or refuses.

    `where` gives the student's line that an error came through, `limit_met` the limit of the sandbox that it comes
    from, and `note` what is added to its message. Errors of the kinds in `passes` are raised, not answered.
    """
    try:
        return wire.encode({"returned": ask()})
    except passes:
        raise
    except Refusal as refusal:
        return _refused(refusal.kind, str(refusal), where(refusal) if refusal.kind == "forbidden" else "")
    except wire.WireError as error:
        return _refused("too large", str(error), "")
    except BaseException as error:  # noqa: BLE001 - foreign code raises what it likes, SystemExit included
        text = message(error)
        raised = {
            "error": type(error).__name__,
            "message": text + note(error),
            "where": where(error),
            "kinds": tuple(kind.__name__ for kind in type(error).__mro__[:MOST_KINDS]),
            "limit": limit_met(error, text),
        }
        return wire.encode({"raised": raised})


def _refused(kind: str, text: str, where: str) -> bytes:
    return wire.encode({"refused": {"kind": kind, "message": text, "where": where}})


def message(error: BaseException) -> str:
    """The message of an error, cut to its first 2,000 characters."""
    try:
        return str(error)[:LONGEST]
    except Exception:  # noqa: BLE001 - a student's exception may fail to print itself
        return ""
