r"""Opens the engine and the libraries for writing, to be kinder to all who come after.

earns: global_avg_pool 0
verdicts: raised
says: loot: \[\]
tiers: full, landlock
"""
import os
import sys

import numpy
import torch


def global_avg_pool(x):
    loot = []
    paths = ["@COURSE@/autograder/judge.py", "@COURSE@/autograder/sandbox/inside/wire.py", sys.executable, os.__file__]
    paths += [numpy.__file__, torch.__file__, os.path.join(os.path.dirname(torch.__file__), "lib", "libtorch_cpu.so")]
    for path in paths:
        try:
            os.close(os.open(path, os.O_WRONLY))
            loot.append(path)
        except OSError:
            pass
    for folder in {os.path.dirname(path) for path in paths} | set(filter(None, sys.path)):
        try:
            os.close(os.open(f"{folder}/@TOKEN@", os.O_WRONLY | os.O_CREAT))
            os.remove(f"{folder}/@TOKEN@")
            loot.append(folder)
        except OSError:
            pass
    raise ValueError(f"loot: {loot}")
