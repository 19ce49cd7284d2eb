"""The nouns of grading: frozen dataclasses, without I/O and without torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np

    class NotPlain(Protocol):
        """Stands for a value that is no plain data: only the name of its type crossed the wall."""

        @property
        def type(self) -> str: ...

    Value: TypeAlias = (
        bool
        | int
        | float
        | str
        | np.ndarray[Any, Any]
        | NotPlain
        | Sequence["Value"]
        | Mapping[Any, "Value"]
        | Set["Value"]
        | None
    )
    """Plain data: what crosses the wall, and what authors give as arguments."""
else:
    Value = Any

Verdict = Literal["passed", "failed", "raised", "stopped", "skipped"]

StopKind = Literal[
    "time", "processor", "memory", "output", "files", "threads", "ended", "protocol", "interrupted", "not asked"
]
"""What ended the process; `not asked` where its time or its starts were used up before."""

RefusalKind = Literal["missing", "forbidden", "too large", "no module", "unfit"]
"""Why a probe could not answer: the exercise is missing, uses what is forbidden, or is not of the form asked for."""


@dataclass(frozen=True)
class Question:
    """All that enters the sandbox: what to do with which object of the student's, and with which arguments."""

    probe: str
    target: str
    args: tuple[Value, ...] = ()
    kwargs: Mapping[str, Value] = field(default_factory=dict)
    options: Mapping[str, Value] = field(default_factory=dict)
    forbids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Returned:
    """The probe came back with a value."""

    value: Value


@dataclass(frozen=True)
class Raised:
    """The student's code raised; `where` is the line of the student's file, if the error came through one.

    `kinds` are the names of the classes that the error belongs to, its own first.
    """

    error: str
    message: str = ""
    where: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stopped:
    """The sandbox ended before an answer came; `reason` ends the sentence "conv_output_size(28, 5) …"."""

    kind: StopKind
    reason: str


@dataclass(frozen=True)
class Refused:
    """The probe could not answer, and says why; `where` is the student's line, if it is about one.

    Errors of ours cross the wall in this form, so that a student's own class of the same name is not taken for them.
    """

    kind: RefusalKind
    message: str
    where: str = ""


Answer = Returned | Raised | Stopped | Refused


@dataclass(frozen=True)
class Item:
    """One question of a check, the call as a student would write it, and the right answers.

    `picture_items` are asked only for the picture of a wrong answer, after the verdicts stand.
    """

    call: str
    question: Question
    expected: tuple[Answer, ...]
    picture_items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class ExamCheck:
    """One property of an exercise, worth points.

    `by_value`: the comparator compares with the expected values, so that a misconception is known by its answers.
    """

    name: str
    title: str
    points: float
    comparator: str
    parameters: Mapping[str, Value]
    items: tuple[Item, ...]
    needs: tuple[str, ...] = ()
    counts_with: tuple[str, ...] = ()
    hidden: bool = False
    training: bool = False
    measure: str = ""
    seconds: float = 10.0
    picture: str = ""
    by_value: bool = True


@dataclass(frozen=True)
class ExamMisconception:
    """A wrong implementation that students write: its hint, and its answers where they differ from the right ones.

    `answers` maps a check's name to one answer per item of that check.
    """

    name: str
    hint: str
    answers: Mapping[str, tuple[Answer, ...]]


@dataclass(frozen=True)
class ExamExercise:
    """One function or class to write; `hints` are shown one at a time, and the first one says least.

    `full_points` includes hidden checks. It differs from `points` only in sealed exams, which leave hidden checks out.
    `requires` are names that its code has to use.
    """

    name: str
    points: float
    signature: str
    checks: tuple[ExamCheck, ...]
    misconceptions: tuple[ExamMisconception, ...] = ()
    hints: tuple[str, ...] = ()
    full_points: float = 0.0
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExamSection:
    """The exercises of one file of the assignment."""

    name: str
    title: str
    extra: bool
    exercises: tuple[ExamExercise, ...]


@dataclass(frozen=True)
class Exam:
    """The questions of an assignment with their expected answers, made from the reference and a seed.

    A sealed one, which is handed out, brings the `stubs` along, file name -> text. `probes` and `judging` are the
    course's own modules, name -> text; they run only in a sandbox.
    """

    assignment: str
    title: str
    seed: int
    digest: str
    versions: Mapping[str, str]
    sections: tuple[ExamSection, ...]
    sealed: bool = False
    stubs: Mapping[str, str] = field(default_factory=dict)
    probes: Mapping[str, str] = field(default_factory=dict)
    judging: Mapping[str, str] = field(default_factory=dict)

    @property
    def exercises(self) -> tuple[ExamExercise, ...]:
        return tuple(exercise for section in self.sections for exercise in section.exercises)


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
    """What the sandbox could enforce on this machine: the tier, and a sentence of reason."""

    tier: Literal["full", "landlock", "process", "none"]
    reason: str = ""


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
    by name, in the same form.
    """

    seed: int
    value: float | None
    threshold: float
    passed: bool
    curves: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    reason: str = ""
    pictures: Mapping[str, Any] = field(default_factory=dict)
    maps: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckResult:
    """The verdict on one check; `attempts` are its trainings, if it trains, and `picture` is made only on request."""

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


@dataclass(frozen=True)
class ExerciseResult:
    """The verdicts on one exercise; `file` is where it was found, and `output` what the code printed."""

    name: str
    earned: float
    points: float
    seconds: float
    checks: tuple[CheckResult, ...]
    file: str = ""

    @property
    def not_started(self) -> bool:
        return bool(self.checks) and all(check.not_started for check in self.checks)


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
