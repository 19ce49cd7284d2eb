"""Grade hostile and honest submissions at random for a long time, while things go wrong around the grader.

    python benchmarks/soak.py [--minutes 120] [--seed 0] [--tier full landlock process]

At random, a process of the sandbox is killed in the middle of a grade, the disk of the sandbox is full, or the clock
jumps back. Afterwards each honest submission must have all its points, and no hostile one more than its due. Every few
minutes the tool prints what the grader holds: memory, processes, file descriptors, temporary files. It ends with status
1 if a grade was wrong or something grew.

A full disk needs the right to mount a tmpfs. The clock is `time.time` of the grader: the clock of the machine stays.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import gc
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from autograder.exam import exam_for
from autograder.exam.subset import only
from autograder.grading import grade
from autograder.model import Exam, Grade, Submission
from autograder.sandbox import Limits, Sandbox, SandboxError
from autograder.submission import read_submission
from tests.support.course import COURSE, SUBMISSIONS
from tests.support.hostile.corpus import TIERS, Hostile, corpus
from tests.support.hostile.sandboxes import LEFT_OUT
from tests.support.hostile.targets import Targets, planted, processes
from tests.support.results import checks_of

ACCIDENTS = {"": 6, "kill": 2, "full disk": 1, "clock": 1}  # and how often
REPORT_SECONDS = 120
WARM_UP = 20  # grades before the first look at what the grader holds
GROWTH = 96  # MB of memory that the grader may grow by after the warm-up
DISK = 16  # MB of the disk of the sandbox


@dataclass
class Soak:
    """The state of a run: what was graded, what went wrong."""

    random: random.Random
    targets: Targets
    exam: Exam
    can_mount: bool
    killed: bool = False  # a process is killed during this grade
    after_kill: bool = False  # one was killed during the grade before, which may have ended first
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def fault(self, text: str) -> None:
        self.faults.append(text)
        print(f"FAULT {text}", flush=True)

    def run(self, tier: str, seconds: float) -> None:
        """Grade in one sandbox for so many seconds."""
        works = [one for one in corpus() if tier in one.tiers and not (one.alone or one.measured or one.seed)]
        works = [one for one in works if one.path.is_dir() or "@TABLE@" not in one.path.read_text()]
        honest = [(path, *self._asked(path)) for path in sorted((SUBMISSIONS / "passed").iterdir())]
        end, next_report, first = time.monotonic() + seconds, time.monotonic() + REPORT_SECONDS, None
        with Sandbox(leave_out=LEFT_OUT[tier]) as sandbox:
            if sandbox.isolation.tier != tier:
                print(f"{tier}: left out, this machine gives {sandbox.isolation.tier}", flush=True)
                return
            self.targets.hide_in(sandbox)
            done, before = 0, set[str]()
            while time.monotonic() < end:
                accident = self.random.choices(list(ACCIDENTS), list(ACCIDENTS.values()))[0]
                self.after_kill, self.killed = self.killed, accident == "kill"
                if self.random.random() < 0.5:
                    self._grade_honest(sandbox, tier, accident, *self.random.choice(honest))
                else:
                    self._grade_hostile(sandbox, tier, accident, self.random.choice(works))
                done += 1
                if done == WARM_UP:
                    before, first = self._rest(set()), held(sandbox)
                if first and time.monotonic() > next_report:
                    next_report = time.monotonic() + REPORT_SECONDS
                    self._compare(tier, before, first, sandbox)
            if first:
                self._compare(tier, before, first, sandbox)
        gc.collect()
        if left := processes(Path(sandbox._home)):
            self.fault(f"{tier}: processes {sorted(left)} live on")
        if Path(sandbox._home).exists():
            self.fault(f"{tier}: {sandbox._home} is left")

    def _grade_honest(
        self, sandbox: Sandbox, tier: str, accident: str, path: Path, work: Submission, exam: Exam
    ) -> None:
        with self._accident(accident, sandbox) as struck:
            result = self._graded(exam, work, sandbox, None, struck, f"{tier}: {path.name}")
        self.counts[f"honest {accident}".strip()] += 1
        if result is not None and not _wrong(result):
            return
        if accident in ("", "clock"):
            self.fault(f"{tier}: {path.name} lost points: {_wrong(result)}")
            return
        again = self._graded(exam, work, sandbox, None, False, f"{tier}: {path.name} again")
        if again is None or _wrong(again):
            self.fault(f"{tier}: {path.name} is wrong after an accident: {_wrong(again)}")

    def _grade_hostile(self, sandbox: Sandbox, tier: str, accident: str, hostile: Hostile) -> None:
        limits = Limits(memory=hostile.memory << 20, load_seconds=hostile.seconds or 10)
        work = hostile.submission(self.targets.texts)
        with self._accident(accident, sandbox) as struck:
            result = self._graded(hostile.asked(self.exam), work, sandbox, limits, struck, f"{tier}: {hostile.name}")
        self.counts[f"hostile {accident}".strip()] += 1
        for section in result.sections if result else ():
            for exercise in section.exercises:
                if exercise.earned > hostile.due.get(exercise.name, 0.0):
                    self.fault(f"{tier}: {hostile.name} earned {exercise.earned} for {exercise.name}")
        if result and self.targets.stolen(repr(result)):
            self.fault(f"{tier}: {hostile.name} shows a secret")
        self.targets.sweep()

    def _graded(
        self, exam: Exam, work: Submission, sandbox: Sandbox, limits: Limits | None, struck: bool, what: str
    ) -> Grade | None:
        """The grade; None if the sandbox failed because of an accident."""
        try:
            return grade(exam, work, sandbox, limits=limits, jobs=self.random.choice([1, 2]))
        except (SandboxError, OSError) as error:
            self.counts["refused"] += 1
            if self.after_kill and not struck:
                self.after_kill = False
                return self._graded(exam, work, sandbox, limits, struck, what)
            if not struck:
                self.fault(f"{what}: {type(error).__name__}: {error}")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
            self.fault(f"{what}: {type(error).__name__}: {error}")
        return None

    @contextlib.contextmanager
    def _accident(self, kind: str, sandbox: Sandbox) -> Iterator[bool]:
        """Let something go wrong inside the block; True if the sandbox may fail because of it."""
        if kind == "kill":
            stop = threading.Event()
            thread = threading.Thread(target=self._kill, args=(Path(sandbox._home), stop))
            thread.start()
            try:
                yield True
            finally:
                stop.set()
                thread.join()
        elif kind == "full disk" and self.can_mount:
            filler = self.targets.temp / "filler"
            with contextlib.suppress(OSError), filler.open("wb") as file:
                while True:
                    file.write(bytes(1 << 20))
            try:
                yield True
            finally:
                filler.unlink()
        elif kind == "clock":
            now = time.time
            time.time = lambda: now() - 86400.0
            try:
                yield False
            finally:
                time.time = now
        else:
            yield False

    def _kill(self, home: Path, stop: threading.Event) -> None:
        """Kill one process of the sandbox after a moment."""
        if not stop.wait(self.random.uniform(0.02, 1.0)):
            family = sorted(processes(home))
            if family:
                with contextlib.suppress(OSError):
                    os.kill(self.random.choice(family), signal.SIGKILL)
                self.counts["killed"] += 1

    def _asked(self, path: Path) -> tuple[Submission, Exam]:
        modules = {file.stem for file in path.iterdir()}
        sections = [one.name for one in self.exam.sections if one.name in modules or "exercise3" in modules]
        return read_submission(path), only(self.exam, sections)

    def _rest(self, before: set[str]) -> set[str]:
        """What is there while nothing is graded, without the processes, which change with each zygote."""
        deadline = time.monotonic() + 3
        while True:
            found = {one for one in self.targets.traces() if one.startswith("file")}
            if found <= before or time.monotonic() > deadline:
                return found
            time.sleep(0.1)

    def _compare(self, tier: str, before: set[str], first: dict[str, int], sandbox: Sandbox) -> None:
        now, left = held(sandbox), sorted(self._rest(before) - before)
        print(f"{tier}: {now}, at first {first}; {dict(self.counts)}", flush=True)
        if now["MB"] > first["MB"] + GROWTH:
            self.fault(f"{tier}: memory has grown from {first['MB']} to {now['MB']} MB")
        for name in "processes", "descriptors":
            if now[name] > first[name] + 6:  # a zygote for trainings may have come
                self.fault(f"{tier}: {name} have grown from {first[name]} to {now[name]}")
        folders = [one for one in left if Path(one.removeprefix("file ")).exists()]
        if len(folders) > 2:  # the folders of two zygotes
            self.fault(f"{tier}: left behind: {folders[:9]}")


def _wrong(result: Grade | None) -> list[str]:
    """The checks that have not passed, with what they say."""
    if result is None:
        return ["no grade"]
    return [f"{one.name}: {one.feedback[:200]}" for one in checks_of(result) if one.verdict != "passed"]


def held(sandbox: Sandbox) -> dict[str, int]:
    """What the grader holds at rest, without the memory that malloc keeps for later."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    lines = Path("/proc/self/status").read_text().splitlines()
    memory = next(int(line.split()[1]) >> 10 for line in lines if line.startswith("VmRSS:"))
    return {
        "MB": memory,
        "processes": len(processes(Path(sandbox._home))),
        "descriptors": len(list(Path("/proc/self/fd").iterdir())),
    }


