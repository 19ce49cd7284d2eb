"""What a student hands in, and the verdicts on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Verdict = Literal["passed", "failed", "raised", "stopped", "skipped", "not shown"]


@dataclass(frozen=True)
class SourceFile:
    """One Python file or notebook of a submission, as text that nobody has run or parsed.

    `name` is its path within the submission. A `.py` file is one cell; a notebook has a cell for each code cell.
    """

    name: str
    cells: tuple[str, ...]

    @property
    def module(self) -> str:
        """The name under which it can be imported: `manual_convolution` for `work/manual_convolution.py`."""
        return self.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    @property
    def is_notebook(self) -> bool:
        return self.name.endswith(".ipynb")


@dataclass(frozen=True)
class Submission:
    """What one student handed in; `problems` are sentences about files that could not be used."""

    student: str
    files: tuple[SourceFile, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Isolation:
    """What the sandbox could enforce on this machine: the tier, and a sentence of reason.

    `proved` says how many promises of each tier held when a process tried to break them.
    """

    tier: Literal["full", "landlock", "process", "none"]
    reason: str = ""
    proved: str = ""


@dataclass(frozen=True)
class Picture:
    """What a report may draw of a wrong answer to `call`: its kind, and all that the drawing needs, as plain data."""

    kind: str
    call: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Attempt:
    """One training of a check: what it reached, against which threshold, and its loss curves by name.

    `value` is None where nothing could be measured, and `reason` says why. `pictures` are rows of images for the
    figures: `noisy`, `theirs`, `clean`, each (n, height, width). `maps` are what the trained network looks like inside,
    by name, in the same form. `examples` are test images with a caption that says what the network makes of them.
    """

    seed: int
    value: float | None
    threshold: float
    passed: bool
    curves: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    reason: str = ""
    pictures: Mapping[str, Any] = field(default_factory=dict)
    maps: Mapping[str, Any] = field(default_factory=dict)
    examples: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ReachedMilestone:
    """A milestone of the exercise `exercise`, and its picture: `images` by caption, made from what right code returned.

    Each of the `images` is a uint8 array (n, height, width), and `text` describes the picture.
    """

    exercise: str
    name: str
    title: str
    text: str
    images: Mapping[str, Any]


@dataclass(frozen=True)
class CheckResult:
    """The verdict on one check; `attempts` are its trainings, if it trains, and `picture` is made only on request.

    `follows_from` are the student's wrong functions because of which the check did not pass at first. It passed when
    the right answers stood in their place. `given` is the short text or number that a variable holds, such as the
    letter of an option; empty for every other check. `seconds` is the time of its answers.

    The verdict `not shown` stands for several questions of a quiz whose verdicts the student does not see yet.
    """

    name: str
    title: str
    verdict: Verdict
    earned: float
    points: float
    feedback: str = ""
    misconception: str = ""
    hint: str = ""
    hidden: bool = False
    not_started: bool = False
    attempts: tuple[Attempt, ...] = ()
    picture: Picture | None = None
    follows_from: tuple[str, ...] = ()
    given: str = ""
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Repair:
    """The place in a student's code where a small change makes all checks pass that need no training.

    `line` counts from 1 in the file, or in the cell that `file` names. The place is `code`, the text of the line, from
    column `start` to `stop`, both 0 if it goes on in the next line. `edits` is the number of small changes that it
    takes; the place is that of the first. Nothing of this is scored.

    `diff` is the whole change, for instructors only: it is empty in all that students get, who are to find the change.

    With no edits, no change was found. The line, in the part `layer` of the network, is then the first one that makes
    of right values what the right network does not compute, or the last one of a network that ends too early.
    """

    file: str
    line: int
    code: str
    start: int
    stop: int
    kind: str
    edits: int
    layer: str = ""
    diff: str = ""


@dataclass(frozen=True)
class ExerciseResult:
    """The verdicts on one exercise; `file` is where it was found, `repair` what was found to be wrong there.

    `uses_wrong` are the other exercises that a wrong one uses and that are wrong too.
    """

    name: str
    earned: float
    points: float
    seconds: float
    checks: tuple[CheckResult, ...]
    file: str = ""
    repair: Repair | None = None
    uses_wrong: tuple[str, ...] = ()

    @property
    def not_started(self) -> bool:
        return bool(self.checks) and all(check.not_started for check in self.checks)

    @property
    def absent(self) -> bool:
        """Whether no file holds the exercise, under this name or a similar one."""
        return not (self.file or self.not_started or self.earned)

    @property
    def has_another_name(self) -> bool:
        """Whether no file holds the exercise under this name, but one holds a similar name."""
        missing = f"there is no `{self.name}`, but "
        return bool(self.file and self.checks) and self.checks[0].feedback.startswith(missing)


@dataclass(frozen=True)
class SectionResult:
    """The exercises of one section and what they earned."""

    name: str
    title: str
    extra: bool
    earned: float
    points: float
    exercises: tuple[ExerciseResult, ...]


@dataclass(frozen=True)
class Grade:
    """The verdicts on one submission.

    `earned` may pass `points` by extra credit; `extra` is the part of `earned` that came from extra sections.
    """

    assignment: str
    student: str
    earned: float
    points: float
    extra: float
    isolation: Isolation
    seed: int
    digest: str
    versions: Mapping[str, str]
    seconds: float
    sections: tuple[SectionResult, ...]
    notes: tuple[str, ...] = ()
    output: Mapping[str, str] = field(default_factory=dict)
