"""Where every command begins and ends: finds the command, and turns what goes wrong into a sentence and a status."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from autograder.cli.exits import FAULT, GRADED, INTERRUPTED, NOT_ISOLATED, USAGE
from autograder.errors import CourseError, NotIsolatedError, UserError

BUG = "This is a fault of torchgrade or of the course, not of the submission. --verbose shows where it happened."
COMMANDS = {  # each is a module beside this one
    "start": "create the stubs and the notebook, or reset one exercise",
    "list": "list assignments, or the exercises of one",
    "certificate": "write a page to show, when all exercises are right",
    "hint": "get one step further with one exercise",
    "repro": "write the first failing call of one exercise as a script for a debugger",
    "batch": "grade many submissions, into a gradebook and a report",
    "export": "write the gradebook of a batch for Moodle, Canvas, Gradescope or CI",
    "serve": "show the report of a batch in the browser, also while it runs",
    "verify": "show what has changed in the results of a batch since it ended",
    "replay": "grade one student of a batch again, from its results alone",
    "groups": "list wrong work of a class that nothing explains, equal answers together",
    "similarity": "list submissions that are suspiciously alike, for a human to look at",
    "lint": "check an assignment, as its author",
    "stubs": "make the stubs and the notebook from the solutions",
    "release": "write what students get: stubs, notebook, README and the sealed exam",
    "nbgrader": "make, compare and fill a course of nbgrader",
    "doctor": "show what this machine offers for grading",
}
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
AUTHORS = frozenset(COMMANDS) - {"batch"}  # commands whose user can fix a faulty reference


def _in_a_course() -> bool:
    from autograder.course import find_courses
    from autograder.errors import NoCourseError

    try:
        find_courses(Path.cwd())
    except NoCourseError:
        return False
    return True


class Grade(click.Group):
    """Imports a command when it is used; what is no command is an assignment to grade."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command: click.Command = import_module(f"autograder.cli.{cmd_name}").command
        return command

    def make_context(self, info_name: str | None, args: list[str], *more: Any, **extra: Any) -> click.Context:
        if args and args[0] in COMMANDS:
            return super().make_context(info_name, args, *more, **extra)
        grade: click.Command = import_module("autograder.cli.grade").command
        return grade.make_context(info_name, args, *more, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        return super().invoke(ctx) if ctx.command is self else ctx.command.invoke(ctx)

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> NoReturn:
        """Run the command of these arguments, and end with a sentence and a status where something goes wrong."""
        arguments = list(sys.argv[1:] if args is None else args)
        if arguments == ["help"] or not (arguments or _in_a_course()):
            arguments = ["--help"]
        arguments = arguments or ["list"]
        try:
            status = super().main(arguments, prog_name="grade", standalone_mode=False)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except (KeyboardInterrupt, click.Abort):
            click.echo("Interrupted; nothing was written.", err=True)
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            sys.exit(GRADED)
        except CourseError as error:
            if not arguments or arguments[0] not in AUTHORS:
                _fault(str(error), arguments)
            _mistake(error, USAGE)
        except NotIsolatedError as error:
            _mistake(error, NOT_ISOLATED)
        except UserError as error:
            _mistake(error, USAGE)
        except OSError as error:
            if error.errno not in DISK_FULL:
                _fault(f"{type(error).__name__}: {error}", arguments)
            place = f" of {error.filename}" if error.filename else ""
            text = f"The disk{place} is full. Make room and run the same command again; what is stored stays."
            _mistake(UserError(text), USAGE)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user gets a sentence
            from autograder.sandbox import SandboxError

            _fault(str(error) if isinstance(error, SandboxError) else f"{type(error).__name__}: {error}", arguments)
        sys.exit(status if isinstance(status, int) else GRADED)


command = Grade("grade", add_help_option=False)


def main() -> None:
    """The entry point of `grade`."""
    command.main()


def _mistake(error: UserError, status: int) -> NoReturn:
    text = str(error)
    ends = text.endswith((".", "?")) or "\n" in text  # a list below the sentence gets no full stop
    click.echo(f"Error: {text if ends else f'{text}.'}", err=True)
    sys.exit(status)


def _fault(text: str, arguments: Sequence[str]) -> NoReturn:
    if "-v" in arguments or "--verbose" in arguments:
        import traceback

        traceback.print_exc()
    click.echo(f"Error: {text}\n{BUG}", err=True)
    sys.exit(FAULT)
