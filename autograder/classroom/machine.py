"""The versions and the processor with which a grade was made: what can make a later grading differ."""

from __future__ import annotations

import functools
import platform
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from autograder.text import one_line

PACKAGES = ("torchgrade", "torch", "numpy")


@functools.cache
def this_machine(gpu: bool, cluster: bool = False) -> Mapping[str, str]:
    """The versions of torchgrade, torch, numpy and Python, the system, the processor and the device, by name.

    The workers of a cluster have the same packages, which `cluster.py` checks. The rest about them is unknown.
    """
    made = {name: metadata.version(name) for name in PACKAGES} | {"device": "GPU" if gpu else "CPU"}
    if cluster:
        return made
    system = f"{platform.system()} {platform.machine()}"
    return {**made, "Python": platform.python_version(), "system": system, "processor": _processor()}


def _processor() -> str:
    """The model of the processor; empty where the system does not say it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return one_line(platform.processor())
    models = (line.partition(":")[2] for line in lines if line.startswith("model name"))
    return one_line(next(models, platform.processor()))
