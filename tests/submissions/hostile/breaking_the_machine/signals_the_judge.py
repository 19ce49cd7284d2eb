r"""Sends a signal to the judge, to its parent and to everybody, by each of the calls that there are.

The signal is one that does no harm: it is enough that it arrives.

earns: linear_params 0
verdicts: raised
says: sent: \[\]
tiers: full, landlock
"""
import ctypes
import os
import signal

PIDFD_OPEN, PIDFD_SEND, TKILL, TGKILL, QUEUE = 434, 424, 200, 234, 129


def linear_params(in_features, out_features, bias=True):
    libc = ctypes.CDLL(None, use_errno=True)
    number = int(signal.SIGURG)
    sent = []
    for pid in {@JUDGE@, os.getppid()} - {0, 1, os.getpid()}:
        for name, call in {
            "kill": lambda: libc.kill(pid, number),
            "group": lambda: libc.killpg(pid, number),
            "tkill": lambda: libc.syscall(TKILL, pid, number),
            "tgkill": lambda: libc.syscall(TGKILL, pid, pid, number),
            "queue": lambda: libc.syscall(QUEUE, pid, number, ctypes.create_string_buffer(128)),
            "pidfd": lambda: libc.syscall(PIDFD_SEND, libc.syscall(PIDFD_OPEN, pid, 0), number, None, 0),
        }.items():
            if call() == 0:
                sent.append((name, pid))
    raise ValueError(f"sent: {sent}")
