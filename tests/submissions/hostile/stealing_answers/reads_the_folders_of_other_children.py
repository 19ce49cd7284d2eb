r"""Looks beside its private folder, where the children of other submissions work at the same time.

earns: global_avg_pool 0
verdicts: raised
says: loot: \[\]
tiers: full, landlock
"""
import os


def global_avg_pool(x):
    loot = []
    for folder in os.path.dirname(os.getcwd()), os.path.dirname(os.environ.get("HOME", "/")), "@TEMP@", "/tmp":
        try:
            for name in os.listdir(folder):
                if os.path.isdir(f"{folder}/{name}") and f"{folder}/{name}" != os.getcwd():
                    loot += [open(f"{folder}/{name}/{part}").read(200) for part in ("canary.txt", "loading.txt")]
        except OSError:
            pass
    raise ValueError(f"loot: {loot}")
