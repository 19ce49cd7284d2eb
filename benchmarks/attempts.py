"""Attack the sandbox from inside, tier by tier, and count what succeeds: the table in SECURITY.md.

    python benchmarks/attempts.py [--verbose]

A submission makes every attempt below with the knowledge of an insider: it knows the paths of the exam, of the
reference and of a secret, and the number of the judge's process. An attempt succeeds if it ends without an error and,
where it reads, finds something. Attempts on points and on expected answers are in tests/submissions/hostile/.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from autograder.model import Question, SourceFile, Submission
from autograder.sandbox import Sandbox, Session, SharedChild
from tests.support.course import ROOT
from tests.support.hostile.corpus import TIERS
from tests.support.hostile.sandboxes import LEFT_OUT

ATTACK = r'''
import ctypes, fcntl, glob, json, mmap, os, resource, select, shutil, signal, socket, struct, subprocess, sys, tempfile
import threading

libc = ctypes.CDLL(None, use_errno=True)

def call(number, *args):
    """A system call by its number (x86_64); raises OSError."""
    libc.syscall.restype = ctypes.c_long
    found = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in args])
    if found == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return found

def read(path):
    with open(path, "rb") as file:
        if not file.read(64):
            raise OSError("empty")

def listed(path):
    if not os.listdir(path):
        raise OSError("empty")

def write(path):
    with open(path, "ab") as file:
        file.write(b"x")
    os.unlink(path)

def append(path):
    with open(path, "r+b"):
        pass

def refused(status):
    if status:
        raise OSError(status)

def run(*command):
    subprocess.run(command, check=True, capture_output=True, timeout=10)

def connect(family, address):
    with socket.socket(family) as one:
        one.settimeout(2)
        one.connect(address)

def fork():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)

def link(make):
    make(SECRET, "link")
    try:
        read("link")
    finally:
        os.unlink("link")

def vm_read(pid):
    local, buffer = ctypes.create_string_buffer(8), None
    one = struct.pack("QQ", ctypes.addressof(local), 8)
    other = struct.pack("QQ", int(open(f"/proc/{pid}/maps").readline().split("-")[0], 16), 8)
    call(310, pid, one, 1, other, 1, 0)

def other_processes():
    own = {os.getpid(), os.getppid()}
    if not [name for name in os.listdir("/proc") if name.isdigit() and int(name) not in own]:
        raise OSError("none")

def scan_memory(word):
    """Look for a text of the judge in all memory of this process."""
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb") as memory:
        for line in maps:
            span, mode = line.split()[:2]
            if "r" in mode and "[v" not in line:
                low, high = (int(part, 16) for part in span.split("-"))
                try:
                    memory.seek(low)
                    if word in memory.read(high - low):
                        return
                except (OSError, ValueError, OverflowError):
                    continue
    raise OSError("not there")

def raise_limit(kind):
    soft, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY:
        return
    resource.setrlimit(kind, (hard + 1, hard + 1))

def old_children():
    """Files of other submissions beside the own folder."""
    own = os.getcwd()
    if not [name for name in os.listdir(os.path.dirname(own)) if os.path.join(os.path.dirname(own), name) != own]:
        raise OSError("none")

def inherited():
    """More than stdin, stdout, stderr, the questions and the answers."""
    found = 0
    for fd in range(1024):
        try:
            os.fstat(fd)
            found += 1
        except OSError:
            pass
    if found <= 5:
        raise OSError("none")

ATTEMPTS = {
    "read": {
        "the secret": lambda: read(SECRET),
        "the exam": lambda: read(EXAM),
        "the reference": lambda: read(REFERENCE),
        "/etc/passwd": lambda: read("/etc/passwd"),
        "/etc/shadow": lambda: read("/etc/shadow"),
        "the home folder": lambda: listed(HOME),
        "/tmp": lambda: listed("/tmp"),
        "the root": lambda: listed("/"),
        "other submissions": old_children,
        "the engine": lambda: read(ENGINE),
        "environ of the judge": lambda: read(f"/proc/{JUDGE}/environ"),
        "memory of the judge": lambda: read(f"/proc/{JUDGE}/mem"),
        "maps of the judge": lambda: read(f"/proc/{JUDGE}/maps"),
        "root of the judge": lambda: listed(f"/proc/{JUDGE}/root"),
        "descriptors of the judge": lambda: listed(f"/proc/{JUDGE}/fd"),
        "process_vm_readv": lambda: vm_read(JUDGE),
        "pidfd_getfd": lambda: call(438, call(434, JUDGE, 0), 3, 0),
        "names of other processes": other_processes,
        "a symbolic link": lambda: link(os.symlink),
        "a hard link": lambda: link(os.link),
        "open_by_handle_at": lambda: call(304, -100, b"\x08\0\0\0\x01\0\0\0" + bytes(8), 0),
        "/proc/self/root": lambda: read("/proc/self/root" + SECRET),
        "dot dots": lambda: read("../" * 30 + SECRET),
        "the disk": lambda: [read(path) for path in glob.glob("/dev/[svn][dv][am]*")] or read("/dev/mem"),
        "kernel log": lambda: call(103, 3, ctypes.create_string_buffer(99), 99) or refused(1),
        "/sys": lambda: listed("/sys/class"),
        "mounts": lambda: read("/proc/self/mountinfo"),
        "inherited descriptors": inherited,
        "secret in own memory": lambda: scan_memory(b"".join([b"canary-for-", b"attempts"])),
        "reading by sendfile": lambda: os.sendfile(1, os.open(SECRET, os.O_RDONLY), 0, 1),
        "reading by io_uring": lambda: call(425, 4, ctypes.create_string_buffer(240)),
        "reading by a shell": lambda: run("/bin/sh", "-c", f"cat {SECRET}"),
        "name_to_handle_at": lambda: call(303, -100, SECRET.encode(), ctypes.create_string_buffer(200), bytes(8), 0),
    },
    "write": {
        "beside the secret": lambda: write(SECRET + ".new"),
        "the secret": lambda: append(SECRET),
        "the exam": lambda: append(EXAM),
        "the engine": lambda: append(ENGINE),
        "torch's library": lambda: append(sys.modules["torch"].__file__),
        "Python's library": lambda: write(os.path.dirname(os.__file__) + "/attempt.py"),
        "/tmp": lambda: write("/tmp/attempt"),
        "/dev/shm": lambda: write("/dev/shm/attempt"),
        "/var/tmp": lambda: write("/var/tmp/attempt"),
        "the home folder": lambda: write(HOME + "/attempt"),
        "rename out": lambda: (open("x", "w").close(), os.rename("x", "/tmp/attempt"), os.unlink("/tmp/attempt")),
        "chmod of the secret": lambda: os.chmod(SECRET, 0o666),
        "truncate": lambda: os.truncate(SECRET, os.stat(SECRET).st_size),
        "mknod": lambda: os.mknod("device", 0o60600, os.makedev(8, 0)),
        "mount": lambda: refused(libc.mount(b"none", b".", b"tmpfs", 0, None)),
        "pivot": lambda: os.chroot("/"),
        "set-user-id file": lambda: (open("s", "w").close(), os.chmod("s", 0o4755), run("./s")),
        "200 MB": lambda: [open(f"f{i}", "wb").write(bytes(50 << 20)) for i in range(4)],
        "100 MB in one file": lambda: open("large", "wb").write(bytes(100 << 20)),
        "a quota of inodes": lambda: [open(f"n{i}", "w").close() for i in range(3000)],
        "core dump": lambda: raise_limit(resource.RLIMIT_CORE),
        "keyring": lambda: call(248, b"user", b"x", b"y", 1, -3),
        "shared memory": lambda: call(29, 4711, 4096, 0o1666),
        "message queue": lambda: call(68, 4711, 0o1666),
        "memfd": lambda: os.memfd_create("x"),
    },
    "signal": {
        "the judge": lambda: os.kill(JUDGE, 0),
        "its parent": lambda: os.kill(os.getppid() or JUDGE, 0),
        "its group": lambda: os.killpg(os.getpgid(JUDGE), 0),
        "tgkill": lambda: call(234, JUDGE, JUDGE, 0),
        "tkill": lambda: call(200, JUDGE, 0),
        "pidfd_send_signal": lambda: call(424, call(434, JUDGE, 0), 0, 0, 0),
        "rt_sigqueueinfo": lambda: call(129, JUDGE, 0, bytes(128)),
        "F_SETOWN": lambda: fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, JUDGE),
        "FIOSETOWN": lambda: fcntl.ioctl(os.pipe()[0], 0x8901, struct.pack("i", JUDGE)),
        "F_SETSIG": lambda: fcntl.fcntl(os.pipe()[0], 10, signal.SIGURG),
        "O_ASYNC": lambda: fcntl.fcntl(os.pipe()[1], fcntl.F_SETFL, os.O_WRONLY | os.O_ASYNC),
        "F_NOTIFY": lambda: fcntl.fcntl(os.open(".", os.O_RDONLY), fcntl.F_NOTIFY, fcntl.DN_CREATE),
        "ptrace seize": lambda: refused(libc.ptrace(0x4206, JUDGE, None, None)),
        "ptrace attach": lambda: refused(libc.ptrace(16, os.getppid() or JUDGE, None, None)),
        "priority of the judge": lambda: os.setpriority(os.PRIO_PROCESS, JUDGE, 19),
        "processor of the judge": lambda: os.sched_setaffinity(JUDGE, {0}),
        "limits of the judge": lambda: resource.prlimit(JUDGE, resource.RLIMIT_NOFILE),
        "timer for another": lambda: call(222, 0, struct.pack("QiiQ", 0, 10, 4, JUDGE), ctypes.create_string_buffer(8)),
        "fork": fork,
        "vfork": lambda: os.posix_spawn(sys.executable, ["python", "-c", ""], {}),
        "a shell": lambda: run("/bin/sh", "-c", "true"),
        "another Python": lambda: run(sys.executable, "-S", "-c", "pass"),
        "execveat": lambda: call(322, -100, b"/bin/true", None, None, 0x1000) if fork() else run("/bin/true"),
        "clone3": lambda: call(435, bytes(88), 88),
        "setuid 0": lambda: os.setuid(0) if os.getuid() else os.chown(".", 1, 1),
        "user namespace": lambda: refused(libc.unshare(0x10000000)),
        "network namespace": lambda: refused(libc.unshare(0x40000000)),
        "bpf": lambda: call(321, 0, bytes(64), 64),
        "perf_event_open": lambda: call(298, struct.pack("IIQ", 0, 128, 0) + bytes(112), 0, -1, -1, 0),
        "userfaultfd": lambda: call(323, 0),
        "kernel module": lambda: call(175, b"x", 1, b""),
        "reboot": lambda: call(169, 0xFEE1DEAD, 672274793, 0),
        "clock": lambda: call(227, 0, struct.pack("qq", 1, 0)) if os.getuid() else refused(1),
        "more processor": lambda: raise_limit(resource.RLIMIT_CPU),
        "more open files": lambda: raise_limit(resource.RLIMIT_NOFILE),
        "larger files": lambda: raise_limit(resource.RLIMIT_FSIZE),
        "500 threads": lambda: [threading.Thread(target=threading.Event().wait, args=(1,), daemon=True).start()
                                for _ in range(500)],
    },
    "connect": {
        "TCP of the judge": lambda: connect(socket.AF_INET, ("127.0.0.1", PORT)),
        "TCP outside": lambda: connect(socket.AF_INET, ("1.1.1.1", 53)),
        "TCP over IPv6": lambda: connect(socket.AF_INET6, ("::1", PORT)),
        "a UDP socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", PORT)),
        "a server": lambda: socket.create_server(("127.0.0.1", 0)),
        "a Unix socket": lambda: connect(socket.AF_UNIX, SOCKET),
        "an abstract socket": lambda: connect(socket.AF_UNIX, "\0" + SOCKET[1:]),
        "a raw socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1),
        "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0),
        "a packet socket": lambda: socket.socket(17, socket.SOCK_RAW),
        "vsock": lambda: socket.socket(40, socket.SOCK_STREAM),
        "a socket pair": lambda: socket.socketpair(),
        "name service": lambda: socket.getaddrinfo("example.org", 80),
        "a shell's /dev/tcp": lambda: run("bash", "-c", f"echo > /dev/tcp/127.0.0.1/{PORT}"),
        "io_uring": lambda: call(425, 4, ctypes.create_string_buffer(240)),
        "a named pipe of others": lambda: os.open(PIPE, os.O_RDWR | os.O_NONBLOCK),
    },
}

def attack(kind, name):
    try:
        ATTEMPTS[kind][name]()
    except BaseException as error:
        return f"{type(error).__name__}: {error}"[:200] or "error"
    return ""

def names(kind):
    return list(ATTEMPTS[kind])
'''
KINDS = ("read", "write", "signal", "connect")


def attempts(tier: str, texts: dict[str, object]) -> dict[str, dict[str, str]]:
    """Make every attempt in a sandbox of a tier, each in a process of its own; kind -> attempt -> error, "" if none."""
    head = "".join(f"{name} = {value!r}\n" for name, value in texts.items())
    file = SourceFile("work.py", (head + ATTACK,))
    found: dict[str, dict[str, str]] = {}
    with Sandbox(leave_out=LEFT_OUT[tier]) as sandbox:
        if sandbox.isolation.tier != tier:
            return {}
        work = Submission("student", (file,))
        listed = {kind: _ask(sandbox, work, "names", kind) for kind in KINDS}
        for kind, names in listed.items():
            found[kind] = {name: str(_ask(sandbox, work, "attack", kind, name)) for name in names}
    return found


def _ask(sandbox: Sandbox, work: Submission, name: str, *args: str) -> list[str] | str:
    with SharedChild(sandbox, work) as room, Session(room, work.files[0], ["attack", "names"]) as session:
        answer = session.ask(Question("call", name, args), 20.0)
    value = getattr(answer, "value", None)
    return value if isinstance(value, (list, str)) else f"ended: {answer}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Attack the sandbox from inside.")
    parser.add_argument("--verbose", action="store_true", help="print every attempt that succeeds, and why others fail")
    verbose = parser.parse_args().verbose
    with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as server:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "secret").write_text("canary-for-attempts")
        (folder / "exam").write_text("exam")
        os.mkfifo(folder / "pipe")
        unix = socket.socket(socket.AF_UNIX)
        unix.bind(str(folder / "socket"))
        unix.listen()
        texts: dict[str, object] = {
            **{"SECRET": str(folder / "secret"), "EXAM": str(folder / "exam"), "PIPE": str(folder / "pipe")},
            **{"REFERENCE": str(ROOT / "reference/exercise3/__init__.py"), "HOME": str(Path.home())},
            **{"ENGINE": str(ROOT / "autograder/judge/compare.py"), "SOCKET": str(folder / "socket")},
            **{"PORT": server.getsockname()[1], "JUDGE": os.getpid()},
        }
        print(f"{platform.system()} {platform.release()}, {time.strftime('%Y-%m-%d')}")
        for tier in TIERS:
            found = attempts(tier, texts)
            for kind, results in found.items():
                succeeded = sorted(one for one, error in results.items() if not error)
                print(
                    f"{tier:9} {kind:8} {len(results):3} attempts, {len(succeeded):3} succeed: {', '.join(succeeded)}"
                )
                if verbose:
                    print(json.dumps(results, indent=1))
        unix.close()


if __name__ == "__main__":
    main()
