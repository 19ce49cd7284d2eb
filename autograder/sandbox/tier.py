"""The isolation tiers and what each promises, with the proof of the tier that this machine reaches.

The proof is what a child could not do when it tried, and what the kernel reports about the child.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from autograder.model import Isolation

Tier = Literal["full", "landlock", "process", "none"]
TIERS: tuple[Tier, ...] = ("full", "landlock", "process", "none")  # strongest first


@dataclass(frozen=True)
class Evidence:
    """The observations on one child that decide about its tier."""

    attempts: Mapping[str, str]  # attempt -> error, empty if it succeeded
    status: Mapping[str, str]  # the child's /proc/PID/status
    separate: frozenset[str]  # kinds of namespaces that differ from the host's
    failures: Mapping[str, str]  # missing layer -> reason
    as_root: bool  # whether the judge runs as root


@dataclass(frozen=True)
class Expectation:
    """One promise of a tier."""

    sentence: str  # without its subject, "a submission"
    tier: Tier  # the weakest tier that promises this
    layer: str  # the layer that ensures this
    holds: Callable[[Evidence], bool]


def fails(attempt: str, *errors: str) -> Callable[[Evidence], bool]:
    """Whether the attempt failed, with one of `errors` if there are any."""

    def holds(evidence: Evidence) -> bool:
        message = evidence.attempts.get(attempt, "")
        return any(error in message for error in errors) if errors else bool(message)

    return holds


def succeeds(attempt: str) -> Callable[[Evidence], bool]:
    return lambda evidence: evidence.attempts.get(attempt) == ""


def own_namespace(kind: str) -> Callable[[Evidence], bool]:
    """Whether the child has its own namespace of this kind."""
    return lambda evidence: kind in evidence.separate


def status_is(key: str, value: str) -> Callable[[Evidence], bool]:
    """Whether this line of /proc/PID/status has `value` in every column."""
    return lambda evidence: set(evidence.status.get(key, "").split()) == {value}


def is_another_user(evidence: Evidence) -> bool:
    """A root grader's child runs as an ordinary user. Any other grader's child has its own user namespace."""
    if evidence.as_root:
        return "0" not in evidence.status.get("Uid", "0").split()
    return "user" in evidence.separate


NO_CAPABILITY = "0000000000000000"
DENIED = "PermissionError"
ABSENT = "FileNotFoundError"
EXPECTATIONS = (
    # every tier: what a submission needs
    Expectation("writes into its own folder", "process", "folder", succeeds("writes into its folder")),
    Expectation("starts a thread", "process", "limits", succeeds("starts a thread")),
    Expectation("reads Python's library", "process", "libraries", succeeds("reads Python's library")),
    Expectation("reads torch's library", "process", "libraries", succeeds("reads torch's library")),
    Expectation("computes with torch", "process", "libraries", succeeds("computes")),
    Expectation("has no environment but its own", "process", "environment", fails("finds a foreign variable")),
    Expectation("has no file descriptor but its own", "process", "descriptors", fails("finds a foreign descriptor")),
    Expectation("cannot raise its limits", "process", "limits", fails("raises its limits")),
    Expectation("cannot exceed its memory limit", "process", "limits", fails("takes too much memory")),
    Expectation("cannot fill the disk", "process", "limits", fails("fills the disk")),
    # files
    Expectation("cannot read the exam's folder", "landlock", "landlock", fails("reads the canary")),
    Expectation("cannot read the home folder", "landlock", "landlock", fails("lists the home folder")),
    Expectation("cannot read /etc/passwd", "landlock", "landlock", fails("reads /etc/passwd")),
    Expectation("is stopped by Landlock at the root", "landlock", "landlock", fails("lists the root", DENIED)),
    Expectation("cannot write beside the exam", "landlock", "landlock", fails("writes beside the canary")),
    Expectation("cannot write into /tmp", "landlock", "landlock", fails("writes into /tmp")),
    Expectation("cannot change libraries", "landlock", "landlock", fails("writes beside Python's library")),
    # processes and the kernel
    Expectation("cannot open a socket", "landlock", "seccomp", fails("opens a socket", DENIED)),
    Expectation("cannot open a Unix socket", "landlock", "seccomp", fails("opens a Unix socket", DENIED)),
    Expectation("cannot fork", "landlock", "seccomp", fails("forks", DENIED)),
    Expectation("cannot execute", "landlock", "seccomp", fails("executes", DENIED)),
    Expectation("cannot signal", "landlock", "seccomp", fails("signals the judge", DENIED)),
    Expectation("cannot signal its parent", "landlock", "seccomp", fails("signals its parent", DENIED)),
    Expectation("cannot signal by a file", "landlock", "seccomp", fails("signals the judge by a file", DENIED)),
    Expectation("cannot trace", "landlock", "seccomp", fails("traces the judge")),
    Expectation("cannot hide memory", "landlock", "seccomp", fails("makes memory without address space", DENIED)),
    Expectation("has no capability", "landlock", "capabilities", status_is("CapEff", NO_CAPABILITY)),
    Expectation("can regain no capability", "landlock", "capabilities", status_is("CapPrm", NO_CAPABILITY)),
    Expectation("can gain no privilege", "landlock", "seccomp", status_is("NoNewPrivs", "1")),
    Expectation("is under a system call filter", "landlock", "seccomp", status_is("Seccomp", "2")),
    # namespaces
    Expectation("does not see the exam's folder", "full", "mount", fails("sees the canary", ABSENT)),
    Expectation("does not see other processes", "full", "pid", fails("lists processes", ABSENT, DENIED)),
    Expectation("can never hold a capability", "full", "capabilities", status_is("CapBnd", NO_CAPABILITY)),
    Expectation("is another user", "full", "user", is_another_user),
    Expectation("has processes of its own", "full", "pid", own_namespace("pid")),
    Expectation("has a network of its own", "full", "net", own_namespace("net")),
    Expectation("has shared memory of its own", "full", "ipc", own_namespace("ipc")),
    Expectation("has a host name of its own", "full", "uts", own_namespace("uts")),
    Expectation("has mounts of its own", "full", "mount", own_namespace("mnt")),
)


REMEDIES = {  # missing layer -> what to do about it
    "namespaces": "sysctl user.max_user_namespaces=15000 kernel.apparmor_restrict_unprivileged_userns=0, or grade as "
    "root; in a container, allow unshare and mount (--security-opt seccomp=unconfined --cap-add SYS_ADMIN)",
    "landlock": "boot a kernel of 5.13 or later with lsm=landlock,... (in a container, allow its system calls)",
    "seccomp": "grade on x86_64 or aarch64 with a kernel that has CONFIG_SECCOMP_FILTER",
    "libraries": "make Python and its packages readable for everybody (chmod -R o+rX), or grade as an ordinary user",
}


@dataclass(frozen=True)
class Proof:
    """The tier that the evidence proves, and the reasons why it is not a stronger one."""

    evidence: Evidence

    @cached_property
    def unmet(self) -> tuple[Expectation, ...]:
        """The expectations that do not hold, those of the weakest tier first."""
        failed = (expectation for expectation in EXPECTATIONS if not expectation.holds(self.evidence))
        return tuple(sorted(failed, key=lambda expectation: -TIERS.index(expectation.tier)))

    @cached_property
    def tier(self) -> Tier:
        """The strongest tier whose expectations all hold, and those of all weaker tiers too."""
        failed = {expectation.tier for expectation in self.unmet}
        reached: Tier = "none"
        for tier in reversed(TIERS[:-1]):
            if tier in failed:
                break
            reached = tier
        return reached

    @property
    def isolation(self) -> Isolation:
        """The tier, with a reason unless it is `full`."""
        return Isolation(self.tier, self._reason, self.line)

    @property
    def line(self) -> str:
        """How many promises of each tier hold, and on which machine."""
        counts = []
        for tier in reversed(TIERS[:-1]):
            promised = [one for one in EXPECTATIONS if one.tier == tier]
            held = sum(one not in self.unmet for one in promised)
            counts.append(f"{held} of {len(promised)} promises of `{tier}`")
        machine = f"{platform.system()} {platform.release()} on {platform.machine()}"
        return f"a process that tried to break out proved {', '.join(counts)}; {machine}"

    @property
    def _reason(self) -> str:
        if not self.unmet:
            return ""
        if self.tier == "landlock" and "namespaces" in self.evidence.failures:
            return f"no namespaces ({self.evidence.failures['namespaces']})"
        first = self.unmet[0]
        why = self.evidence.failures.get(first.layer) or self.evidence.attempts.get(first.sentence, "")
        return f"not proved: {first.sentence}" + (f" ({first.layer}: {why})" if why else "")

    @property
    def remedy(self) -> str:
        """How to fix the first expectation that does not hold; empty if all hold."""
        for expectation in self.unmet:
            layer = "namespaces" if "namespaces" in self.evidence.failures else expectation.layer
            return REMEDIES.get(layer, REMEDIES.get(expectation.layer, ""))
        return ""


def reaches(tier: str, required: str) -> bool:
    """Whether `tier` is at least as strong as `required`."""
    return TIERS.index(tier) <= TIERS.index(required)
