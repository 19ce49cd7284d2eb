"""Confines the zygote and then each child, layer by layer, and records every layer that fails.

The zygote enters namespaces and its own root once. Each child adds its own namespaces, private folder, user, limits,
Landlock rules and system call filter. `proof.py` then tries to break out.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from . import kernel, landlock, root, seccomp
from .constants import FILE_BYTES, FILE_COUNT, INHERITED_VARIABLES, NAMESPACES

FLAGS = {
    **{"net": kernel.CLONE_NEWNET, "ipc": kernel.CLONE_NEWIPC},
    **{"uts": kernel.CLONE_NEWUTS, "mount": kernel.CLONE_NEWNS},
}
OPEN_FILES = 256
THREADS = 128
PRIVATE_UID = 1_900_000_000  # the first of 4,096 user ids, above those that systemd gives to containers


@dataclass
class Confinement:
    """The layers that confine this process."""

    leave_out: Collection[str] = ()
    gpu: bool = False
    failures: dict[str, str] = field(default_factory=dict)  # missing layer -> reason
    namespaces: bool = False  # whether the zygote is in its own namespaces and root
    host: dict[str, str] = field(default_factory=dict)  # kind -> the host's namespace
    listable: list[str] = field(default_factory=list)  # folders of libraries
    readable: list[str] = field(default_factory=list)  # the same paths without this package
    reachable: bool = True  # whether other users can read the libraries
    work: str = ""  # where a child mounts its private folder, in the new root

    def has(self, layer: str) -> bool:
        """Whether children get this layer. A pid namespace needs its own /proc, so it depends on `mount`."""
        if layer == "pid" and "mount" in self.leave_out:
            return False
        return layer not in self.leave_out and (self.namespaces or layer not in NAMESPACES)

    def enter_namespaces(self) -> bool:
        """Enter the zygote's namespaces; True if the zygote must fork, since only a child enters a pid namespace."""
        self.host = namespaces_of("self")
        if set(NAMESPACES) <= set(self.leave_out):
            self.failures["namespaces"] = "left out"
            return False
        user = os.getuid(), os.getgid()
        try:
            if user[0] != 0:
                kernel.unshare(kernel.CLONE_NEWUSER)
                _map_user(*user)
            if {"pid", "mount"} & set(self.leave_out):
                return False
            root.check_mounts()
            kernel.unshare(kernel.CLONE_NEWPID)
        except OSError as error:
            self.failures["namespaces"] = error.strerror or str(error)
            return False
        return True

    def enter_root(self, base: str) -> None:
        """Enter a new root; if that fails, the host's root stays and children get no namespaces."""
        self.listable = root.library_paths()
        self.readable = [part for path in self.listable for part in root.paths_except(path, root.ENGINE)]
        self.reachable = all(map(_readable_by_others, self.listable))
        if "namespaces" in self.failures:
            return
        try:
            if "mount" not in self.leave_out:
                kernel.unshare(kernel.CLONE_NEWNS)
                self.work = root.enter_new_root(base, self.gpu)
            self.namespaces = True
        except OSError as error:
            self.failures["namespaces"] = error.strerror or str(error)

    def fork(self) -> int:
        """Fork a child as the first process of a new pid namespace; all processes in it end with the child."""
        if not self.has("pid"):
            return os.fork()
        own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
        try:
            kernel.unshare(kernel.CLONE_NEWPID)
            try:
                pid = os.fork()
            except BaseException:
                kernel.setns(own, kernel.CLONE_NEWPID)
                raise
            if pid:
                kernel.setns(own, kernel.CLONE_NEWPID)
            return pid
        finally:
            os.close(own)

    def confine_child(self, number: int, folder: str, memory: int | None, cpu_seconds: int) -> None:
        """Confine a child in every layer, and change to its private folder.

        The order matters: each step needs a right that a later step takes away.
        """
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        os.setsid()
        used = _address_space()
        as_root = os.getuid() == 0
        uid = private_uid(number) if as_root and self._changes_user(folder) else os.getuid()
        if self.namespaces:
            self._enter_child_namespaces(uid)
        folder = self._prepare_folder(folder, uid)
        self._become_user(uid, folder)
        if "limits" not in self.leave_out:
            self._set_limits(used + memory if memory else None, cpu_seconds)
        if {"landlock", "seccomp", "capabilities"} - set(self.leave_out):
            kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        self._try("landlock", lambda: self._restrict_files(folder))
        if "capabilities" not in self.leave_out:
            kernel.drop_capabilities()
        self._try("seccomp", seccomp.restrict)

    def _prepare_folder(self, folder: str, uid: int) -> str:
        """Return the private folder: a new tmpfs, or `folder`, which then belongs to the user `uid`."""
        if self.has("mount"):
            self._mount_folder(uid)
            return self.work
        if uid != os.getuid():
            os.chown(folder, uid, uid)
        return folder

    def _become_user(self, uid: int, folder: str) -> None:
        """Change to the folder and to the user, and clear the environment and the bounding set."""
        try:
            os.chdir(folder)
            entered = True
        except PermissionError:  # root without CAP_DAC_OVERRIDE can enter only as the folder's owner, below
            entered = False
        if "environment" not in self.leave_out:
            _clear_environment(folder)
        if "capabilities" not in self.leave_out:
            kernel.empty_bounding_set()
        if uid != os.getuid():
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
            kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)  # the change of user has cleared it
        if not entered:
            os.chdir(folder)

    def _enter_child_namespaces(self, uid: int) -> None:
        flags = sum(flag for name, flag in FLAGS.items() if self.has(name))
        if uid == os.getuid() and self.has("user"):
            flags |= kernel.CLONE_NEWUSER
        group = os.getgid()
        kernel.unshare(flags)
        if flags & kernel.CLONE_NEWUSER:
            _map_user(uid, group)
        if self.has("uts"):
            kernel.sethostname("sandbox")

    def _mount_folder(self, uid: int) -> None:
        """Mount the private folder as a tmpfs, and an empty /proc. CUDA needs a /proc with the child's own process."""
        quiet = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
        group = os.getgid() if uid == os.getuid() else uid
        options = f"size={FILE_BYTES},nr_inodes={FILE_COUNT},mode=700,uid={uid},gid={group}"
        kernel.mount("tmpfs", self.work, "tmpfs", quiet, options)
        if self.gpu:
            kernel.mount("proc", "/proc", "proc", quiet | kernel.MS_RDONLY)
        else:
            kernel.mount("tmpfs", "/proc", "tmpfs", quiet | kernel.MS_RDONLY, "size=4k,nr_inodes=2,mode=755")

    def _changes_user(self, folder: str) -> bool:
        """Whether a root grader's child becomes another user, who must be able to read the libraries and its folder."""
        if self.has("mount"):
            return self.has("user")
        isolated = not {"user", "landlock"} & set(self.leave_out)
        return isolated and self.reachable and _passable(Path(folder).parent)

    def _set_limits(self, address_space: int | None, cpu_seconds: int) -> None:
        limits = {
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_CPU: cpu_seconds,
            resource.RLIMIT_FSIZE: FILE_BYTES,
            resource.RLIMIT_NOFILE: OPEN_FILES,
            resource.RLIMIT_MSGQUEUE: 0,
            resource.RLIMIT_MEMLOCK: 0,
        }
        if address_space and not self.gpu:
            limits[resource.RLIMIT_AS] = address_space
        if os.getuid() >= PRIVATE_UID or self.has("user"):
            limits[resource.RLIMIT_NPROC] = THREADS  # no other process has this user, so it counts this child only
        for limit, value in limits.items():
            hard = resource.getrlimit(limit)[1]
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(limit, (value, value))

    def _restrict_files(self, folder: str) -> None:
        gpu = root.gpu_devices() if self.gpu else ()
        readable = [*self.readable, *(root.GPU_SYSTEM if self.gpu else ())]
        landlock.restrict(readable, [folder], [*root.DEVICES, *gpu], self.listable)

    def _try(self, layer: str, apply: Callable[[], None]) -> None:
        if layer in self.leave_out:
            return
        try:
            apply()
        except OSError as error:
            self.failures[layer] = error.strerror or str(error)


