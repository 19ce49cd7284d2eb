"""The reasons why a child gave no answer: a kind for the judge, and words for the student."""

from __future__ import annotations

import os
import signal

from autograder.model import Stopped
from autograder.sandbox.inside.constants import FILE_BYTES, FILE_COUNT


def out_of_time(seconds: float) -> Stopped:
    return Stopped("time", f"did not finish within {seconds:g} seconds")


def protocol_error(detail: str = "") -> Stopped:
    """The child sent something that is not an answer."""
    return Stopped("protocol", "broke the protocol of the sandbox" + (f" ({detail})" if detail else ""))


def limit_exceeded(limit: str, memory: int) -> Stopped | None:
    """Describe the limit `memory` (in bytes), `files` or `threads`; return None for any other word."""
    if limit == "memory":
        return Stopped("memory", f"used more than {memory / (1 << 30):.2g} GB of memory")
    if limit == "files":
        return Stopped("files", f"wrote more than {FILE_BYTES >> 20} MB or {FILE_COUNT} files")
    if limit == "threads":
        return Stopped("threads", "started more threads than the sandbox allows")
    return None


def exited(status: int | None) -> Stopped:
    """The child ended before it answered; `status` is its wait status, None if it is unknown."""
    if status is None:
        return Stopped("ended", "ended the process without an answer")
    if os.name == "posix" and os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        names = {one.value: one.name for one in signal.Signals}
        name = names.get(number, f"signal {number}")
        reasons = {"SIGSEGV": "crashed Python (segmentation fault)", "SIGKILL": "was killed"}
        return Stopped("ended", reasons.get(name, f"crashed Python ({name})"))
    return Stopped("ended", f"ended Python by itself (exit status {status >> 8})")
