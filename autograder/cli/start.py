"""`grade start`: the stubs and the notebook, laid out for work."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.common import MistakeError, make_console, progress
from autograder.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from autograder.course import Course
    from autograder.handout import Workspace


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("assignment")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--reset", "names", multiple=True, metavar="NAME", help="Put this function or class back to how it began."
)
@click.option("--yes", is_flag=True, help="With --reset: do not ask.")
@click.option("-v", "--verbose", is_flag=True, help="Show where a fault of torchgrade happened.")
def command(assignment: str, folder: Path | None, names: tuple[str, ...], yes: bool, verbose: bool) -> None:
    """Lay out the stubs and the notebook of ASSIGNMENT in DIR/exercises/ASSIGNMENT.

    DIR is the course that you are in, or else the current folder. What is there already stays as it is, so that no work
    is lost; files that are missing come back. --reset gives one exercise a new beginning and keeps the file as it was
    beside it, as NAME.py.bak.
    """
    from autograder.course import CourseError, find_course
    from autograder.exam import ExamFileError
    from autograder.handout import StubError, WorkspaceError, create_workspace, read_stubs

    if folder is not None and folder.exists() and not folder.is_dir():
        raise MistakeError(f"{folder} is a file; name a folder.")
    try:
        course = find_course((folder or Path()).resolve() if folder and folder.is_dir() else Path.cwd(), assignment)
    except CourseError as error:
        course = _from_here(folder, assignment, error)
    target = course.folder if folder is None else folder
    try:
        stubs = read_stubs(course, assignment)
        exercises = target / "exercises" / assignment
        for name in [_known(stubs, name) for name in names]:
            _reset(stubs, exercises, name, yes)
        if names:
            return
        laid = create_workspace(stubs, exercises)
        _bring_exam(course, assignment, target, stubs)
    except (WorkspaceError, StubError, ExamFileError) as error:
        raise MistakeError(str(error)) from None
    _tell(laid, exercises, target, assignment)


def _from_here(folder: Path | None, assignment: str, error: Exception) -> Course:
    """The course that the command is typed in, where DIR belongs to none."""
    from autograder.course import CourseError, find_course

    if folder is None:
        raise MistakeError(str(error)) from None
    try:
        return find_course(Path.cwd(), assignment)
    except CourseError as other:
        raise MistakeError(str(other)) from None


def _bring_exam(course: Course, assignment: str, target: Path, stubs: Mapping[str, str]) -> None:
    """Put the sealed exam into a folder from which no exam could be found."""
    from autograder.course import CourseError, find_course
    from autograder.exam import encode_sealed_exam, exam_for
    from autograder.files import write_beside

    try:
        find_course(target.resolve(), assignment)
    except CourseError:
        pass
    else:
        return
    with progress(make_console(stderr=True)) as tell:
        tell("Preparing the exam")
        exam = exam_for(course, assignment, 0)
    try:
        write_beside(target / f"{assignment}.exam", encode_sealed_exam(exam, stubs))
    except OSError as error:
        raise MistakeError(f"{target} cannot be written: {error.strerror}") from None
    click.echo(f"wrote {target / f'{assignment}.exam'}")


def _tell(laid: Workspace, exercises: Path, target: Path, assignment: str) -> None:
    from autograder.text import plural

    shown = _short(exercises)
    for name in laid.written:
        click.echo(f"wrote {shown / name}")
    if laid.kept:
        click.echo(f"kept your work in {shown}: {', '.join(laid.kept)}")
    if laid.same and not laid.written:
        click.echo(f"untouched in {shown}: {plural(len(laid.same), 'file')}")
    files = (*laid.kept, *laid.written, *laid.same)
    first = next((name for name in files if _is_left(exercises / name)), files[0])
    go = "" if target.resolve() == Path.cwd() else f"cd {_quoted(_short(target))} && "
    click.echo(
        f"\nNext: open {shown / first}, replace a `raise NotImplementedError()`, and type\n  {go}grade {assignment}"
    )


def _is_left(path: Path) -> bool:
    """Whether something is left to do in a file."""
    try:
        return "raise NotImplementedError" in path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def _known(stubs: Mapping[str, str], name: str) -> str:
    """The exercise of this name, however it is spelt."""
    from autograder.handout import exercise_names

    known = {one.lower(): one for one in exercise_names(stubs)}
    if name.lower() not in known:
        raise MistakeError(f"There is no exercise {name!r}; {suggestion(name, known.values())}")
    return known[name.lower()]


def _reset(stubs: Mapping[str, str], exercises: Path, name: str, yes: bool) -> None:
    """Ask, and put one exercise back to how it began, wherever it stands."""
    from autograder.handout import find_resets, reset_exercise

    found = find_resets(stubs, exercises, name)
    if not found:
        click.echo(f"{name} is as it was in the beginning.")
        return
    files = " and ".join(str(_short(one.path)) for one in found)
    if not yes:
        if not sys.stdin.isatty():
            raise MistakeError(f"{name} in {files} would be put back to how it began; --yes does so without asking.")
        if not click.confirm(f"Put {name} in {files} back to how it began?"):
            click.echo("Nothing was changed.")
            return
    for one in found:
        backup = reset_exercise(one)
        kept = f"; as it was: {_short(backup)}" if backup else ""
        click.echo(f"{name} in {_short(one.path)} is as it began{kept}")


def _short(path: Path) -> Path:
    """The path from here, if that is shorter."""
    return min(Path(os.path.relpath(path)), path, key=lambda one: len(str(one)))


def _quoted(path: Path) -> str:
    import shlex

    return shlex.quote(str(path))
