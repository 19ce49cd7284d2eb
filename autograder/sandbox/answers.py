"""Answers as they come over the wire -> answers of the model; whatever else comes is not an answer."""

from __future__ import annotations

from typing import Any, get_args

from autograder.model import Answer, Raised, RefusalKind, Refused, Returned
from autograder.sandbox.stops import used_too_much

KINDS: tuple[RefusalKind, ...] = get_args(RefusalKind)
LONGEST = 3000  # characters of a text that a child sends


def read_answer(tree: Any, memory: int = 0) -> Answer | None:
    """The answer in a tree that a process sent, which may be anything; None if it is no answer.

    `memory` is the limit in bytes that the process had, for the words on an error that comes from it.
    """
    if not isinstance(tree, dict) or len(tree) != 1:
        return None
    if "returned" in tree:
        return Returned(tree["returned"])
    if isinstance(found := tree.get("raised"), dict):
        return used_too_much(str(found.get("limit", "")), memory) or _raised(found)
    if isinstance(found := tree.get("refused"), dict) and found.get("kind") in KINDS:
        return Refused(found["kind"], _text(found, "message"), _text(found, "where"))
    return None


def _raised(found: dict[Any, Any]) -> Raised:
    kinds = found.get("kinds", ())
    names = tuple(map(str, kinds)) if isinstance(kinds, tuple) else ()
    return Raised(_text(found, "error"), _text(found, "message"), _text(found, "where"), names)


def _text(found: dict[Any, Any], name: str) -> str:
    return str(found.get(name, ""))[:LONGEST]
