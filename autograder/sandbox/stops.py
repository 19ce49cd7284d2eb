"""Why a child gave no answer: a kind that the judge can rely on, and the words for the student."""

from __future__ import annotations

import os
import signal

from autograder.model import Stopped
from autograder.sandbox.inside.agreement import FILE_BYTES, FILE_COUNT


def out_of_time(seconds: float) -> Stopped:
    """The question took longer than its seconds."""
    return Stopped("time", f"did not finish within {seconds:g} seconds")


def broke_the_protocol(detail: str = "") -> Stopped:
    """What came over the pipe was not an answer."""
    return Stopped("protocol", "broke the protocol of the sandbox" + (f" ({detail})" if detail else ""))


def used_too_much(what: str, memory: int) -> Stopped | None:
    """The stop for a limit of the sandbox, `memory`, `files` or `threads`; None for any other word."""
    if what == "memory":
        return Stopped("memory", f"used more than {memory / (1 << 30):.2g} GB of memory")
    if what == "files":
        return Stopped("files", f"wrote more than {FILE_BYTES >> 20} MB or {FILE_COUNT} files")
    if what == "threads":
        return Stopped("threads", "started more threads than the sandbox allows")
    return None


def ended_by_itself(status: int | None) -> Stopped:
    """The process ended without an answer, with this wait status."""
    if status is None:
        return Stopped("ended", "ended the process without an answer")
    if os.name == "posix" and os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        known = {one.value: one.name for one in signal.Signals}
        name = known.get(number, f"signal {number}")
        names = {"SIGSEGV": "crashed Python (segmentation fault)", "SIGKILL": "was killed"}
        return Stopped("ended", names.get(name, f"crashed Python ({name})"))
    return Stopped("ended", f"ended Python by itself (exit status {status >> 8})")
