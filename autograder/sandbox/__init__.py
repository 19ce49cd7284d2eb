"""The wall: student code runs on one side of it, answers and scores stay on the other.

The judge starts a *zygote*, a clean process that imports torch once and forks a child for each source file of a
submission. The child is given the file and then the questions, one frame each, and returns one frame of plain data
for each. `inside/` is all that runs in those two processes; it imports nothing of the rest of this package, and
no exam, expected answer or score ever enters it. Time, memory and the way a child ended are measured on this side.

The names below are imported when they are first used: this file is loaded beside student code, too, as the parent of
`inside`, and nothing of the trusted side may be.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.sandbox.answers import read_answer
    from autograder.sandbox.child import PATIENCE
    from autograder.sandbox.launch import SandboxError
    from autograder.sandbox.sandbox import Limits, Sandbox, uses_gpu
    from autograder.sandbox.session import Session, SharedChild
    from autograder.sandbox.stops import out_of_time
    from autograder.sandbox.tier import EXPECTATIONS, TIERS, reaches

_HOMES = {
    "read_answer": "answers",
    "out_of_time": "stops",
    "PATIENCE": "child",
    "SandboxError": "launch",
    "Limits": "sandbox",
    "Sandbox": "sandbox",
    "uses_gpu": "sandbox",
    "SharedChild": "session",
    "Session": "session",
    "EXPECTATIONS": "tier",
    "TIERS": "tier",
    "reaches": "tier",
}

__all__ = [
    "EXPECTATIONS",
    "PATIENCE",
    "TIERS",
    "Limits",
    "Sandbox",
    "SandboxError",
    "Session",
    "SharedChild",
    "out_of_time",
    "reaches",
    "read_answer",
    "uses_gpu",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
