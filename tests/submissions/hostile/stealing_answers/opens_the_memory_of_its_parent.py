r"""Opens the memory of the zygote for writing, to live on in the children of other submissions.

earns: global_avg_pool 0
verdicts: raised
says: loot: \[\]
tiers: full, landlock
"""
import os


def global_avg_pool(x):
    loot = []
    for pid in os.getppid(), @JUDGE@, 1:
        try:
            if pid != os.getpid():
                os.close(os.open(f"/proc/{pid}/mem", os.O_RDWR))
                loot.append(pid)
        except OSError:
            pass
    raise ValueError(f"loot: {loot}")
