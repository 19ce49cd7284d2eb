"""Which isolation tier holds on this machine: proved by attempts from within and the kernel's word, not assumed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from autograder.model import Isolation

Tier = Literal["full", "landlock", "process", "none"]
TIERS: tuple[Tier, ...] = ("full", "landlock", "process", "none")  # the strongest first


@dataclass(frozen=True)
class Evidence:
    """What a closed child met, what the kernel says about it, and why a layer is missing.

    `attempts` are errors by attempt, empty where it succeeded; `status` is the child's /proc/PID/status; `separate`
    are its namespaces that are not the host's.
    """

    attempts: Mapping[str, str]
    status: Mapping[str, str]
    separate: frozenset[str]
    failures: Mapping[str, str]
    as_root: bool  # the judge is


@dataclass(frozen=True)
class Expectation:
    """One thing that a tier promises; `holds` decides on the evidence, `layer` is what makes it so."""

    sentence: str
    tier: Tier  # the weakest that promises it
    layer: str
    holds: Callable[[Evidence], bool]


def refused(attempt: str, *errors: str) -> Callable[[Evidence], bool]:
    """The attempt failed, with one of these errors if any are named."""

    def holds(evidence: Evidence) -> bool:
        met = evidence.attempts.get(attempt, "")
        return any(error in met for error in errors) if errors else bool(met)

    return holds


def works(attempt: str) -> Callable[[Evidence], bool]:
    """The attempt succeeded."""
    return lambda evidence: evidence.attempts.get(attempt) == ""


def separate(kind: str) -> Callable[[Evidence], bool]:
    """The child has a namespace of this kind of its own."""
    return lambda evidence: kind in evidence.separate


def says(key: str, value: str) -> Callable[[Evidence], bool]:
    """The kernel's status of the child has this value; of numbers with several columns, in each."""
    return lambda evidence: set(evidence.status.get(key, "").split()) == {value}


def other_user(evidence: Evidence) -> bool:
    """A root grader's child runs as nobody, an ordinary user's child in a user namespace of its own."""
    if evidence.as_root:
        return "0" not in evidence.status.get("Uid", "0").split()
    return "user" in evidence.separate


NO_CAPABILITY = "0000000000000000"
DENIED = "PermissionError"
ABSENT = "FileNotFoundError"
EXPECTATIONS = (
    # what a submission needs, in every tier
    Expectation("writes into its own folder", "process", "folder", works("writes into its folder")),
    Expectation("starts a thread", "process", "limits", works("starts a thread")),
    Expectation("reads Python's library", "process", "libraries", works("reads Python's library")),
    Expectation("reads torch's library", "process", "libraries", works("reads torch's library")),
    Expectation("computes with torch", "process", "libraries", works("computes")),
    Expectation("has no environment but its own", "process", "environment", refused("finds a foreign variable")),
    Expectation("has no file descriptor but its own", "process", "descriptors", refused("finds a foreign descriptor")),
    Expectation("cannot raise its limits", "process", "limits", refused("raises its limits")),
    Expectation("cannot outgrow its memory", "process", "limits", refused("takes too much memory")),
    Expectation("cannot fill the disk", "process", "limits", refused("fills the disk")),
    # files
    Expectation("cannot read the exam's folder", "landlock", "landlock", refused("reads the canary")),
    Expectation("cannot read the home folder", "landlock", "landlock", refused("lists the home folder")),
    Expectation("cannot read /etc/passwd", "landlock", "landlock", refused("reads /etc/passwd")),
    Expectation("is stopped by Landlock at the root", "landlock", "landlock", refused("lists the root", DENIED)),
    Expectation("cannot write beside the exam", "landlock", "landlock", refused("writes beside the canary")),
    Expectation("cannot write into /tmp", "landlock", "landlock", refused("writes into /tmp")),
    Expectation("cannot change libraries", "landlock", "landlock", refused("writes beside Python's library")),
    # processes and the kernel
    Expectation("cannot open a socket", "landlock", "seccomp", refused("opens a socket", DENIED)),
    Expectation("cannot open a socket of files", "landlock", "seccomp", refused("opens a socket of files", DENIED)),
    Expectation("cannot fork", "landlock", "seccomp", refused("forks", DENIED)),
    Expectation("cannot execute", "landlock", "seccomp", refused("executes", DENIED)),
    Expectation("cannot signal", "landlock", "seccomp", refused("signals the judge", DENIED)),
    Expectation("cannot signal its parent", "landlock", "seccomp", refused("signals its parent", DENIED)),
    Expectation("cannot trace", "landlock", "seccomp", refused("traces the judge")),
    Expectation("cannot hide memory", "landlock", "seccomp", refused("makes memory without address space", DENIED)),
    Expectation("has no capability", "landlock", "capabilities", says("CapEff", NO_CAPABILITY)),
    Expectation("can regain no capability", "landlock", "capabilities", says("CapPrm", NO_CAPABILITY)),
    Expectation("can gain no privilege", "landlock", "seccomp", says("NoNewPrivs", "1")),
    Expectation("is under a filter of system calls", "landlock", "seccomp", says("Seccomp", "2")),
    # namespaces
    Expectation("does not see the exam's folder", "full", "mount", refused("sees the canary", ABSENT)),
    Expectation("does not see other processes", "full", "pid", refused("lists processes", ABSENT, DENIED)),
    Expectation("can never hold a capability", "full", "capabilities", says("CapBnd", NO_CAPABILITY)),
    Expectation("is another user", "full", "user", other_user),
    Expectation("has processes of its own", "full", "pid", separate("pid")),
    Expectation("has a network of its own", "full", "net", separate("net")),
    Expectation("has shared memory of its own", "full", "ipc", separate("ipc")),
    Expectation("has a host name of its own", "full", "uts", separate("uts")),
    Expectation("has mounts of its own", "full", "mount", separate("mnt")),
)


