"""The system call filter: threads but no processes, no sockets, and nothing that affects other processes.

A refused call fails with EPERM, so student code gets an ordinary PermissionError. clone3 fails with ENOSYS: the C
library then uses clone, whose flags a filter can read.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterable, Sequence

from .kernel import MACHINES, machine, syscall

# Numbers on x86_64 and aarch64, as in the kernel's unistd headers; None where a machine lacks the call.
REFUSED: dict[str, tuple[int | None, int | None]] = {
    # processes
    **{"fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281)},
    **{"ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272)},
    **{
        "kill": (62, 129),
        "tkill": (200, 130),
        "pidfd_open": (434, 434),
        "pidfd_send_signal": (424, 424),
        "pidfd_getfd": (438, 438),
    },
    "timer_create": (222, 107),  # its target, which a filter cannot read, may be another thread
    **{"process_madvise": (440, 440), "process_mrelease": (448, 448), "move_pages": (279, 239)},
    **{"migrate_pages": (256, 238), "setpriority": (141, 140), "ioprio_set": (251, 30)},
    **{"sched_setscheduler": (144, 119), "sched_setparam": (142, 118), "sched_setattr": (314, 274)},
    # the network, and memory and queues that processes share
    **{"socket": (41, 198), "socketpair": (53, 199), "memfd_create": (319, 279), "memfd_secret": (447, 447)},
    **{"shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "msgget": (68, 186), "semget": (64, 190)},
    **{"mq_open": (240, 180), "mq_unlink": (241, 181), "keyctl": (250, 219), "add_key": (248, 217)},
    **{"request_key": (249, 218), "inotify_init": (253, None), "inotify_init1": (294, 26), "fanotify_init": (300, 262)},
    # the kernel
    **{"bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425)},
    **{"io_uring_enter": (426, 426), "io_uring_register": (427, 427), "init_module": (175, 105)},
    **{"finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104), "reboot": (169, 142)},
    **{"kexec_file_load": (320, 294), "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89)},
    **{"syslog": (103, 116), "quotactl": (179, 60), "settimeofday": (164, 170), "clock_settime": (227, 112)},
    **{"clock_adjtime": (305, 266), "adjtimex": (159, 171), "lookup_dcookie": (212, 18), "vhangup": (153, 58)},
    **{"ioperm": (173, None), "iopl": (172, None), "modify_ldt": (154, None), "uselib": (134, None)},
    **{"personality": (135, 92), "sethostname": (170, 161), "setdomainname": (171, 162)},
    # owners, modes and times of files, which Landlock does not cover
    **{"chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "chown": (92, None), "fchown": (93, 55)},
    **{"lchown": (94, None), "fchownat": (260, 54), "utime": (132, None), "utimes": (235, None)},
    **{"futimesat": (261, None), "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6)},
    **{"fsetxattr": (190, 7), "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16)},
    # locks on files that all sandboxes share, and more filters
    **{"flock": (73, 32), "seccomp": (317, 277)},
    # namespaces and mounts
    **{"mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51)},
    **{"unshare": (272, 97), "setns": (308, 268), "open_by_handle_at": (304, 265), "mknod": (133, None)},
    **{"name_to_handle_at": (303, 264), "mknodat": (259, 33)},
}
ABSENT = {"clone3": (435, 435)}
CLONE, TGKILL, PRLIMIT, SETAFFINITY = (56, 220), (234, 131), (302, 261), (203, 122)
QUEUES = (129, 138), (297, 240)  # rt_sigqueueinfo, rt_tgsigqueueinfo
FCNTL, IOCTL = (72, 25), (16, 29)
# fcntl: F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY let a file send signals or hold up other programs
FILE_COMMANDS = 8, 10, 15, 1024, 1026
F_SETFL, O_ASYNC = 4, 0x2000
# ioctl: TIOCSTI, TIOCSPGRP, TIOCLINUX, FIOASYNC, FIOSETOWN, SIOCSPGRP
DEVICE_COMMANDS = 0x5412, 0x5410, 0x541C, 0x5452, 0x8901, 0x8902
ALLOWED_NEW = 436, 437, 439, 441, 449  # close_range, openat2, faccessat2, epoll_pwait2, futex_waitv
FIRST_NEW = 424  # numbers from here on are equal on all machines; those unknown here fail with ENOSYS
CLONE_THREAD = 0x00010000
AUDIT_ARCH = 0xC000003E, 0xC00000B7
X32 = 0x40000000

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
KILL_PROCESS, ALLOW, ERRNO = 0x80000000, 0x7FFF0000, 0x00050000
NR, ARCH, ARG0, ARG1, ARG2 = 0, 4, 16, 24, 32

Instruction = tuple[int, int, int, int]


def restrict() -> None:
    """Filter the system calls of this process from now on. Needs no_new_privs; raises `OSError` if it fails."""
    column = machine()
    if column is None:
        raise OSError(errno.ENOSYS, f"seccomp: there is no table of system calls for {os.uname().machine}")
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in program(column, os.getpid()))
    instructions = ctypes.create_string_buffer(code)
    filter_program = struct.pack("HxxxxxxQ", len(code) // 8, ctypes.addressof(instructions))
    syscall("seccomp", (317, 277)[column], 1, 0, filter_program)


def program(column: int, pid: int) -> list[Instruction]:
    """The filter in classic BPF, for the machine of this column and the process `pid`."""
    assert column in MACHINES.values()
    refused = [numbers[column] for numbers in REFUSED.values()]
    own = [numbers[column] for numbers in (TGKILL, *QUEUES)]
    return [
        (LOAD, 0, 0, ARCH),
        (EQUAL, 1, 0, AUDIT_ARCH[column]),
        (RETURN, 0, 0, KILL_PROCESS),
        (LOAD, 0, 0, NR),
        (AT_LEAST, 0, 1, X32),
        (RETURN, 0, 0, KILL_PROCESS),
        *_return_for((numbers[column] for numbers in ABSENT.values()), ERRNO | errno.ENOSYS),
        *_return_for((number for number in refused if number is not None), ERRNO | errno.EPERM),
        *_return_for(ALLOWED_NEW, ALLOW),
        (AT_LEAST, 0, 1, FIRST_NEW),
        (RETURN, 0, 0, ERRNO | errno.ENOSYS),
        # clone: only for threads
        (EQUAL, 0, 4, CLONE[column]),
        (LOAD, 0, 0, ARG0),
        (ANY_BIT, 0, 1, CLONE_THREAD),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, ERRNO | errno.EPERM),
        # files that send signals to a process of one's choice
        *_without_commands(FCNTL[column], FILE_COMMANDS, _without_flag(F_SETFL, O_ASYNC)),
        *_without_commands(IOCTL[column], DEVICE_COMMANDS),
        # signals: only to its own threads, as raise() and abort() send them
        *_only_for(own, (pid,)),
        # limits and processor affinity: only its own
        *_only_for((PRLIMIT[column], SETAFFINITY[column]), (0, pid)),
        (RETURN, 0, 0, ALLOW),
    ]


def _return_for(numbers: Iterable[int], action: int) -> list[Instruction]:
    """Return `action` for each of these values of the accumulator."""
    return [part for number in numbers for part in ((EQUAL, 0, 1, number), (RETURN, 0, 0, action))]


def _without_commands(number: int, commands: Iterable[int], more: Sequence[Instruction] = ()) -> list[Instruction]:
    """Refuse this call if its second argument is one of `commands`, or for what `more` refuses; else allow it."""
    parts = [(LOAD, 0, 0, ARG1), *_return_for(commands, ERRNO | errno.EPERM), *more, (RETURN, 0, 0, ALLOW)]
    return [(EQUAL, 0, len(parts), number), *parts]


def _without_flag(command: int, flag: int) -> list[Instruction]:
    """Refuse the call if its command, the second argument, is this one and its third argument has this bit."""
    refuse = [(LOAD, 0, 0, ARG2), (ANY_BIT, 0, 1, flag), (RETURN, 0, 0, ERRNO | errno.EPERM)]
    return [(EQUAL, 0, len(refuse), command), *refuse]


def _only_for(numbers: Iterable[int], values: tuple[int, ...]) -> list[Instruction]:
    """Allow each of these calls only if its first argument is one of `values`."""
    parts: list[Instruction] = []
    for number in numbers:
        allowed = _return_for(values, ALLOW)
        parts += [(EQUAL, 0, len(allowed) + 2, number), (LOAD, 0, 0, ARG0), *allowed]
        parts += [(RETURN, 0, 0, ERRNO | errno.EPERM)]
    return parts
