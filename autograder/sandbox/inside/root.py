"""What a sandboxed process may see of the file system, and a root of its own that holds nothing else."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from . import kernel

WORK = "/sandbox-work"  # the private folder of a child, where no installation lies
SYSTEM = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/zoneinfo", "/etc/alternatives"),
    *("/etc/ld.so.cache", "/etc/localtime", "/nix/store", "/gnu/store"),
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
GPU_SYSTEM = ("/proc", "/sys")  # CUDA asks both which devices there are
OURS = os.path.realpath(Path(__file__).parents[2])  # the package autograder, which no student needs to read


def visible() -> list[str]:
    """The folders and files of Python, its packages, and the C library; none lies below another."""
    bases = {sys.prefix, sys.base_prefix}
    schemes = [sysconfig.get_paths(vars={"base": base, "platbase": base}) for base in bases]
    paths = [scheme[key] for scheme in schemes for key in ("stdlib", "platstdlib", "purelib", "platlib")]
    paths += [f"{base}/{name}" for base in bases if base != "/usr" for name in ("lib", "lib64")]
    paths += [*site.getsitepackages(), sysconfig.get_config_var("LIBDIR") or "", *SYSTEM]
    if site.ENABLE_USER_SITE:
        paths.append(site.getusersitepackages())
    for name in ("torch", "numpy", "safetensors"):  # which a .pth file may have brought from elsewhere
        if found := getattr(sys.modules.get(name), "__file__", None):
            paths.append(str(Path(found).parents[1]))
    return outermost(path for path in paths if path and os.access(path, os.R_OK))


def outermost(paths: Iterable[str]) -> list[str]:
    """The paths that lie below none of the others; one that leads through a symbolic link counts as it is written."""
    kept: list[str] = []
    for path in sorted({os.path.normpath(path) for path in paths}, key=lambda path: (len(Path(path).parts), path)):
        real = os.path.realpath(path)
        below = any(Path(path).is_relative_to(other) for other in kept)
        if not below and not (real == path and any(Path(real).is_relative_to(os.path.realpath(o)) for o in kept)):
            kept.append(path)
    return kept


def around(path: str, hidden: str) -> list[str]:
    """What lies in a folder but for `hidden`, as few paths as will do; the folder itself if `hidden` is not in it."""
    real = Path(os.path.realpath(path))
    if not Path(hidden).is_relative_to(real):
        return [path]
    if str(real) == hidden:
        return []
    return [part for child in sorted(real.iterdir()) for part in around(str(child), hidden)]


def gpu_devices() -> list[str]:
    """The device files of NVIDIA's GPUs."""
    return sorted(map(str, Path("/dev").glob("nvidia*")))


def build(base: str, gpu: bool) -> None:
    """Enter a root of its own, mounted at the folder `base`: read-only, with no more than `visible` and a few devices.

    Raises `OSError` where this may not be done.
    """
    shown = visible()
    kernel.mount("none", "/", flags=kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("tmpfs", base, "tmpfs", kernel.MS_NOSUID, "size=1m,nr_inodes=4096,mode=755")
    for path in shown:
        _show(base, path)
    if any(Path(OURS).is_relative_to(os.path.realpath(path)) for path in shown):
        kernel.mount("tmpfs", base + OURS, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "size=4k,nr_inodes=2,mode=755")
    for device in (*DEVICES, *(gpu_devices() if gpu else ())):
        _show(base, device, devices=True)
    for folder in (WORK, "/proc", *(("/sys",) if gpu else ())):
        Path(base + folder).mkdir(mode=0o755)
    if gpu:
        kernel.bind("/sys", f"{base}/sys")
    kernel.close_mount(base, devices=True)
    kernel.mount("proc", f"{base}/proc", "proc", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC)
    kernel.enter(base)


def _show(base: str, path: str, devices: bool = False) -> None:
    """Mount a path where it is, with the symbolic links that lead there."""
    real = _lead(base, path)
    target = Path(base + real)
    if target.is_mount() or any((Path(base + str(up))).is_mount() for up in Path(real).parents if str(up) != "/"):
        return
    if Path(real).is_dir():
        target.mkdir(mode=0o755, exist_ok=True)
    else:
        target.touch()
    kernel.bind(real, str(target))
    kernel.close_mount(str(target), devices)


def _lead(base: str, path: str) -> str:
    """Make the folders and links on the way to a path; the path without links."""
    parts = list(Path(path).parts[1:])
    at = ""
    links = 0
    while parts:
        step = f"{at}/{parts.pop(0)}"
        if Path(step).is_symlink() and links < 40:
            links += 1
            target = str(Path(step).readlink())
            if not os.path.lexists(base + step) and not _mounted_above(base, step):
                Path(base + step).symlink_to(target)
            parts = [*Path(os.path.normpath(f"{at}/{target}" if target[0] != "/" else target)).parts[1:], *parts]
            at = ""
            continue
        at = step
        if parts and not _mounted_above(base, step):
            Path(base + step).mkdir(mode=0o755, exist_ok=True)
    return at


def _mounted_above(base: str, path: str) -> bool:
    """Whether the path lies within something that is mounted in the new root already."""
    return any(Path(base + str(up)).is_mount() for up in [Path(path), *Path(path).parents] if str(up) != "/")
