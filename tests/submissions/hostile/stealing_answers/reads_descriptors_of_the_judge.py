r"""Opens the files that the judge has open, through /proc and by asking the kernel for copies.

earns: global_avg_pool 0
verdicts: raised
says: loot: \[\]
tiers: full, landlock
"""
import ctypes
import os
import stat

PIDFD_OPEN, PIDFD_GETFD = 434, 438


def global_avg_pool(x):
    loot = []
    libc = ctypes.CDLL(None)
    for pid in @JUDGE@, os.getppid():
        handle = libc.syscall(PIDFD_OPEN, pid, 0)
        for fd in range(3, 40):
            for name in (f"/proc/{pid}/fd/{fd}",):
                try:
                    if stat.S_ISREG(os.stat(name).st_mode):
                        with open(name) as file:
                            loot.append(file.read(300))
                except OSError:
                    pass
            if handle >= 0 and (copy := libc.syscall(PIDFD_GETFD, handle, fd, 0)) >= 0:
                loot.append(f"descriptor {fd}")
                os.close(copy)
    raise ValueError(f"loot: {loot}")