def without_training(exam: Exam) -> Exam:
    """The exam without its long trainings."""
    sections = []
    for section in exam.sections:
        exercises = []
        for exercise in section.exercises:
            checks = tuple(check for check in exercise.checks if not check.measure)
            exercises.append(replace(exercise, checks=checks, points=sum(check.points for check in checks)))
        sections.append(replace(section, exercises=tuple(exercises)))
    return replace(exam, sections=tuple(sections))


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Mount a tmpfs at the folder; False if this is not permitted."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)


def main() -> None:
    parser = argparse.ArgumentParser(description="Grade at random for a long time.")
    parser.add_argument("--minutes", type=float, default=120, help="in all, shared among the tiers")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tier", nargs="+", default=list(TIERS), choices=TIERS)
    arguments = parser.parse_args()
    with contextlib.ExitStack() as stack:
        name = stack.enter_context(tempfile.TemporaryDirectory(prefix="soak-"))
        os.environ["XDG_CACHE_HOME"] = f"{name}/cache"  # secrets are planted there
        exam = without_training(exam_for(COURSE, "exercise3", 0))
        targets = stack.enter_context(planted(Path(name), Path(name) / "cache/torchgrade"))
        mounted = stack.enter_context(small_disk(targets.temp))
        print(f"full disk: {'tried' if mounted else 'left out'}", flush=True)
        soak = Soak(random.Random(arguments.seed), targets, exam, mounted)
        for tier in arguments.tier:
            soak.run(tier, 60 * arguments.minutes / len(arguments.tier))
        print(f"{dict(soak.counts)}; {len(soak.faults)} faults", flush=True)
    sys.exit(bool(soak.faults))


if __name__ == "__main__":
    main()
