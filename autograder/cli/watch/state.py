"""The state of a watch: all that its screen is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from autograder.cli.watch.overlays import Overlay
from autograder.cli.watch.solution import Comparison
from autograder.cli.watch.verdicts import Verdicts
from autograder.model import Exam, ExamExercise, ExamSection, Submission

COMPLETE = "This exercise is complete; it needs no hint."


@dataclass(frozen=True)
class Training:
    """The training of one exercise, as the submission defines it."""

    exercise: str
    submission: Submission


@dataclass(frozen=True)
class Page:
    """The exercise that is shown, with `lists_all` the list of all exercises, or an `overlay` in its place."""

    exercise: str
    lists_all: bool = False
    hint: str = ""
    comparison: Comparison | None = None  # with the model solution
    overlay: Overlay = ""
    scrolled: int = 0  # lines


@dataclass(frozen=True)
class State:
    """What is known and what happens now; `update.py` makes the next state.

    With `trains`, trainings start without a key. `activity` says what the grader does, `message` what happened last,
    `problem` why the files cannot be read; `notes` are about the files. `size` is columns and lines. `outputs` are what
    files printed, by exercise. `searched` is the part of a name that is being typed, None if none is.
    """

    verdicts: Verdicts
    page: Page
    trains: bool
    submission: Submission | None = None
    training: Training | None = None
    activity: str = "starting the sandbox"
    message: str = ""
    problem: str = ""
    notes: tuple[str, ...] = ()
    outputs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    searched: str | None = None
    size: tuple[int, int] = (80, 24)
    exit_status: int | None = None
    fault: BaseException | None = None

    @property
    def place(self) -> tuple[ExamSection, ExamExercise]:
        """The exercise that is shown, and its section."""
        sections = self.verdicts.exam.sections
        return next((s, e) for s in sections for e in s.exercises if e.name == self.page.exercise)


def first_state(exam: Exam, passed: frozenset[str], trains: bool) -> State:
    """Show the first exercise that did not pass in an earlier run."""
    names = [exercise.name for exercise in exam.exercises]
    first = next((name for name in names if name not in passed), names[0])
    return State(Verdicts(exam, passed, passed), Page(first), trains)


def show_exercise(state: State, name: str) -> State:
    """Show an exercise from its top, without hint and model solution."""
    return replace(state, page=Page(name, state.page.lists_all), message="")


def start_training(state: State) -> State:
    """Mark the current exercise for training, unless a training runs or this exercise was trained already."""
    name = state.page.exercise
    if state.training is not None or state.submission is None or name in state.verdicts.trained:
        return state
    return replace(state, training=Training(name, state.submission))


def train_if_due(state: State) -> State:
    """Train the exercise that is shown if only its trainings are left; trainings of an earlier run count."""
    _, exercise = state.place
    due = state.verdicts.is_untrained(exercise) and exercise.name not in state.verdicts.passed_earlier
    return start_training(state) if state.trains and due else state
