"""Makes the picture of each milestone with the solution, as a student who has solved everything gets it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from autograder.grading import NotReached, ask_milestones
from autograder.lint.finding import Finding
from autograder.model import Exam, Grade, Submission
from autograder.sandbox import Sandbox

LONGEST_TITLE = 60  # characters
BEGINS = "Your "


def milestone_findings(exam: Exam, grade: Grade, solution: Submission, sandbox: Sandbox) -> Iterator[Finding]:
    """Find milestones without a picture or a text, with titles that no student understands, and with unknown names.

    Those that show a training that the exam leaves out get no picture here.
    """
    everything = [(exercise.name, one) for exercise in exam.exercises for one in exercise.milestones]
    counts = Counter(one.title for _, one in everything)
    for exercise, one in everything:
        place = f"the milestone {one.name}"
        if not one.title.startswith(BEGINS):
            text = f"{place} does not begin with “{BEGINS.strip()}”; write what the student has reached"
            yield Finding(exercise, "milestone", text)
        if len(one.title) > LONGEST_TITLE or one.title.endswith("."):
            text = f"{place} has a title of {len(one.title)} characters; use {LONGEST_TITLE} at most, and no full stop"
            yield Finding(exercise, "milestone", text)
        if counts[one.title] > 1:
            yield Finding(exercise, "milestone", f"{place} has the title of another one: “{one.title}”")
        if not one.text:
            text = f"{place} has no second paragraph in its docstring, which describes the picture"
            yield Finding(exercise, "milestone", text)
        for name in one.exercises:
            if name not in exam.names:
                yield Finding(exercise, "milestone", f"{place} needs {name}, which is no exercise of {exam.assignment}")
    trained = {check.name for one in exam.exercises for check in one.checks if check.training}
    drawn = [one for _, one in everything if not one.trained or one.trained in trained]
    for found in ask_milestones(drawn, grade, exam, solution, sandbox):
        if isinstance(found, NotReached):
            text = f"the solution gets no picture of the milestone {found.name}: {found.why}"
            yield Finding(found.exercise, "milestone", text)
