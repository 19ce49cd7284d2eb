"""The tier is proved: a layer that is left out is noticed, whatever the others cover; a weak sandbox is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox.inside import seccomp
from autograder.sandbox.inside.constants import LAYERS, parse_layers
from autograder.sandbox.launch import SandboxError
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.tier import EXPECTATIONS, Evidence, Proof, reaches
from tests.support.course import ROOT


@pytest.fixture(scope="module")
def whole() -> Proof:
    with Sandbox() as sandbox:
        return sandbox.proof()


@pytest.mark.parametrize("layer", LAYERS)
def test_missing_layer_is_noticed(whole: Proof, layer: str) -> None:
    if layer in {expectation.layer for expectation in whole.unmet} or (layer == "mount" and whole.tier != "full"):
        pytest.skip(f"this machine does not give {layer} anyway: {whole.isolation.reason}")
    with Sandbox(leave_out=[layer]) as sandbox:
        proof = sandbox.proof()
    assert layer in {expectation.layer for expectation in proof.unmet}
    assert proof.tier != whole.tier


def test_machine_without_mounts_reaches_landlock(whole: Proof) -> None:
    """A container may permit pid namespaces and refuse mounts: the proof must watch the right process."""
    command = [sys.executable, "-m", "tests.support.without_mounts", sys.executable, "-m", "autograder", "doctor"]
    done = subprocess.run([*command, "--json"], cwd=ROOT, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)["isolation"]
    assert found["tier"] == ("landlock" if reaches(whole.tier, "landlock") else whole.tier), done.stderr
    assert "no /proc of its own: Operation not permitted" in found["reason"] or whole.tier != "full"


def test_every_layer_is_proved_by_something() -> None:
    assert set(LAYERS) <= {expectation.layer for expectation in EXPECTATIONS}


def test_no_child_of_a_sandbox_without_a_tier(whole: Proof) -> None:
    with (
        Sandbox(leave_out=["descriptors"]) as sandbox,
        pytest.raises(SandboxError, match="has no file descriptor but its own"),
        sandbox.child(),
    ):
        pass


def test_training_children_are_proved_as_well(sandbox: Sandbox) -> None:
    assert sandbox.proof(training=True).tier == sandbox.proof().tier


def test_tier_is_the_best_whose_every_expectation_held(whole: Proof) -> None:
    evidence = whole.evidence
    met = {**evidence.attempts, "opens a socket": ""}
    weak = Proof(Evidence(met, evidence.status, evidence.separate, evidence.failures, evidence.as_root))
    assert weak.tier == "process"
    assert weak.isolation.reason == "not proved: cannot open a socket"
    nothing = Proof(Evidence({}, {}, frozenset(), {}, as_root=True))
    assert nothing.tier == "none"


def test_line_of_a_proof_counts_its_promises(whole: Proof) -> None:
    """The reader of a grade sees what was proved when it was made."""
    nothing = Proof(Evidence({}, {}, frozenset(), {}, as_root=True))
    counts = [sum(one.tier == tier for one in EXPECTATIONS) for tier in ("process", "landlock", "full")]
    assert "0 of {} promises of `process`, 0 of {} promises of `landlock`".format(*counts) in nothing.isolation.proved
    if whole.tier == "full":
        proved = "{0} of {0} promises of `process`, {1} of {1} promises of `landlock`, {2} of {2} promises of `full`"
        assert proved.format(*counts) in whole.isolation.proved


def test_unknown_layer_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no layer seccmp"):
        parse_layers(["seccmp"])
    assert parse_layers(["namespaces"]) == {"user", "pid", "net", "ipc", "uts", "mount"}


@pytest.mark.parametrize(("tier", "required", "enough"), [("full", "landlock", True), ("process", "landlock", False)])
def test_stronger_tier_is_enough(tier: str, required: str, enough: bool) -> None:
    assert reaches(tier, required) is enough


@pytest.mark.parametrize("column", [0, 1])
def test_jumps_of_the_filter_stay_within_it(column: int) -> None:
    program = seccomp.program(column, 1)
    for index, (code, yes, no, _) in enumerate(program):
        if code in (seccomp.EQUAL, seccomp.AT_LEAST, seccomp.ANY_BIT):
            assert max(index + 1 + yes, index + 1 + no) < len(program)
    assert program[-1] == (seccomp.RETURN, 0, 0, seccomp.ALLOW)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_filter_decides_as_it_should(machine: str) -> None:
    """The filter, run by a small interpreter of classic BPF, on the calls that matter most."""
    column = {"x86_64": 0, "aarch64": 1}[machine]
    program = seccomp.program(column, pid=7)
    arch = seccomp.AUDIT_ARCH[column]

    def verdict(number: int, first: int = 0, arch: int = arch) -> int:
        data = {seccomp.NR: number, seccomp.ARCH: arch, seccomp.ARG0: first}
        value, at = 0, 0
        while True:
            code, yes, no, operand = program[at]
            at += 1
            if code == seccomp.RETURN:
                return operand
            if code == seccomp.LOAD:
                value = data[operand]
                continue
            truth = {
                seccomp.EQUAL: value == operand,
                seccomp.AT_LEAST: value >= operand,
                seccomp.ANY_BIT: bool(value & operand),
            }[code]
            at += yes if truth else no

    refused, absent = seccomp.ERRNO | 1, seccomp.ERRNO | 38
    read, clone, exit_group, mmap = ((0, 63), (56, 220), (231, 94), (9, 222))
    for numbers in (read, exit_group, mmap):
        assert verdict(numbers[column]) == seccomp.ALLOW
    assert verdict(clone[column], 0x01200011) == refused  # fork
    assert verdict(clone[column], 0x3D0F00) == seccomp.ALLOW  # pthread_create
    assert verdict(435) == absent  # clone3
    assert verdict(500) == absent  # a call of the future
    calls = [numbers[column] for numbers in seccomp.REFUSED.values()]
    assert {verdict(number) for number in calls if number is not None} == {refused}
    assert verdict(seccomp.TGKILL[column], 7) == seccomp.ALLOW
    assert verdict(seccomp.TGKILL[column], 8) == refused
    assert verdict(seccomp.PRLIMIT[column], 0) == seccomp.ALLOW
    assert verdict(seccomp.PRLIMIT[column], 8) == refused
    assert verdict(read[column], arch=0x40000003) == seccomp.KILL_PROCESS  # 32-bit calls
    assert verdict(read[column] | seccomp.X32) == seccomp.KILL_PROCESS


def grade(*arguments: str, without: str = "") -> subprocess.CompletedProcess[str]:
    """A run of `grade`, in a sandbox without these layers."""
    code = f"""
