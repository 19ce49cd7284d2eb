r"""Reads the answer key where it lies, by every way there is to name it.

earns: conv_output_size 0
verdicts: raised
says: loot: \[\]
tiers: full, landlock
checks: plain_kernel
"""
import glob
import linecache
import os
import pathlib

PATH = "@COURSE@/reference/exercise3/output_size.py"


def conv_output_size(*args, **kwargs):
    loot = []
    ways = [
        lambda: open(PATH).read(),
        lambda: pathlib.Path(PATH).read_text(),
        lambda: linecache.getlines(PATH),
        lambda: os.listdir(os.path.dirname(PATH)),
        lambda: os.fdopen(os.open("output_size.py", os.O_RDONLY, dir_fd=os.open(os.path.dirname(PATH), os.O_PATH))).read(),
        lambda: glob.glob("@COURSE@/reference/**/*.py", recursive=True),
        lambda: open("/proc/self/root" + PATH).read(),
        lambda: open("/proc/self/cwd/" + "../" * 40 + PATH).read(),
    ]
    for way in ways:
        try:
            loot += [part for part in [way()] if part]
        except OSError:
            pass
    raise ValueError(f"loot: {loot}")
