"""One sandboxed child: takes a student's files, then questions, and gives one frame of plain data for each.

Run as `python -m autograder.sandbox.inside.worker` it speaks over stdin and stdout, where there is no fork.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from . import wire
from .load import Files, message

PLACE = "loading.txt"  # in the private folder


def serve(questions: int, answers: int) -> None:
    """Read frames from one file descriptor and write frames to another, until the first one ends."""
    read, write = _reader(questions), _writer(answers)
    request = wire.read_frame(read)
    os.chdir(request["folder"])
    _limit(request["limits"])
    _refuse_workers()
    namespace, files = _load(request)
    _flush()
    write(wire.encode({"problems": files.problems, **_defined(namespace, request["names"])}))
    from .probes import ask

    while True:
        try:
            question = wire.read_frame(read)
        except EOFError:
            return
        answer = _answer(ask, namespace, question, files)
        _flush()
        write(answer)


def _answer(ask: Callable[..., Any], namespace: Mapping[str, Any], question: Any, files: Files) -> bytes:
    from .probes import Forbidden, Missing

    try:
        return wire.encode({"returned": ask(namespace, question)})
    except Missing as error:
        raised: dict[str, Any] = {"error": "Missing", "message": str(error), "where": ""}
    except Forbidden as error:
        raised = {"error": "Forbidden", "message": str(error), "where": files.where(error)}
    except wire.WireError as error:
        raised = {"error": "TooLarge", "message": str(error), "where": ""}
    except BaseException as error:  # noqa: BLE001 - foreign code raises what it likes, SystemExit included
        raised = {"error": type(error).__name__, "message": message(error), "where": files.where(error)}
        raised["kinds"] = tuple(kind.__name__ for kind in type(error).__mro__[:20])
        if isinstance(error, MemoryError) or "can't allocate memory" in raised["message"]:
            raised["error"] = "MemoryError"
    finally:
        gc.collect(0)
    return wire.encode({"raised": raised})


def _load(request: Mapping[str, Any]) -> tuple[dict[str, Any], Files]:
    told = [{**file, "cells": file["cells"].tobytes().decode().split("\0")} for file in request["files"]]
    files = Files(told, request["definitions_only"], request["skipped"], _write_place)
    return vars(files.load(told[request["main"]])), files


def _write_place(title: str, line: int) -> None:
    """Leave word of the statement that is about to run, for the case that it never ends."""
    with contextlib.suppress(OSError):
        Path(PLACE).write_text(f"{line} {title}", encoding="utf-8")


def _defined(namespace: Mapping[str, Any], wanted: Sequence[str]) -> dict[str, list[str]]:
    """The wanted names that are there, and the other functions and classes, for those that were misspelt."""
    others = [name for name, value in namespace.items() if callable(value) and not name.startswith("_")]
    return {"names": [name for name in wanted if name in namespace], "others": others[:300]}


def _flush() -> None:
    """Let what was printed go out now: the process may be killed at any time."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()


def _limit(limits: Mapping[str, Any]) -> None:
    """Bound the memory by address space: what the process has now, and the given bytes more."""
    try:
        import resource
    except ImportError:
        return
    sizes = Path("/proc/self/statm")
    if limits.get("memory") and sizes.exists():
        now = int(sizes.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (now + limits["memory"],) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refuse_workers() -> None:
    """A DataLoader with worker processes gets a sentence at once, instead of hanging or outliving the limits."""
    from torch.utils.data import dataloader

    def refuse(*_: Any) -> None:
        raise RuntimeError("use num_workers=0 here: the sandbox starts no other processes")

    dataloader._MultiProcessingDataLoaderIter = refuse  # type: ignore[assignment,misc]


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
    """Serve over stdin and stdout; what the student prints goes to stderr."""
    sys.path.remove(str(Path.cwd()))
    questions, answers = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    import torch

    torch.set_num_threads(1)
    serve(questions, answers)
    _flush()
    os._exit(0)


if __name__ == "__main__":
    main()