import sys
from autograder.sandbox import sandbox as process
whole = process.Sandbox.__init__
left_out = {without.split(",") if without else []!r}
process.Sandbox.__init__ = lambda self, **settings: whole(self, **settings, leave_out=left_out)
from autograder.cli import main
sys.argv = ["grade", *{list(arguments)!r}]
main()
"""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=os.environ, check=False)


def test_too_weak_a_sandbox_is_refused_before_grading(cached_exam: None) -> None:
    done = grade("exercise3", "--only", "output_size", "--require-isolation", "landlock", without="landlock")
    assert done.returncode == 4
    assert done.stdout == ""
    assert "reaches only the tier process here, not landlock" in done.stderr
    assert "To fix it: " in done.stderr


def test_tier_is_shown_in_the_terminal_and_in_the_grade(cached_exam: None, whole: Proof, tmp_path: Path) -> None:
    done = grade("exercise3", "--only", "linear_params", "--json", str(tmp_path / "grade.json"))
    assert done.returncode == 0
    assert f"isolation: {whole.tier}" in done.stdout
    assert f'"tier": "{whole.tier}"' in (tmp_path / "grade.json").read_text(encoding="utf-8")


def test_doctor_shows_what_is_missing_and_how_to_fix_it() -> None:
    done = grade("doctor", without="landlock")
    assert done.returncode == 4
    assert "isolation        process" in done.stdout
    assert "a submission is stopped by Landlock at the root: not so" in done.stdout
    assert "lsm=landlock" in done.stdout


def test_doctor_is_content_with_a_good_machine(whole: Proof) -> None:
    done = grade("doctor", "--verbose")
    assert f"isolation        {whole.tier}" in done.stdout
    assert "✓ torch" in done.stdout
    assert done.returncode == (0 if reaches(whole.tier, "landlock") else 4)
