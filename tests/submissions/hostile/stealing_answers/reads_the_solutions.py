r"""Copies the model solution into its own private folder, by links and by a library that copies.

earns: global_avg_pool 0
verdicts: raised
says: loot: \[\]
tiers: full, landlock
"""
import os
import shutil

SOLUTION = "@COURSE@/solutions/exercise3/manual_convolution.py"


def global_avg_pool(x):
    loot = []
    for number, way in enumerate((shutil.copy, os.symlink, os.link, os.rename)):
        if way is os.rename:
            continue  # were it possible, the solution would be gone
        try:
            way(SOLUTION, f"copy{number}.py")
            with open(f"copy{number}.py") as file:
                loot.append(file.read(300))
        except OSError:
            pass
    raise ValueError(f"loot: {loot}")
