"""Convert what a child sent into an answer of the model; reject everything else."""

from __future__ import annotations

from typing import Any, cast, get_args

from autograder.model import Answer, Raised, RefusalKind, Refused, Returned
from autograder.sandbox.inside.frames import CallReply
from autograder.sandbox.stops import limit_exceeded

REFUSAL_KINDS: tuple[RefusalKind, ...] = get_args(RefusalKind)
MAX_TEXT = 3000  # characters of one text that a child sends


def read_answer(tree: Any, memory: int = 0) -> Answer | None:
    """Read an answer from a tree that a child sent; return None if the tree is not an answer.

    `memory` is the child's limit in bytes. The message about exceeded memory shows it.
    """
    if not isinstance(tree, dict) or len(tree) != 1:
        return None
    if "returned" in tree:
        return Returned(tree["returned"])
    if isinstance(content := tree.get("raised"), dict):
        return limit_exceeded(str(content.get("limit", "")), memory) or _raised(content)
    if isinstance(content := tree.get("refused"), dict) and str(content.get("kind")) in REFUSAL_KINDS:
        return Refused(cast(RefusalKind, str(content["kind"])), _text(content, "message"), _text(content, "where"))
    return None


def _raised(content: dict[Any, Any]) -> Raised:
    kinds = content.get("kinds", ())
    names = tuple(map(str, kinds)) if isinstance(kinds, tuple) else ()
    return Raised(_text(content, "error"), _text(content, "message"), _text(content, "where"), names)


def _text(content: dict[Any, Any], key: str) -> str:
    return str(content.get(key, ""))[:MAX_TEXT]


def call_reply(answer: Answer | None) -> CallReply:
    """The reply to a call of a stand-in; empty where the answer is not known."""
    if isinstance(answer, Returned):
        return {"returned": answer.value}
    if isinstance(answer, Raised):
        return {"raised": {"error": answer.error, "message": answer.message}}
    return {}
