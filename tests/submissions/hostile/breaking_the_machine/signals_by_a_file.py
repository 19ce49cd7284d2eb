"""Lets a pipe send a signal to the judge when something can be read from it.

earns: linear_params 0
verdicts: raised
says: asked
tiers: full, landlock
"""
import fcntl
import os
import signal
import time

F_SETSIG = 10


def linear_params(in_features, out_features, bias=True):
    for pid in @JUDGE@, os.getppid(), -@JUDGE@:
        read, write = os.pipe()
        try:
            fcntl.fcntl(read, fcntl.F_SETOWN, pid)
            fcntl.fcntl(read, F_SETSIG, signal.SIGURG)
            fcntl.fcntl(read, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
            os.write(write, b"x")
        except OSError:
            pass
    time.sleep(0.05)
    raise ValueError("asked")
