"""`grade start`: the stubs and the notebook, ready for work."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.cli.console import exam_progress, status_line, write_file
from autograder.errors import NoCourseError, UserError
from autograder.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from autograder.course import Course
    from autograder.handout import Workspace


@options.command()
@options.assignment
@click.argument("folder", metavar="[DIR]", required=False, type=options.ANY_PATH)
@click.option("--reset", "names", multiple=True, metavar="NAME", help="Reset this function or class to its stub.")
@click.option(
    "--for", "editor", type=click.Choice(["vscode"]), help="Also write .vscode/tasks.json, with tasks that grade."
)
@click.option("--yes", is_flag=True, help="With --reset: do not ask.")
@click.option("--bug-hunt", is_flag=True, help="Write solutions with one mistake in each exercise, to find and fix.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="With --bug-hunt: which mistakes."
)
def command(
    assignment: str,
    folder: Path | None,
    names: tuple[str, ...],
    editor: str | None,
    yes: bool,
    bug_hunt: bool,
    seed: int,
) -> None:
    """Create the stubs and the notebook of ASSIGNMENT in DIR/exercises/ASSIGNMENT.

    DIR is the course that you are in, or else the current folder. Existing files stay as they are, so that no work is
    lost; files that are missing come back. --reset turns one exercise into its stub again, and keeps the old file
    beside it as NAME.py.bak.

    With --for vscode, the command “Tasks: Run Task” of VS Code grades ASSIGNMENT, and the lines that the report names
    are in the panel “Problems”.

    --bug-hunt writes to DIR/bug-hunt/ASSIGNMENT instead. It needs the solutions, so it is for a course that has them.
    """
    from autograder.handout import add_vscode_tasks, create_workspace, read_stubs

    if folder is not None and folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file; name a folder.")
    course = _course_for(folder, assignment)
    target = course.folder if folder is None else folder
    if bug_hunt:
        _hunt(course, assignment, target, seed)
        return
    stubs = read_stubs(course, assignment)
    exercises = target / "exercises" / assignment
    for name in [_known(stubs, name) for name in names]:
        _reset(stubs, exercises, name, yes)
    if names:
        return
    workspace = create_workspace(stubs, exercises)
    _bring_exam(course, assignment, target, stubs)
    if editor and (path := add_vscode_tasks(target, assignment)):
        click.echo(f"wrote {_short(path)}")
    _print_summary(workspace, exercises, target, assignment)


def _hunt(course: Course, assignment: str, target: Path, seed: int) -> None:
    """Write the files of a bug hunt, all or none."""
    from autograder.exam import exam_for, without_training
    from autograder.lint import bug_hunt
    from autograder.prepare import open_sandbox
    from autograder.text import plural

    if not course.has_reference(assignment) or not (course.folder / "solutions" / assignment).is_dir():
        raise UserError(f"A bug hunt is made from the solutions of {assignment}, and {course.folder} has none.")
    place = target / "bug-hunt" / assignment
    if place.exists() and any(place.iterdir()):
        raise UserError(f"{_short(place)} holds a bug hunt already; move or remove it first, or name another DIR.")
    click.echo("Hiding a mistake in each exercise, which takes about a minute.", err=True)
    with status_line() as show:
        show("Preparing the exam")
        exam = without_training(exam_for(course, assignment, 0, progress=exam_progress(show)))
        show("Starting the sandbox")
        hunts = []
        with open_sandbox() as sandbox:
            for hunt in bug_hunt(course, exam, sandbox, seed):
                hunts.append(hunt)
                show(f"Hid mistakes in {hunt.section}")
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{place} cannot be made: {error.strerror}.") from None
    for hunt in hunts:
        write_file(place / f"{hunt.section}.py", hunt.text.encode())
    count = plural(sum(len(hunt.mistaken) for hunt in hunts), "exercise")
    click.echo(f"{_short(place)} has one mistake in each of {count}. Find them, and see how far you are with")
    click.echo(f"  grade {assignment} {shlex.quote(str(_short(place)))}")


def _course_for(folder: Path | None, assignment: str) -> Course:
    """The course that DIR belongs to, else the one that the command is typed in."""
    from autograder.course import find_course

    if folder is not None and folder.is_dir():
        try:
            return find_course(folder.resolve(), assignment)
        except NoCourseError:
            pass
    return find_course(Path.cwd(), assignment)


def _bring_exam(course: Course, assignment: str, target: Path, stubs: Mapping[str, str]) -> None:
    """Put the sealed exam into a folder from which no exam could be found."""
    from autograder.course import find_course
    from autograder.exam import encode_sealed_exam, exam_for

    try:
        find_course(target.resolve(), assignment)
    except NoCourseError:
        pass
    else:
        return
    with status_line() as show:
        show("Preparing the exam")
        exam = exam_for(course, assignment, 0, progress=exam_progress(show), whole=True)
    path = target / f"{assignment}.exam"
    write_file(path, encode_sealed_exam(exam, stubs))
    click.echo(f"wrote {path}")


def _print_summary(workspace: Workspace, exercises: Path, target: Path, assignment: str) -> None:
    from autograder.text import plural

    shown = _short(exercises)
    for name in workspace.written:
        click.echo(f"wrote {shown / name}")
    if workspace.edited:
        click.echo(f"kept your work in {shown}: {', '.join(workspace.edited)}")
    if workspace.unchanged and not workspace.written:
        click.echo(f"untouched in {shown}: {plural(len(workspace.unchanged), 'file')}")
    files = (*workspace.edited, *workspace.written, *workspace.unchanged)
    first = next((name for name in files if _has_stub(exercises / name)), files[0])
    go = "" if target.resolve() == Path.cwd() else f"cd {shlex.quote(str(_short(target)))} && "
    click.echo(
        f"\nNext: open {shown / first}, replace a `raise NotImplementedError()`, and type\n  {go}grade {assignment}"
    )


def _has_stub(path: Path) -> bool:
    """Whether an exercise in a file is not started."""
    try:
        return "raise NotImplementedError" in path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def _known(stubs: Mapping[str, str], name: str) -> str:
    """The exercise of this name, in small letters or large."""
    from autograder.handout import exercise_names

    known = {one.lower(): one for one in exercise_names(stubs)}
    if name.lower() not in known:
        raise UserError(f"There is no exercise {name!r}; {suggestion(name, known.values())}")
    return known[name.lower()]


def _reset(stubs: Mapping[str, str], exercises: Path, name: str, yes: bool) -> None:
    """Ask, and turn one exercise into its stub again, in each file where it stands."""
    from autograder.handout import find_resets, reset_exercise

    found = find_resets(stubs, exercises, name)
    if not found:
        click.echo(f"{name} is already the stub.")
        return
    files = " and ".join(str(_short(one.path)) for one in found)
    if not yes:
        if not sys.stdin.isatty():
            raise UserError(f"{name} in {files} would be reset to its stub; --yes does so without asking.")
        if not click.confirm(f"Reset {name} in {files} to its stub?"):
            click.echo("Nothing was changed.")
            return
    for one in found:
        backup = reset_exercise(one)
        backed_up = f"; your version is kept in {_short(backup)}" if backup else ""
        click.echo(f"{name} in {_short(one.path)} is the stub again{backed_up}")


def _short(path: Path) -> Path:
    """The path from here, if that is shorter."""
    return min(Path(os.path.relpath(path)), path, key=lambda one: len(str(one)))
