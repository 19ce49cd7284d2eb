"""The exam: the questions of an assignment with their expected answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.model.answers import Answer, Question, Value

VARIABLE = "value"  # the probe that reads a variable


@dataclass(frozen=True)
class InnerCall:
    """A call of another exercise that the reference makes while it answers an item, and the right answer to it.

    `arguments` has all arguments by the names in `signature`, defaults included.
    """

    target: str
    signature: str
    arguments: Mapping[str, Value]
    answer: Answer


@dataclass(frozen=True)
class Item:
    """One question of a check, the call as a student would write it, and the right answers.

    `picture_items` are asked only for the picture of a wrong answer, after the verdicts stand. `inner_calls` answer an
    exercise that calls a wrong function of the student's. `traces` are what the right networks compute step by step,
    the answers to `trace_question`.
    """

    call: str
    question: Question
    expected: tuple[Answer, ...]
    picture_items: tuple[Item, ...] = ()
    inner_calls: tuple[InnerCall, ...] = ()
    traces: Sequence[Answer] = ()

    @property
    def trace_question(self) -> Question:
        """The question after the steps behind the answer."""
        return replace(self.question, probe="trace")


@dataclass(frozen=True)
class ExamCheck:
    """One property of an exercise, worth points.

    `by_value`: the comparator compares with the expected values, so that a misconception is known by its answers. All
    `items` ask the same `probe`; they may be made only when somebody looks at them.
    """

    name: str
    title: str
    points: float
    comparator: str
    parameters: Mapping[str, Value]
    items: Sequence[Item]
    needs: tuple[str, ...] = ()
    counts_with: tuple[str, ...] = ()
    hidden: bool = False
    training: bool = False
    measure: str = ""
    seconds: float = 10.0
    picture: str = ""
    by_value: bool = True
    probe: str = ""

    @property
    def reads_variable(self) -> bool:
        return self.probe == VARIABLE


@dataclass(frozen=True)
class ExamMisconception:
    """A wrong implementation that students write: its hint, and its answers where they differ from the right ones.

    `answers` maps a check's name to one answer per item of that check.
    """

    name: str
    hint: str
    answers: Mapping[str, tuple[Answer, ...]]


@dataclass(frozen=True)
class Inherited:
    """What right code answers that uses another exercise, a class, with a misconception in it.

    Each of the `ways`, one for each right answer of the author's, holds the checks in which this differs from the right
    answers, one answer per item.
    """

    exercise: str
    misconception: str
    ways: Sequence[Mapping[str, tuple[Answer, ...]]]


@dataclass(frozen=True)
class CourseImage:
    """An image of the course that a milestone shows, with its caption."""

    caption: str
    values: Value


@dataclass(frozen=True)
class ExamMilestone:
    """What right code of an exercise amounts to, with a picture made from what this code returns.

    It is reached when all `exercises` are right, and is worth no points. The items of `check` are asked then, and the
    `call` of each is its caption. With `trained`, the name of a check that trains, nothing more is asked. `drawing` is
    the course's own function that draws; without it, arrays are drawn as they are.
    """

    name: str
    title: str
    text: str
    exercises: tuple[str, ...]
    check: ExamCheck
    images: Sequence[CourseImage] = ()
    drawing: str = ""
    trained: str = ""


@dataclass(frozen=True)
class ExamExercise:
    """One function or class to write; `hints` are shown one at a time, and the first one says least.

    `full_points` includes hidden checks. It differs from `points` only in sealed exams, which leave hidden checks out.
    `requires` are names that its code has to use, and `forbids` those that it has to do without. `uses` are the other
    exercises, classes, that the reference uses in it, and `inherited` their mistakes. What takes long to make, `uses`
    among it, may be made only when somebody looks at it.
    """

    name: str
    points: float
    signature: str
    checks: tuple[ExamCheck, ...]
    misconceptions: Sequence[ExamMisconception] = ()
    hints: tuple[str, ...] = ()
    full_points: float = 0.0
    requires: tuple[str, ...] = ()
    forbids: tuple[str, ...] = ()
    uses: Sequence[str] = ()
    inherited: Sequence[Inherited] = ()
    milestones: tuple[ExamMilestone, ...] = ()


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
    course's own modules, name -> text; they run only in a sandbox. `others` are the names of exercises that are not in
    this part of the exam, and `beside` holds their sections: an exercise may use them. A sealed exam hides from
    students which answers to a quiz are right until they have made `quiz_after` attempts; 0 hides nothing.
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
    others: tuple[str, ...] = ()
    beside: tuple[ExamSection, ...] = ()
    quiz_after: int = 0

    @property
    def exercises(self) -> tuple[ExamExercise, ...]:
        return tuple(exercise for section in self.sections for exercise in section.exercises)

    @property
    def names(self) -> frozenset[str]:
        """The names of all exercises of the assignment."""
        return frozenset(self.others).union(exercise.name for exercise in self.exercises)
