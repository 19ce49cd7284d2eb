"""`grade`: the command that students and instructors type."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from autograder.cli.common import FAULT, GRADED, INTERRUPTED

BUG = "This is a fault of torchgrade or of the course, not of the submission. --verbose shows where it happened."
COMMANDS = {  # each is a module beside this one
    "start": "lay out the stubs and the notebook, or put one exercise back to how it began",
    "list": "list assignments, or the exercises of one",
    "hint": "get one step further with one exercise",
    "batch": "grade many submissions, into a gradebook and a report",
    "export": "write the gradebook of a batch for Moodle, Canvas, Gradescope or CI",
    "similarity": "list submissions that are suspiciously alike, for a human to look at",
    "lint": "look an assignment over, as its author",
    "release": "write what students get: stubs, notebook, README and the sealed exam",
    "nbgrader": "make, compare and fill a course of nbgrader",
    "doctor": "show what this machine offers for grading",
}


def main() -> None:
    """The entry point: what goes wrong becomes a sentence and an exit status."""
    from autograder.course import CourseError
    from autograder.sandbox import SandboxError

    first = sys.argv[1] if len(sys.argv) > 1 else ""
    name = first if first in COMMANDS else "grade"
    command: click.Command = import_module(f"autograder.cli.{name}").command
    try:
        if name == "grade":
            command.main(prog_name="grade", standalone_mode=False)
        else:
            command.main(sys.argv[2:], prog_name=f"grade {name}", standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted; nothing was written.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(GRADED)
    except (CourseError, SandboxError) as error:
        _fault(str(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, the user gets a sentence
        _fault(f"{type(error).__name__}: {error}")


def _fault(text: str) -> NoReturn:
    if "-v" in sys.argv or "--verbose" in sys.argv:
        import traceback

        traceback.print_exc()
    click.echo(f"Error: {text}\n{BUG}", err=True)
    sys.exit(FAULT)
