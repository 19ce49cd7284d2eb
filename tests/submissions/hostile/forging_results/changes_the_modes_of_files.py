r"""Changes owner, mode, times and attributes of files that it may not open.

earns: global_avg_pool 0
verdicts: raised
says: loot: \[\]
tiers: full, landlock
"""
import os


def global_avg_pool(x):
    loot = []
    for path in "@NOTE@", "@HOME@/canary.txt", "@STUDENTS@", "@TEMP@/canary.txt":
        for change in (
            lambda: os.chmod(path, os.stat(path).st_mode & 0o7777),
            lambda: os.chown(path, os.stat(path).st_uid, -1),
            lambda: os.utime(path, (1, 1)),
            lambda: os.setxattr(path, b"user.note", b"1"),
            lambda: os.truncate(path, os.stat(path).st_size),
            lambda: os.rename(path, path),
        ):
            try:
                change()
                loot.append(path)
            except OSError:
                pass
    raise ValueError(f"loot: {loot}")
