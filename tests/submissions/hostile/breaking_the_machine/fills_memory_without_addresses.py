r"""Fills files that live in memory and are mapped nowhere.

earns: linear_params 0
verdicts: raised
says: made: \[\]
tiers: full, landlock
memory: 128
"""
import ctypes
import os
import tempfile


def linear_params(in_features, out_features, bias=True):
    made = []
    for way in (
        lambda: os.memfd_create("bomb"),
        lambda: os.open("/dev/shm", os.O_TMPFILE | os.O_RDWR),
        lambda: os.open("/dev/shm/@TOKEN@", os.O_CREAT | os.O_RDWR),
        lambda: os.open("/run/@TOKEN@", os.O_CREAT | os.O_RDWR),
    ):
        try:
            fd = way()
            for _ in range(30):
                os.write(fd, b"x" * (16 << 20))
            made.append(way.__code__.co_firstlineno)
            os.close(fd)
        except OSError:
            pass
    libc = ctypes.CDLL(None)
    if libc.shmget(0, 256 << 20, 0o1600) >= 0:
        made.append("shared memory")
    raise ValueError(f"made: {made}")
