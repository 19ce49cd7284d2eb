r"""Decides on which processors the judge may run.

earns: linear_params 0
verdicts: raised
says: pinned: \[\]
tiers: full, landlock
"""
import os


def linear_params(in_features, out_features, bias=True):
    pinned = []
    for pid in @JUDGE@, os.getppid():
        try:
            if pid not in (0, os.getpid()):
                os.sched_setaffinity(pid, os.sched_getaffinity(pid))
                pinned.append(pid)
        except OSError:
            pass
    raise ValueError(f"pinned: {pinned}")
