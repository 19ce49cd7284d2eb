"""The probe that reads a variable of the student's file."""

from __future__ import annotations

from typing import Any

from ..frames import QuestionFrame
from ..probe import probe
from ..refusal import Unfit

READS_VARIABLES = "value"  # the name of the probe whose target need not be a function or class


@probe
def value(target: Any, question: QuestionFrame, *, key: str | int | None = None) -> Any:
    """The value of the variable; with the option `key`, what it holds under that key or index.

    `...`, which stands in a stub, counts as not started.
    """
    if target is ...:
        raise NotImplementedError
    if key is None:
        return target
    try:
        found = target[key]
    except LookupError:
        raise Unfit(f"there is no answer to question {key}: add it to `{question['target']}`") from None
    except TypeError:
        due = "dict" if isinstance(key, str) else "list"
        raise Unfit(
            f"`{question['target']}` has to be a {due} with an answer to each question, "
            f"but its type is {type(target).__name__}"
        ) from None
    if found is ...:
        raise NotImplementedError
    return found
