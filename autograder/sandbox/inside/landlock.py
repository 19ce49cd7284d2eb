"""Landlock: restricts this process to certain files, without network and without access to other processes.

See landlock(7). The rules use everything that the kernel's version of Landlock offers.
"""

from __future__ import annotations

import contextlib
import os
import stat
import struct
from collections.abc import Sequence

from .kernel import LANDLOCK_ADD_RULE, LANDLOCK_CREATE_RULESET, LANDLOCK_RESTRICT_SELF, syscall

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG, MAKE_SYM = 1 << 4, 1 << 5, 1 << 7, 1 << 8, 1 << 12
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
ALL_FILES = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
TCP = 3  # bind and connect, from version 4
SCOPES = 3  # abstract sockets and signals, from version 6
RULE_PATH_BENEATH = 1
READ = READ_FILE | READ_DIR
WRITE = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | MAKE_SYM | REFER | TRUNCATE
FILE_RIGHTS = READ_FILE | WRITE_FILE | TRUNCATE | IOCTL_DEV | EXECUTE


def version() -> int:
    """The kernel's version of Landlock; `OSError` if Landlock is absent or disabled."""
    return syscall("landlock", LANDLOCK_CREATE_RULESET, None, 0, 1)


def restrict(
    readable: Sequence[str], writable: Sequence[str], devices: Sequence[str] = (), listable: Sequence[str] = ()
) -> None:
    """Allow only these paths from now on; ignore those that do not exist. Needs no_new_privs.

    In `listable` folders the process may read only the names of files.
    """
    newest = version()
    handled = ALL_FILES[min(newest, 5)]
    attributes = struct.pack("QQQ", handled, TCP if newest >= 4 else 0, SCOPES if newest >= 6 else 0)
    size = 8 if newest < 4 else 16 if newest < 6 else 24
    rules = syscall("landlock_create_ruleset", LANDLOCK_CREATE_RULESET, attributes[:size], size, 0)
    try:
        allowed = (
            (readable, READ),
            (writable, WRITE),
            (devices, READ_FILE | WRITE_FILE | IOCTL_DEV),
            (listable, READ_DIR),
        )
        for paths, rights in allowed:
            for path in paths:
                with contextlib.suppress(FileNotFoundError):
                    _allow(rules, path, rights & handled)
        syscall("landlock_restrict_self", LANDLOCK_RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)


def _allow(rules: int, path: str, rights: int) -> None:
    fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= FILE_RIGHTS
        if not rights:
            return
        rule = struct.pack("=Qi", rights, fd)
        syscall(f"landlock_add_rule {path}", LANDLOCK_ADD_RULE, rules, RULE_PATH_BENEATH, rule, 0)
    finally:
        os.close(fd)
