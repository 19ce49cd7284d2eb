"""The frame that answers a question; the only place where an exception becomes data.

The sandbox's child, the notebook's kernel and the builder of exams all call `answer_frame`. The same behaviour
therefore gives the same answer on both sides of the wall.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import wire
from .note import note_on
from .refusal import Refusal
from .tree import WireError

MAX_KINDS = 20  # base classes of an error that its answer names
MAX_MESSAGE = 2000  # characters


def answer_frame(
    ask: Callable[[], Any],
    where: Callable[[BaseException], str] = lambda error: "",
    limit: Callable[[BaseException, str], str] = lambda error, text: "",
    note: Callable[[BaseException], str] = lambda error: "",
    reraise: tuple[type[BaseException], ...] = (),
) -> bytes:
    """Call `ask()`; return the frame of what it returns, raises or refuses.

    - `where(error)`: the student's line that raised the error.
    - `limit(error, message)`: the limit of the sandbox that caused the error, or an empty string.
    - `note(error)`: text to append to the message.
    - `reraise`: errors to raise again instead of answering.
    """
    try:
        return wire.encode({"returned": ask()}, wire.ANSWER)
    except reraise:
        raise
    except Refusal as refusal:
        return _refused(refusal.kind, str(refusal), where(refusal) if refusal.kind == "forbidden" else "")
    except WireError as error:
        return _refused("too large", str(error), "")
    except BaseException as error:  # noqa: BLE001 - foreign code raises what it likes, SystemExit included
        text = message(error)
        content = {
            "error": type(error).__name__,
            "message": text + (note(error) or note_on(error)),
            "where": where(error),
            "kinds": tuple(kind.__name__ for kind in type(error).__mro__[:MAX_KINDS]),
            "limit": limit(error, text),
        }
        return wire.encode({"raised": content})


def _refused(kind: str, text: str, where: str) -> bytes:
    return wire.encode({"refused": {"kind": kind, "message": text, "where": where}})


def message(error: BaseException) -> str:
    """The first 2,000 characters of an error's message."""
    try:
        return str(error)[:MAX_MESSAGE]
    except Exception:  # noqa: BLE001 - a student's exception may fail to print itself
        return ""
