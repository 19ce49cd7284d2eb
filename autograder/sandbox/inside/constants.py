"""Constants that both sides of the wall use: the layers of isolation, the limits, the record of a child's exit."""

from __future__ import annotations

import struct
from collections.abc import Iterable

NAMESPACES = ("user", "pid", "net", "ipc", "uts", "mount")
LAYERS = (*NAMESPACES, "environment", "descriptors", "limits", "landlock", "capabilities", "seccomp")
ENGINE_PROBES = frozenset(
    (
        *("call", "changed", "forward", "parameters", "repeated", "trained_again", "row_alone", "four_initialisations"),
        *("gradients", "superposition", "round_trip", "recorded", "stages", "symptoms", "trace", "train", "value"),
        *("differentiated", "gradcheck", "figure", "printed", "numbers_only", "numpy_array"),
    )
)
"""The names in `probes.PROBES`, for processes without torch."""
PROBE_LIBRARIES = {"figure": "matplotlib"}
"""The libraries that a probe imports and that not every installation has."""
FILE_BYTES = 64 << 20  # in the private folder of a child
FILE_COUNT = 1024
MAX_FOLDER_DEPTH = 20  # folders within folders
INHERITED_VARIABLES = (
    *("LANG", "PATH", "PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8", "PYTHONUSERBASE", "MPLBACKEND"),
    *("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "CUDA_VISIBLE_DEVICES"),
)
EXIT_RECORD = struct.Struct("=icd")  # wait status, a letter of LIMIT_LETTERS or NUL, seconds of CPU
GOODBYE = b"bye"  # the last message of a judge to its zygote
LIMIT_LETTERS = {"m": "memory", "f": "files"}  # the limit that a child exceeded


def can_be_switched_off(name: str) -> bool:
    """Whether `name` may stand for operators of torch that other operators do not use, see `switched_off.py`."""
    return name.isidentifier() and any(letter.isdigit() or letter == "_" for letter in name)


def parse_layers(names: Iterable[str]) -> frozenset[str]:
    """Check the names of layers, and replace `namespaces` by all kinds of namespaces; ValueError for other names."""
    layers = set(names)
    if "namespaces" in layers:
        layers = (layers - {"namespaces"}) | set(NAMESPACES)
    if unknown := layers - set(LAYERS):
        raise ValueError(f"there is no layer {sorted(unknown)[0]}; there are {', '.join(LAYERS)} and namespaces")
    return frozenset(layers)


STUB = "not started: "  # begins the message of an error that a stub raised; the name of the stub follows
