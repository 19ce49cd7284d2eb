"""Sandboxes of each tier, made by leaving layers out."""

from __future__ import annotations

import pytest

from autograder.sandbox.sandbox import Sandbox

LEFT_OUT = {"full": (), "landlock": ("namespaces",), "process": ("namespaces", "landlock", "seccomp")}


def sandbox_of(tier: str) -> Sandbox:
    """A sandbox of this tier, or a skip that says why there is none."""
    sandbox = Sandbox(leave_out=LEFT_OUT[tier])
    if sandbox.isolation.tier != tier:
        reason = sandbox.isolation.reason
        with sandbox:
            pytest.skip(f"tier {tier} is not reached on this machine: {reason}")
    return sandbox
