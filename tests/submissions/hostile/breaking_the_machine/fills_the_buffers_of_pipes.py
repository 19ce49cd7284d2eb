r"""Fills the buffers of pipes, which belong to the kernel and to no process.

earns: linear_params 0
verdicts: raised
says: filled \d+ MB
tiers: full, landlock
"""
import fcntl
import os

F_SETPIPE_SZ = 1031


def linear_params(in_features, out_features, bias=True):
    filled = 0
    try:
        for _ in range(120):
            _, write = os.pipe2(os.O_NONBLOCK)
            try:
                fcntl.fcntl(write, F_SETPIPE_SZ, 1 << 20)
            except OSError:
                pass
            try:
                while True:
                    filled += os.write(write, b"x" * 4096)
            except BlockingIOError:
                pass
    except OSError:
        pass
    raise ValueError(f"filled {filled >> 20} MB")
