"""Linux system calls that Python's library lacks; each raises `OSError` with the name of the call."""

from __future__ import annotations

import ctypes
import os
import platform
import struct

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 4096, 16384, 1 << 18
MNT_DETACH = 2
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV = 1, 2, 4
AT_FDCWD, AT_RECURSIVE = -100, 0x8000
PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 24, 38
PR_SET_CHILD_SUBREAPER, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 36, 47, 4
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF, MOUNT_SETATTR = 444, 445, 446, 442
CAPABILITY_VERSION_3 = 0x20080522
MACHINES = {"x86_64": 0, "aarch64": 1}  # column in tables of system call numbers

_libc = ctypes.CDLL(None, use_errno=True)


def machine() -> int | None:
    """This machine's column in tables of system call numbers; None for other machines and for 32-bit code."""
    return MACHINES.get(platform.machine()) if struct.calcsize("P") == 8 else None


def syscall(name: str, number: int, *args: int | bytes | ctypes.Array | None) -> int:
    """Make a system call by its number. The numbers that this package uses are equal on x86_64 and aarch64."""
    ctypes.set_errno(0)
    result = _libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in args))
    return _checked(name, result)


def unshare(flags: int) -> None:
    """Move this process into new namespaces; for CLONE_NEWPID, its next child."""
    _checked("unshare", _libc.unshare(flags))


def setns(fd: int, flags: int) -> None:
    """Join the namespace of an open file in /proc/PID/ns."""
    _checked("setns", _libc.setns(fd, flags))


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """See mount(2)."""
    words = [os.fsencode(word) or None for word in (source, target, kind)]
    _checked(f"mount {target}", _libc.mount(*words, ctypes.c_ulong(flags), os.fsencode(options) or None))


def bind(source: str, target: str) -> None:
    """Mount `source` at `target` too, with every mount below it."""
    mount(source, target, flags=MS_BIND | MS_REC)


def make_read_only(target: str, devices: bool = False) -> None:
    """Make a mount and all mounts below it read-only, nosuid and, unless `devices`, nodev."""
    flags = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | (0 if devices else MOUNT_ATTR_NODEV)
    attributes = struct.pack("QQQQ", flags, 0, 0, 0)
    path, size = os.fsencode(target), len(attributes)
    syscall(f"mount_setattr {target}", MOUNT_SETATTR, AT_FDCWD, path, AT_RECURSIVE, attributes, size)


def pivot_root(root: str) -> None:
    """Make the mount at `root` the root of this mount namespace, and unmount the old root."""
    os.chdir(root)
    _checked("pivot_root", _libc.syscall(ctypes.c_long((155, 41)[machine() or 0]), b".", b"."))
    _checked("umount", _libc.umount2(b".", MNT_DETACH))  # the old root, which now covers the new one
    os.chdir("/")


def prctl(option: int, value: int = 0) -> None:
    """See prctl(2)."""
    _checked("prctl", _libc.prctl(option, *map(ctypes.c_ulong, (value, 0, 0, 0))))


def empty_bounding_set() -> None:
    """Let no program that this process starts gain a capability; do nothing where that is not permitted."""
    for capability in range(64):
        if _libc.prctl(PR_CAPBSET_DROP, *map(ctypes.c_ulong, (capability, 0, 0, 0))) != 0:
            break


def drop_capabilities() -> None:
    """Drop every capability; the process cannot regain them."""
    _libc.prctl(PR_CAP_AMBIENT, *map(ctypes.c_ulong, (PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)))
    header = struct.pack("Ii", CAPABILITY_VERSION_3, 0)
    _checked("capset", _libc.capset(header, struct.pack("6I", *[0] * 6)))


def sethostname(name: str) -> None:
    """Set the host name of this UTS namespace."""
    _checked("sethostname", _libc.sethostname(name.encode(), len(name)))


def _checked(name: str, result: int) -> int:
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result