# What to do where a layer is missing, by the layer, in one line.
REMEDIES = {
    "namespaces": "sysctl user.max_user_namespaces=15000 kernel.apparmor_restrict_unprivileged_userns=0, or grade as "
    "root; in a container, allow unshare and mount (--security-opt seccomp=unconfined --cap-add SYS_ADMIN)",
    "landlock": "boot a kernel of 5.13 or later with lsm=landlock,... (in a container, allow its system calls)",
    "seccomp": "grade on x86_64 or aarch64 with a kernel that has CONFIG_SECCOMP_FILTER",
    "libraries": "make Python and its packages readable for everybody (chmod -R o+rX), or grade as an ordinary user",
}


@dataclass(frozen=True)
class Proof:
    """The tier that was reached, and what keeps it from being the next stronger one."""

    evidence: Evidence

    @cached_property
    def unmet(self) -> tuple[Expectation, ...]:
        """The expectations that did not hold, those of the weakest tier first."""
        failed = (expectation for expectation in EXPECTATIONS if not expectation.holds(self.evidence))
        return tuple(sorted(failed, key=lambda expectation: -TIERS.index(expectation.tier)))

    @cached_property
    def tier(self) -> Tier:
        """The best tier whose every expectation held, those of the weaker ones included."""
        missed = {expectation.tier for expectation in self.unmet}
        reached: Tier = "none"
        for tier in reversed(TIERS[:-1]):
            if tier in missed:
                break
            reached = tier
        return reached

    @property
    def isolation(self) -> Isolation:
        """The tier, and a sentence of reason where it is not the best."""
        if not self.unmet:
            return Isolation(self.tier)
        if self.tier == "landlock" and "namespaces" in self.evidence.failures:
            return Isolation(self.tier, f"no namespaces ({self.evidence.failures['namespaces']})")
        first = self.unmet[0]
        why = self.evidence.failures.get(first.layer) or self.evidence.attempts.get(first.sentence, "")
        return Isolation(self.tier, f"not proved: {first.sentence}" + (f" ({first.layer}: {why})" if why else ""))

    @property
    def remedy(self) -> str:
        """What to do about the first thing that is missing; empty if nothing is."""
        for expectation in self.unmet:
            layer = "namespaces" if "namespaces" in self.evidence.failures else expectation.layer
            return REMEDIES.get(layer, REMEDIES.get(expectation.layer, ""))
        return ""


def reaches(tier: str, required: str) -> bool:
    """Whether a tier is at least the required one."""
    return TIERS.index(tier) <= TIERS.index(required)
