"""The part of the file system that a sandboxed process may see, and a new root that holds only this part."""

from __future__ import annotations

import itertools
import os
import site
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from . import kernel

SYSTEM = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/zoneinfo", "/etc/alternatives"),
    *("/etc/ld.so.cache", "/etc/localtime", "/nix/store", "/gnu/store"),
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
GPU_SYSTEM = ("/proc", "/sys")  # CUDA finds its devices there
ENGINE = os.path.realpath(Path(__file__).parents[2])  # the package autograder, which no student needs to read


def library_paths() -> list[str]:
    """The folders and files of Python, its packages, and the C library; none is inside another."""
    bases = {sys.prefix, sys.base_prefix}
    schemes = [sysconfig.get_paths(vars={"base": base, "platbase": base}) for base in bases]
    paths = [scheme[key] for scheme in schemes for key in ("stdlib", "platstdlib", "purelib", "platlib")]
    paths += [f"{base}/{name}" for base in bases if base != "/usr" for name in ("lib", "lib64")]
    paths += [*site.getsitepackages(), sysconfig.get_config_var("LIBDIR") or "", *SYSTEM]
    if site.ENABLE_USER_SITE:
        paths.append(site.getusersitepackages())
    for name in ("torch", "numpy", "safetensors"):  # a .pth file may have added their folders
        if found := getattr(sys.modules.get(name), "__file__", None):
            paths.append(str(Path(found).parents[1]))
    return outermost(path for path in paths if path and os.access(path, os.R_OK))


def outermost(paths: Iterable[str]) -> list[str]:
    """Drop the paths inside another one. A path through a symbolic link is compared as written, not resolved."""
    found: list[str] = []
    for path in sorted({os.path.normpath(path) for path in paths}, key=lambda path: (len(Path(path).parts), path)):
        real = os.path.realpath(path)
        below = any(Path(path).is_relative_to(other) for other in found)
        if not below and not (real == path and any(Path(real).is_relative_to(os.path.realpath(o)) for o in found)):
            found.append(path)
    return found


def paths_except(path: str, hidden: str) -> list[str]:
    """The fewest paths that cover a folder without `hidden`; the folder itself if `hidden` is not in it."""
    real = Path(os.path.realpath(path))
    if not Path(hidden).is_relative_to(real):
        return [path]
    if str(real) == hidden:
        return []
    return [part for child in sorted(real.iterdir()) for part in paths_except(str(child), hidden)]


def gpu_devices() -> list[str]:
    """The device files of NVIDIA's GPUs."""
    return sorted(map(str, Path("/dev").glob("nvidia*")))


def check_mounts() -> None:
    """Mount a /proc in namespaces that end with two children; raise `OSError` where this is not permitted.

    Containers often permit namespaces and refuse mounts. A process in a pid namespace without a /proc of its own would
    take the processes of the host for its children.
    """
    child = os.fork()
    if child == 0:
        status = 1
        try:
            kernel.unshare(kernel.CLONE_NEWPID | kernel.CLONE_NEWNS)
            kernel.mount("none", "/", flags=kernel.MS_REC | kernel.MS_PRIVATE)
            first = os.fork()
            if first == 0:
                kernel.mount("proc", "/proc", "proc", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC)
                os._exit(0)
            status = os.waitstatus_to_exitcode(os.waitpid(first, 0)[1])
        except OSError as error:
            status = error.errno or 1
        finally:
            os._exit(status & 0xFF)
    if status := os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        raise OSError(status, f"no /proc of its own: {os.strerror(status)}")


def enter_new_root(base: str, gpu: bool) -> str:
    """Mount a read-only root at the folder `base` and enter it; it holds `library_paths` and a few devices.

    Returns an empty folder in it, at which a child mounts its private folder.

    Raises `OSError` where this is not permitted.
    """
    paths = library_paths()
    kernel.mount("none", "/", flags=kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("tmpfs", base, "tmpfs", kernel.MS_NOSUID, "size=1m,nr_inodes=4096,mode=755")
    for path in paths:
        _bind(base, path)
    if any(Path(ENGINE).is_relative_to(os.path.realpath(path)) for path in paths):
        flags = kernel.MS_NOSUID | kernel.MS_NODEV
        kernel.mount("tmpfs", base + ENGINE, "tmpfs", flags, "size=4k,nr_inodes=2,mode=755")
    for device in (*DEVICES, *(gpu_devices() if gpu else ())):
        _bind(base, device, devices=True)
    work = work_folder(paths)
    for folder in (work, "/proc", *(("/sys",) if gpu else ())):
        Path(base + folder).mkdir(mode=0o755)
    if gpu:
        kernel.bind("/sys", f"{base}/sys")
    kernel.make_read_only(base, devices=True)
    kernel.mount("proc", f"{base}/proc", "proc", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC)
    kernel.pivot_root(base)
    return work


def work_folder(paths: Iterable[str]) -> str:
    """A top-level folder that holds none of the paths: `/work`, or `/work-2` where one of them lies below `/work`."""
    taken = {Path(one).parts[1] for path in paths for one in (path, os.path.realpath(path)) if len(Path(one).parts) > 1}
    names = itertools.chain(["work"], (f"work-{number}" for number in itertools.count(2)))
    return next(f"/{name}" for name in names if name not in taken)


def _bind(base: str, path: str, devices: bool = False) -> None:
    """Mount a path in the new root at the same place, with the symbolic links that lead to it."""
    real = _copy_way(base, path)
    target = Path(base + real)
    if target.is_mount() or any((Path(base + str(up))).is_mount() for up in Path(real).parents if str(up) != "/"):
        return
    if Path(real).is_dir():
        target.mkdir(mode=0o755, exist_ok=True)
    else:
        target.touch()
    kernel.bind(real, str(target))
    kernel.make_read_only(str(target), devices)


def _copy_way(base: str, path: str) -> str:
    """Make the folders and symbolic links that lead to a path, in the new root; return the path without links."""
    parts = list(Path(path).parts[1:])
    at = ""
    links = 0
    while parts:
        step = f"{at}/{parts.pop(0)}"
        if Path(step).is_symlink() and links < 40:
            links += 1
            target = str(Path(step).readlink())
            if not os.path.lexists(base + step) and not _is_mounted(base, step):
                Path(base + step).symlink_to(target)
            parts = [*Path(os.path.normpath(f"{at}/{target}" if target[0] != "/" else target)).parts[1:], *parts]
            at = ""
            continue
        at = step
        if parts and not _is_mounted(base, step):
            Path(base + step).mkdir(mode=0o755, exist_ok=True)
    return at


def _is_mounted(base: str, path: str) -> bool:
    """Whether the path or a folder above it is already mounted in the new root."""
    return any(Path(base + str(up)).is_mount() for up in [Path(path), *Path(path).parents] if str(up) != "/")
