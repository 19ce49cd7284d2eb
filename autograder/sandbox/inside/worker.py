"""One sandboxed child: takes a student's files, then questions, and gives one frame of plain data for each.

Run as `python -m autograder.sandbox.inside.worker` it speaks over stdin and stdout, where there is no fork.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from . import wire
from .answer import answer_frame
from .load import Files

REFUSED = (errno.EPERM, errno.EACCES, errno.EROFS)
CLOSED = "the sandbox allows no other processes, no network, and no files but those in its own folder"
FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.ENOMEM)


def serve(questions: int, answers: int, failures: Mapping[str, str]) -> None:
    """Read frames from one file descriptor and write frames to another, until the first one ends.

    The first frame goes out before any comes in: the child is closed, and why a layer is missing. A frame with files
    asks to load one of them; any other is a question about the file that was loaded last.
    """
    read, write = _reader(questions), _writer(answers)
    write(wire.encode({"failures": dict(failures)}))
    request = wire.read_frame(read)
    if "prove" in request:
        from .proof import attempts

        write(wire.encode(attempts(request["prove"])))
        return
    refuse_workers()
    from .probes import ask

    namespace: Mapping[str, Any] = {}
    files: Files | None = None
    while True:
        if "files" in request:
            files = files or Files(
                _told(request["files"]), lambda title, line: write(wire.encode({"at": [title, line]}))
            )
            namespace = vars(files.load(request["main"], request["definitions_only"], request["skipped"]))
            reply = wire.encode({"problems": files.problems, **_defined(namespace, request["names"])})
        else:
            assert files is not None
            reply = _answer(partial(ask, namespace, request), files)
        _flush()
        write(reply)
        try:
            request = wire.read_frame(read)
        except EOFError:
            return


def _answer(ask: Callable[[], Any], files: Files) -> bytes:
    try:
        return answer_frame(ask, files.where, _limit_met, _closed)
    finally:
        gc.collect(0)


def _closed(error: BaseException) -> str:
    """What is added to the message of an error with which the kernel refused something."""
    return f" ({CLOSED})" if isinstance(error, OSError) and error.errno in REFUSED else ""


def _limit_met(error: BaseException, text: str) -> str:
    """Which limit of the sandbox an error comes from, as far as that can be told: words, never points."""
    if isinstance(error, MemoryError) or "can't allocate memory" in text or "std::bad_alloc" in text:
        return "memory"
    if isinstance(error, OSError) and error.errno in FULL:
        return "memory" if error.errno == errno.ENOMEM else "files"
    return "threads" if isinstance(error, RuntimeError) and text.startswith("can't start new thread") else ""


def _told(files: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{**file, "cells": file["cells"].tobytes().decode().split("\0")} for file in files]


def _defined(namespace: Mapping[str, Any], wanted: Sequence[str]) -> dict[str, list[str]]:
    """The wanted names that are there, and the other functions and classes, for those that were misspelt."""
    others = [name for name, value in namespace.items() if callable(value) and not name.startswith("_")]
    return {"names": [name for name in wanted if name in namespace], "others": others[:300]}


def _flush() -> None:
    """Let what was printed go out now: the process may be killed at any time."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()


def _limit(memory: int) -> None:
    """Bound the memory by address space, where there is such a limit: what the process has now, and the bytes more."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sizes = Path("/proc/self/statm")
    if sizes.exists():
        now = int(sizes.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (now + memory,) * 2)


def refuse_workers() -> None:
    """A DataLoader with worker processes gets a sentence at once, instead of hanging or outliving the limits."""
    from torch.utils.data import dataloader

    def refuse(*_: Any) -> None:
        raise RuntimeError("use num_workers=0 here: the sandbox starts no other processes")

    dataloader._MultiProcessingDataLoaderIter = refuse  # type: ignore[assignment,misc]  # torch has no switch


def _reader(fd: int) -> Callable[[int], bytes]:
    def read(count: int) -> bytes:
        parts = []
        while count:
            part = os.read(fd, min(count, 1 << 20))
            if not part:
                break
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    return read


def _writer(fd: int) -> Callable[[bytes], None]:
    def write(data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]

    return write


def main() -> None:
    """Serve over stdin and stdout, within the bytes of memory told; what the student prints goes to stderr."""
    sys.path.remove(str(Path.cwd()))
    questions, answers = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    import torch

    torch.set_num_threads(1)
    _limit(int(sys.argv[1]))
    serve(questions, answers, {})
    _flush()
    os._exit(0)


if __name__ == "__main__":
    main()
