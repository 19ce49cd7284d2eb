r"""Attaches to the judge and to its parent as a debugger does.

earns: global_avg_pool 0
verdicts: raised
says: loot: \[\]
tiers: full, landlock
"""
import ctypes
import os

PTRACE_SEIZE, PTRACE_DETACH = 0x4206, 17


def global_avg_pool(x):
    loot = []
    libc = ctypes.CDLL(None)
    for pid in @JUDGE@, os.getppid(), 1:
        if pid != os.getpid() and libc.ptrace(PTRACE_SEIZE, pid, None, None) == 0:
            loot.append(pid)
            libc.ptrace(PTRACE_DETACH, pid, None, None)
    raise ValueError(f"loot: {loot}")
