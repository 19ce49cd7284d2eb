"""What both sides of the wall know about a sandbox: its layers, its limits, and how its end is told."""

from __future__ import annotations

import struct
from collections.abc import Iterable

NAMESPACES = ("user", "pid", "net", "ipc", "uts", "mount")
LAYERS = (*NAMESPACES, "environment", "descriptors", "limits", "landlock", "capabilities", "seccomp")
FILE_BYTES = 64 << 20  # in the private folder
FILE_COUNT = 1024
DEEPEST = 20  # folders within folders
KEPT_VARIABLES = (
    *("LANG", "PATH", "PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8", "PYTHONUSERBASE", "MPLBACKEND"),
    *("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "CUDA_VISIBLE_DEVICES"),
)
ENDED = struct.Struct("=icd")  # wait status, a letter of REASONS or NUL, seconds of CPU
REASONS = {"m": "memory", "f": "files"}  # what a child used too much of


def layers(names: Iterable[str]) -> frozenset[str]:
    """The layers of these names; `namespaces` stands for all of them. ValueError for a name that there is not."""
    wanted = set(names)
    if "namespaces" in wanted:
        wanted = (wanted - {"namespaces"}) | set(NAMESPACES)
    if unknown := wanted - set(LAYERS):
        raise ValueError(f"there is no layer {sorted(unknown)[0]}; there are {', '.join(LAYERS)} and namespaces")
    return frozenset(wanted)
