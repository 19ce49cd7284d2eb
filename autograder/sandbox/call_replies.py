"""The frames that answer a child that calls a stand-in, in place of another function of the student's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.model import Answer
from autograder.sandbox.answers import call_reply
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.tree import WireError

MAX_CALLS = 1000  # for one question

AnswerCall = Callable[[str, tuple[Any, ...], Mapping[Any, Any]], Answer | None]


@dataclass
class CallReplies:
    """Frames that answer a child's calls, MAX_CALLS at most; the tree of a call may be anything."""

    answer_call: AnswerCall
    calls: int = 0

    def __call__(self, tree: Any) -> bytes:
        self.calls += 1
        if self.calls > MAX_CALLS:
            raise WireError(f"it asked for more than {MAX_CALLS} calls")
        name, args, kwargs = (tree[key] for key in ("call", "args", "kwargs"))
        known = isinstance(name, str) and isinstance(args, tuple) and isinstance(kwargs, dict)
        return wire.encode(call_reply(self.answer_call(name, args, kwargs) if known else None))
