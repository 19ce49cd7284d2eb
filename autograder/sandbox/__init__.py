"""The wall: student code runs on one side of it, and answers and scores stay on the other.

The judge starts a *zygote*, a clean process that imports torch once and forks a child for each source file. A child
reads the file, and then one frame for each question. It writes one frame of plain data for each answer.

Only the code in `inside/` runs in these two processes, and it imports nothing of the rest of this package. No exam,
expected answer or score enters them. The judge measures a child's time and memory from outside.

The names below are imported at their first use. Student code runs in a process that also imports this file, as the
parent package of `inside`. That process must not load anything of the trusted side.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.sandbox.answers import call_reply, read_answer
    from autograder.sandbox.call_replies import AnswerCall
    from autograder.sandbox.child import WAIT_FACTOR
    from autograder.sandbox.launch import SandboxError
    from autograder.sandbox.lost_time import LostTime
    from autograder.sandbox.requests import texts_frame
    from autograder.sandbox.sandbox import Limits, Sandbox, uses_gpu
    from autograder.sandbox.session import Session
    from autograder.sandbox.shared_child import SharedChild
    from autograder.sandbox.stops import out_of_time
    from autograder.sandbox.tier import EXPECTATIONS, TIERS, reaches

_MODULE_OF = {
    "call_reply": "answers",
    "read_answer": "answers",
    "out_of_time": "stops",
    "WAIT_FACTOR": "child",
    "SandboxError": "launch",
    "LostTime": "lost_time",
    "Limits": "sandbox",
    "Sandbox": "sandbox",
    "uses_gpu": "sandbox",
    "AnswerCall": "call_replies",
    "SharedChild": "shared_child",
    "Session": "session",
    "texts_frame": "requests",
    "EXPECTATIONS": "tier",
    "TIERS": "tier",
    "reaches": "tier",
}

__all__ = [
    "EXPECTATIONS",
    "TIERS",
    "WAIT_FACTOR",
    "AnswerCall",
    "Limits",
    "LostTime",
    "Sandbox",
    "SandboxError",
    "Session",
    "SharedChild",
    "call_reply",
    "out_of_time",
    "reaches",
    "read_answer",
    "texts_frame",
    "uses_gpu",
]


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
