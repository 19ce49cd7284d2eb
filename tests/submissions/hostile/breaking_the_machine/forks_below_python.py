r"""Makes processes by the kernel's own numbers, past all that Python's library does.

earns: linear_params 0
verdicts: raised
says: made: \[\]
tiers: full, landlock
"""
import ctypes
import os
import platform
import struct

FORK, VFORK, CLONE, CLONE3 = 57, 58, 56, 435
SIGCHLD, CLONE_VM, CLONE_VFORK, CLONE_PARENT = 17, 0x100, 0x4000, 0x8000


def linear_params(in_features, out_features, bias=True):
    if platform.machine() != "x86_64":
        raise ValueError("made: []")  # these are the numbers of x86_64
    libc = ctypes.CDLL(None, use_errno=True)
    made = []
    arguments = ctypes.create_string_buffer(struct.pack("11Q", 0, 0, 0, 0, SIGCHLD, 0, 0, 0, 0, 0, 0))
    for name, call in {
        "fork": lambda: libc.syscall(FORK),
        "clone": lambda: libc.syscall(CLONE, SIGCHLD, 0, 0, 0, 0),
        "clone of the parent": lambda: libc.syscall(CLONE, SIGCHLD | CLONE_PARENT, 0, 0, 0, 0),
        "clone3": lambda: libc.syscall(CLONE3, arguments, 88),
    }.items():
        pid = call()
        if pid == 0:
            os._exit(0)
        if pid > 0:
            made.append(name)
    raise ValueError(f"made: {made}")
