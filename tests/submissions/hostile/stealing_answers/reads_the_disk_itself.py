r"""Reads the disk below the file system, through the devices that there are and devices of its own.

earns: global_avg_pool 0
verdicts: raised
says: loot: \[\]
tiers: full, landlock
"""
import os
import stat


def global_avg_pool(x):
    loot = []
    paths = ["/dev/mem", "/dev/kmsg", "/dev/kcore", "/dev/vda", "/dev/sda", "/dev/nvme0n1", "/proc/kcore"]
    for major, minor in (8, 0), (253, 0), (254, 0), (259, 0):
        try:
            os.mknod(f"disk-{major}", 0o600 | stat.S_IFBLK, os.makedev(major, minor))
            paths.append(f"disk-{major}")
            loot.append("mknod")
        except OSError:
            pass
    for path in paths:
        try:
            fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            loot.append((path, len(os.read(fd, 16))))
            os.close(fd)
        except OSError:
            pass
    raise ValueError(f"loot: {loot}")
