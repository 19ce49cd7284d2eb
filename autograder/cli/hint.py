"""`grade hint`: one step further with one exercise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.common import MistakeError, handed_in, make_console, progress
from autograder.suggest import suggestion

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.model import Exam, ExamExercise, Grade


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("assignment")
@click.argument("exercise")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--again", is_flag=True, help="Begin with the first hint again.")
@click.option("-v", "--verbose", is_flag=True, help="Show where a fault of torchgrade happened.")
def command(assignment: str, exercise: str, path: Path | None, again: bool, verbose: bool) -> None:
    """Give the next hint for EXERCISE of ASSIGNMENT, for example: grade hint exercise3 UNet

    First comes what your answers show, if they are those of a misconception that is known. Then a nudge, then the idea,
    then the place in the chapter: each call goes one step further.
    """
    from autograder.course import CourseError, find_course
    from autograder.exam import ExamFileError, exam_for
    from autograder.handout import read_hints_shown, write_hints_shown
    from autograder.text import ascii_only, clean, points

    console = make_console()
    spell = str if "utf" in (console.encoding or "").lower() else ascii_only
    try:
        with progress(make_console(stderr=True)) as tell:
            course = find_course(Path.cwd(), assignment)
            tell("Preparing the exam")
            exam = exam_for(course, assignment, 0)
            asked = _exercise(exam, exercise)
            tell(f"Looking at {asked.name}")
            graded = _graded(course, exam, asked, path)
    except (CourseError, ExamFileError) as error:
        raise MistakeError(str(error)) from None
    result = graded.sections[0].exercises[0]
    console.print(f"{asked.name}: {points(result.earned)}/{points(asked.points)} points", style="bold")
    if result.earned >= sum(check.points for check in result.checks):
        trains = result.earned < asked.points
        console.print(
            "All that needs no training passes." if trains else "It is complete; there is nothing to hint at."
        )
        return
    if graded.notes and not result.earned and not result.not_started:
        for note in graded.notes:
            console.print(spell(f"\n{clean(note)}"))
        return
    for told in dict.fromkeys(check.hint for check in result.checks if check.hint):
        console.print(spell(f"What your answers show: {clean(told)}"))
    if not asked.hints:
        console.print("There are no hints for this exercise.")
        return
    seen = read_hints_shown(course.folder, assignment)
    number = min(0 if again else seen.get(asked.name, 0), len(asked.hints) - 1)
    console.print(spell(f"\nHint {number + 1} of {len(asked.hints)}: {' '.join(asked.hints[number].split())}"))
    try:
        write_hints_shown(course.folder, assignment, {**seen, asked.name: number + 1})
    except OSError as error:  # the next call would give the same hint again
        for later in range(number + 1, len(asked.hints)):
            console.print(spell(f"\nHint {later + 1} of {len(asked.hints)}: {' '.join(asked.hints[later].split())}"))
        console.print(f"\nAll at once, since it cannot be remembered: {error.strerror}.", style="bright_black")
        return
    if number + 1 < len(asked.hints):
        console.print(f"\nStill stuck? The same command gives hint {number + 2}.", style="bright_black")


def _exercise(exam: Exam, name: str) -> ExamExercise:
    """The exercise of this name, however it is spelt."""
    known = {exercise.name.lower(): exercise for exercise in exam.exercises}
    if name.lower() in known:
        return known[name.lower()]
    for section in exam.sections:
        if section.name == name and len(section.exercises) == 1:
            return section.exercises[0]
        if section.name == name:
            names = ", ".join(exercise.name for exercise in section.exercises)
            raise MistakeError(f"{name} is a section; its exercises are {names}.")
    told = suggestion(name, [one.name for one in exam.exercises])
    raise MistakeError(f"There is no exercise {name!r} in {exam.assignment}; {told}")


def _graded(course: Course, exam: Exam, asked: ExamExercise, path: Path | None) -> Grade:
    """How the student's work on the exercise stands, training left out."""
    from autograder.exam import only, without_training
    from autograder.grading import grade
    from autograder.sandbox import Sandbox

    submission = handed_in(course, exam.assignment, path)
    with Sandbox() as sandbox:
        return grade(without_training(only(exam, [asked.name])), submission, sandbox)
