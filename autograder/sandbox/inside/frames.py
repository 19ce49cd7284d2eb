"""The messages between the judge, the zygote and a child, as types: mypy finds a misspelt key.

They describe what our own code sends. A child can forge its frames, so the judge checks each part of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

import numpy as np


class ZygoteSettings(TypedDict):
    """The argument of the zygote's command line, as JSON."""

    training: bool
    gpu: bool
    leave_out: list[str]


class ForkRequest(TypedDict):
    """The judge asks the zygote for a child with these limits."""

    memory: int  # bytes
    cpu_seconds: int
    folder: str  # on the disk; a child with its own mounts does not use it


class ChildEvidence(TypedDict):
    """The zygote reports what the kernel says about a child."""

    status: dict[str, str]  # /proc/PID/status
    separate: list[str]  # kinds of namespaces that differ from the host's
    cpu_seconds: float
    waited_seconds: (
        float | None
    )  # ready to run, while others had the processor; None where the kernel does not count it


class Greeting(TypedDict):
    """The first frame of a child names the layers that are missing, with reasons."""

    failures: dict[str, str]


class ProofTargets(TypedDict):
    """What the attempts of `proof.py` aim at."""

    canary: str  # path of a file beside the exam
    home: str
    judge: int  # process id
    memory: int  # bytes that a child may use
    files: int  # bytes that a child may write
    variables: list[str]  # names of environment variables that a child may have


class ProofRequest(TypedDict):
    prove: ProofTargets


class FileFrame(TypedDict):
    """A source file. `cells` is the UTF-8 text of its cells joined by NUL; as bytes, since the wire cuts long texts."""

    name: str
    module: str
    cells: np.ndarray  # uint8


class CourseRequest(TypedDict):
    """The judge asks a child to load modules of the course: name -> its code by `marshal`, in uint8.

    The child replies True. Both have the same Python; compiling the texts in every child would take longer than a fork.

    It comes before the request to load a file, or before requests to compare.
    """

    course: dict[str, np.ndarray]


class CompareRequest(TypedDict):
    """The judge asks a child without student code to call `function(*args, **parameters)` of the course's modules."""

    compare: str
    args: tuple[Any, ...]
    parameters: Mapping[str, Any]


class LoadRequest(TypedDict):
    """The judge asks a child to load one of the files."""

    files: list[FileFrame]
    main: int  # index of the file to load
    names: list[str]  # exercises that the file may define
    definitions_only: bool
    skipped: list[tuple[str, int]]  # (title, line) of statements to leave out
    stand_ins: list[str]  # functions whose calls the judge answers


class RunningStatement(TypedDict):
    """A child names a statement before it runs it: (title, line)."""

    at: tuple[str, int]


class LoadProblem(TypedDict):
    """One error while loading: `fatal` if lines could not be parsed; `names` are the definitions that it costs.

    The name "" stands for a definition whose name cannot be read. `lines` are the first and the last line that cannot
    be parsed.
    """

    file: str
    fatal: bool
    text: str
    names: list[str]
    lines: list[int]


class LoadReply(TypedDict):
    """A child lists the exercises that a file defines in `names`, and its other functions and classes in `others`."""

    problems: list[LoadProblem]
    names: list[str]
    others: list[str]


class CallRequest(TypedDict):
    """A child asks the judge, in the middle of a question, what a call of another exercise returns."""

    call: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]


class CallReply(TypedDict, total=False):
    """What the call returns or raises; empty where the judge does not know the call."""

    returned: Any
    raised: Mapping[str, str]  # `error`, the name of a class of Python's own, and `message`


class EditsRequest(TypedDict):
    """The judge asks for the edits of a definition in UTF-8; the child replies a JSON list of `EditFrame`, in uint8."""

    edits_of: np.ndarray


class EditFrame(TypedDict):
    """An edit of a definition: `text` in the place of its characters from `start` to `stop`.

    `line` and `columns` are where the place is that changes; the columns are 0 and 0 if it ends in another line.
    """

    kind: str
    sentence: str
    line: int
    columns: list[int]
    start: int
    stop: int
    text: str


class SwitchOffRequest(TypedDict):
    """The judge asks to switch operators of torch off, before any student code is there."""

    switch_off: list[str]


class PutRequest(TypedDict):
    """The judge asks to put a definition in the place of the student's own, which comes back with the next request."""

    put: np.ndarray  # UTF-8


class HangingRequest(TypedDict):
    """The judge asks where the code is while it answers a question that takes long; the child replies `LoopAt`."""

    hanging: QuestionFrame


class QuestionFrame(TypedDict):
    """`autograder.model.Question` on the wire; `answer.py` makes the frame of the answer."""

    probe: str
    target: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    options: Mapping[str, Any]  # what the keyword-only parameters of the probe declare
    forbids: tuple[str, ...]
