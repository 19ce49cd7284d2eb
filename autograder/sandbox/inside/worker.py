"""The main loop of a child: it receives a student's files, then questions, and replies to each with plain data.

`python -m autograder.sandbox.inside.worker` serves over stdin and stdout, on systems without fork.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import marshal
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn, cast

from . import wire
from .answer import answer_frame
from .constants import FILE_BYTES
from .course import Word, words_in
from .editing import Edited, edits_as_data
from .frames import (
    CallReply,
    CallRequest,
    CompareRequest,
    CourseRequest,
    EditsRequest,
    Greeting,
    HangingRequest,
    LoadReply,
    LoadRequest,
    ProofRequest,
    PutRequest,
    QuestionFrame,
    RunningStatement,
    SwitchOffRequest,
)
from .hanging import hanging_at
from .load import Files
from .modules import load_modules

REFUSED = (errno.EPERM, errno.EACCES, errno.EROFS)
REFUSAL_NOTE = "the sandbox allows no other processes, no network, and no files but those in its own folder"
FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.ENOMEM)
MAX_OTHERS = 300  # names that a LoadReply lists


def serve(questions: int, answers: int, failures: Mapping[str, str]) -> None:
    """Read frames from one file descriptor and write replies to another, until the first one ends.

    The first frame goes out: the child is confined, except for the layers in `failures`. Then comes a request to load
    the course's probes, if it has any, and one to switch operators off, if there are any; then requests to load a file,
    and questions about the last file. A child for comparators of the course gets no file.
    """
    read, write = _reader(questions), _writer(answers)
    write(wire.encode(Greeting(failures=dict(failures))))
    request = wire.read_frame(read)
    if "prove" in request:
        from .proof import attempts

        write(wire.encode(attempts(cast(ProofRequest, request)["prove"])))
        return
    refuse_workers()
    from .probes import ask
    from .stand_in import put_stand_ins
    from .switched_off import switch_off

    def report_statement(title: str, line: int) -> None:
        write(wire.encode(RunningStatement(at=(title, line))))

    def ask_judge(call: CallRequest) -> CallReply:
        write(wire.encode(call))
        reply: CallReply = wire.read_frame(read)
        return reply

    namespace: dict[str, Any] = {}
    edited = Edited()
    files: Files | None = None
    modules: dict[str, ModuleType] = {}
    words: Mapping[str, Word] = {}
    while True:
        if "course" in request:
            reply = answer_frame(partial(_load_course, modules, cast(CourseRequest, request)))
            words = words_in(modules)
        elif "switch_off" in request:
            reply = answer_frame(partial(switch_off, cast(SwitchOffRequest, request)["switch_off"]))
        elif "compare" in request:
            reply = answer_frame(partial(_compare, modules, cast(CompareRequest, request)))
        elif "files" in request:
            load: LoadRequest = request
            files = files or Files(load["files"], report_statement)
            namespace = vars(files.load(load["main"], load["definitions_only"], load["skipped"]))
            if load["stand_ins"]:
                put_stand_ins([*map(vars, files.modules)], load["stand_ins"], ask_judge)
            reply = wire.encode(_load_reply(files, namespace, load["names"]))
        elif "edits_of" in request:
            source = cast(EditsRequest, request)["edits_of"].tobytes()
            reply = answer_frame(partial(edits_as_data, source))
        elif "put" in request:
            reply = answer_frame(partial(edited.put, namespace, cast(PutRequest, request)["put"].tobytes()))
        elif "hanging" in request:
            assert files is not None
            slow = partial(ask, namespace, cast(HangingRequest, request)["hanging"], words)
            reply = answer_frame(partial(hanging_at, slow, files.titles))
        else:
            assert files is not None
            question: QuestionFrame = request
            reply = _answer(partial(ask, namespace, question, words), files)
        _flush()
        write(reply)
        try:
            request = wire.read_frame(read)
        except EOFError:
            return


def _load_course(modules: dict[str, ModuleType], request: CourseRequest) -> bool:
    modules.update(load_modules({name: marshal.loads(code.tobytes()) for name, code in request["course"].items()}))
    return True


def _compare(modules: Mapping[str, ModuleType], request: CompareRequest) -> Any:
    """What a comparator or measure of the course says; the function is looked for by its name in every module."""
    name = request["compare"]
    module = next(one for one in modules.values() if name in vars(one))
    return getattr(module, name).judge(*request["args"], **request["parameters"])


def _answer(ask: Callable[[], Any], files: Files) -> bytes:
    try:
        return answer_frame(ask, files.where, _exceeded_limit, lambda error: _refusal_note(error) + files.reason(error))
    finally:
        gc.collect(0)


def _refusal_note(error: BaseException) -> str:
    """Explain an error of the kernel that the sandbox has caused."""
    return f" ({REFUSAL_NOTE})" if isinstance(error, OSError) and error.errno in REFUSED else ""


def _exceeded_limit(error: BaseException, text: str) -> str:
    """Guess the limit of the sandbox that caused an error. It changes the words of the feedback, never the points."""
    if isinstance(error, MemoryError) or "can't allocate memory" in text or "std::bad_alloc" in text:
        return "memory"
    if isinstance(error, OSError) and error.errno in FULL:
        return "memory" if error.errno == errno.ENOMEM else "files"
    return "threads" if isinstance(error, RuntimeError) and text.startswith("can't start new thread") else ""


def _load_reply(files: Files, namespace: Mapping[str, Any], names: Sequence[str]) -> LoadReply:
    others = [name for name, value in namespace.items() if callable(value) and not name.startswith("_")]
    defined = [name for name in names if name in namespace]
    return {"problems": files.problems, "names": defined, "others": others[:MAX_OTHERS]}


def _flush() -> None:
    """Write out what was printed, since the process may be killed at any time."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()


def _set_limits(memory: int) -> None:
    """Limit a file, and the address space to its present size plus `memory` bytes, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    statm = Path("/proc/self/statm")
    if statm.exists():
        now = int(statm.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (now + memory,) * 2)


def refuse_workers() -> None:
    """Let a DataLoader with worker processes raise an error at once; it would hang, or outlive the limits."""
    from torch.utils.data import dataloader

    def refuse(*_: Any) -> NoReturn:
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
        unsent = memoryview(data)
        while unsent:
            unsent = unsent[os.write(fd, unsent) :]

    return write


def main() -> None:
    """Serve over stdin and stdout; student code prints to stderr. The argument is the memory limit in bytes."""
    sys.path.remove(str(Path.cwd()))
    questions, answers = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    import torch

    from .eager import run_uncompiled

    run_uncompiled()
    torch.set_num_threads(1)
    _set_limits(int(sys.argv[1]))
    serve(questions, answers, {})
    _flush()
    os._exit(0)


if __name__ == "__main__":
    main()
