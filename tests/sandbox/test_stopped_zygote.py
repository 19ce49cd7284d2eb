"""No wait of the judge is without an end: a zygote that was stopped or killed is replaced, and nobody holds a grade."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from autograder.model import Answer, Question, Returned, SourceFile, Submission
from autograder.sandbox import launch
from autograder.sandbox.launch import SandboxError
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.session import Session
from autograder.sandbox.shared_child import SharedChild

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="zygotes are forked on Linux")

FILE = SourceFile("work.py", ("def one():\n    return 1\n",))
LEAVES = '''
import os, time

def leaves():
    """Starts a process that outlives it, and holds its pipes."""
    read, write = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.write(write, str(os.getpid()).encode())
            time.sleep(600)
        os._exit(0)
    return int(os.read(read, 20))
'''


@pytest.fixture(params=[(), ("namespaces", "landlock", "seccomp")], ids=["full", "process"])
def own(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A sandbox that nobody else uses, with short waits."""
    monkeypatch.setattr(launch, "LEASH_SECONDS", 1.0)
    with Sandbox(leave_out=request.param) as sandbox:
        assert answer(sandbox) == Returned(1)
        yield sandbox


def answer(sandbox: Sandbox, file: SourceFile = FILE, name: str = "one") -> Answer:
    work = Submission("student", (file,))
    with SharedChild(sandbox, work) as room, Session(room, file, [name]) as session:
        return session.ask(Question("call", name), 5.0)


def zygote_of(sandbox: Sandbox) -> int:
    """The process id of the zygote; that of the first process of its namespace if it has one."""
    pid = sandbox._zygotes[False]._process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else pid


def test_stopped_zygote_is_replaced(own: Sandbox) -> None:
    os.kill(zygote_of(own), signal.SIGSTOP)
    with pytest.raises(SandboxError):
        answer(own)
    assert answer(own) == Returned(1)


def test_killed_zygote_is_replaced(own: Sandbox) -> None:
    os.kill(zygote_of(own), signal.SIGKILL)
    with suppress(SandboxError):  # its death may be noticed first
        answer(own)
    assert answer(own) == Returned(1)


def test_process_that_outlives_a_spawned_child_holds_no_grade() -> None:
    with Sandbox(fork=False) as sandbox:
        found = answer(sandbox, SourceFile("work.py", (LEAVES,)), "leaves")
        assert isinstance(found, Returned)
        assert isinstance(found.value, int)
        os.kill(found.value, signal.SIGKILL)  # it is still there, and its pipes were open until now


def test_killed_zygote_takes_no_folder_with_it(own: Sandbox) -> None:
    """A zygote that was killed once removed the folder of all children, and no child could start any more."""
    process = own._zygotes[False]._process
    os.kill(zygote_of(own), signal.SIGKILL)
    process.wait(10)
    assert Path(own._home).is_dir()


@pytest.mark.parametrize("left_out", [(), ("namespaces", "landlock", "seccomp")], ids=["full", "process"])
def test_killed_judge_leaves_no_folder(left_out: tuple[str, ...]) -> None:
    text = (
        "import os, signal\n"
        "from autograder.sandbox.sandbox import Sandbox\n"
        f"sandbox = Sandbox(leave_out={left_out!r})\n"
        "sandbox.proof()\n"
        "print(sandbox._home, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, timeout=60)
    home = Path(done.stdout.strip())
    deadline = time.monotonic() + 20
    while home.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert home.name.startswith("torchgrade-")
    assert not home.exists()