def private_uid(number: int) -> int:
    """The user id for the child of this number; no account has it. It repeats after 4,096 children."""
    highest = 0
    for line in Path("/proc/self/uid_map").read_text().splitlines():
        first, _, count = map(int, line.split())
        highest = max(highest, first + count - 1)
    return min(PRIVATE_UID + 4096, highest) - number % min(4096, max(1, highest // 2))


def namespaces_of(pid: str) -> dict[str, str]:
    """The kernel's names of a process's namespaces by kind, without those that this process may not read."""
    found = {}
    for kind in ("user", "pid", "net", "ipc", "uts", "mnt"):
        with contextlib.suppress(OSError):
            found[kind] = str(Path(f"/proc/{pid}/ns/{kind}").readlink())
    return found


def _map_user(user: int, group: int) -> None:
    """Map one user and one group into the new user namespace, under the numbers that they have outside."""
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _clear_environment(folder: str) -> None:
    for name in set(os.environ) - set(INHERITED_VARIABLES):
        del os.environ[name]
    for name in ("HOME", "TMPDIR"):
        os.environ[name] = folder
    tempfile.tempdir = None


def _address_space() -> int:
    """Bytes of address space in use."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _readable_by_others(path: str) -> bool:
    """Whether any user may read this path and enter every folder above it."""
    return bool(Path(path).stat().st_mode & 0o004) and _passable(Path(os.path.realpath(path)).parent)


def _passable(folder: Path) -> bool:
    return all(up.stat().st_mode & 0o001 for up in [folder, *folder.parents])


def close_other_descriptors(descriptors: Collection[int]) -> None:
    """Close every file descriptor except these."""
    open_ones = sorted(descriptors)
    for low, high in zip([-1, *open_ones], [*open_ones, 1 << 20], strict=True):
        if low + 1 < high:
            os.closerange(low + 1, high)
