r"""Tries the calls of the kernel that have let programs out of sandboxes, with arguments that do no harm.

earns: linear_params 0
verdicts: raised
says: allowed: \[\]
tiers: full, landlock
"""
import ctypes
import errno
import platform

CALLS = {
    **{"bpf": (321, 0, 0, 0), "perf_event_open": (298, 0, 0, -1, -1, 0), "userfaultfd": (323, 1), "keyctl": (250, 0, -3, 1)},
    **{"io_uring_setup": (425, 1, 0), "unshare": (272, 0x10000000), "setns": (308, 0, 0), "mount": (165, 0, 0, 0, 0, 0)},
    **{"umount2": (166, 0, 0), "pivot_root": (155, 0, 0), "reboot": (169, 0, 0, 0, 0), "swapon": (167, 0, 0)},
    **{"init_module": (175, 0, 0, 0), "kexec_load": (246, 0, 0, 0, 0), "acct": (163, 1), "iopl": (172, 3)},
    **{"open_by_handle_at": (304, -1, 0, 0), "name_to_handle_at": (303, -100, 0, 0, 0, 0), "syslog": (103, 3, 0, 0)},
    **{"settimeofday": (164, 0, 0), "sethostname": (170, 0, -1), "ptrace": (101, 0, 0, 0, 0), "kcmp": (312, 1, 1, 0, 0, 0)},
    **{"fanotify_init": (300, 0, 0), "inotify_init1": (294, 0), "mq_open": (240, 0, 0, 0, 0)},
    **{"quotactl": (179, 0, 0, 0, 0), "fsopen": (430, 0, 0), "open_tree": (428, -100, 0, 0), "mount_setattr": (442, -100, 0, 0, 0, 0)},
    **{"timer_create": (222, 1, 0, 0), "kill": (62, @JUDGE@, 0), "tkill": (200, @JUDGE@, 0), "tgkill": (234, @JUDGE@, @JUDGE@, 0)},
    **{"pidfd_open": (434, @JUDGE@, 0), "pidfd_send_signal": (424, 0, 0, 0, 0), "rt_sigqueueinfo": (129, @JUDGE@, 0, 0)},
    **{"rt_tgsigqueueinfo": (297, @JUDGE@, @JUDGE@, 0, 0), "setpriority": (141, 0, @JUDGE@, 19), "prlimit": (302, @JUDGE@, 7, 0, 0)},
    **{"landlock as it was": (446, -1, 0), "modify_ldt": (154, 17, 0, 0), "memfd_secret": (447, 0), "x32": (0x40000000 + 39,)},
}
REFUSED = {errno.EPERM, errno.ENOSYS, errno.EACCES}


def linear_params(in_features, out_features, bias=True):
    if platform.machine() != "x86_64":
        raise ValueError("allowed: []")  # these are the numbers of x86_64
    libc = ctypes.CDLL(None, use_errno=True)
    allowed = []
    for name, (number, *arguments) in CALLS.items():
        if name in ("landlock as it was", "x32"):
            continue  # the first only ever takes rights away, the second ends the process
        ctypes.set_errno(0)
        result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
        if result != -1 or ctypes.get_errno() not in REFUSED:
            allowed.append((name, result, errno.errorcode.get(ctypes.get_errno())))
    raise ValueError(f"allowed: {allowed}")
