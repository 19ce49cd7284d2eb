"""Runs a command in which every mount fails, as in Colab: `python without_mounts.py COMMAND...`."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys

from autograder.sandbox.inside.kernel import PR_SET_NO_NEW_PRIVS, machine, prctl, syscall
from autograder.sandbox.inside.seccomp import ALLOW, EQUAL, ERRNO, LOAD, NR, RETURN

MOUNT, FSOPEN, FSMOUNT, MOVE_MOUNT = (165, 40), (430, 430), (432, 432), (429, 429)


def refuse_mounts() -> None:
    column = machine()
    assert column is not None
    calls = [numbers[column] for numbers in (MOUNT, FSOPEN, FSMOUNT, MOVE_MOUNT)]
    refused = [part for call in calls for part in ((EQUAL, 0, 1, call), (RETURN, 0, 0, ERRNO | errno.EPERM))]
    program = [(LOAD, 0, 0, NR), *refused, (RETURN, 0, 0, ALLOW)]
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in program)
    instructions = ctypes.create_string_buffer(code)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    filter_program = struct.pack("HxxxxxxQ", len(program), ctypes.addressof(instructions))
    syscall("seccomp", (317, 277)[column], 1, 0, filter_program)


if __name__ == "__main__":
    refuse_mounts()
    os.execvp(sys.argv[1], sys.argv[1:])
