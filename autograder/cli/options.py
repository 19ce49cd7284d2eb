"""The options that several commands share, each declared once; and how a command is declared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from autograder.cli.completion import complete_assignment, complete_name

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

CONTEXT = {"help_option_names": ["-h", "--help"]}
TIERS = ["full", "landlock", "process"]
ANY_PATH: click.Path = click.Path(path_type=Path)

verbose: Decorator = click.option(
    "-v", "--verbose", is_flag=True, expose_value=False, help="Show where a fault of torchgrade happened."
)
"""Read by the door from the command line itself, so that it works even where parsing fails."""

assignment = click.argument("assignment", shell_complete=complete_assignment)
optional_assignment = click.argument("assignment", required=False, shell_complete=complete_assignment)
optional_path = click.argument("path", required=False, type=ANY_PATH)
results = click.argument("results", type=ANY_PATH)
only = click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_name,
    help="Grade only this exercise or section (repeatable).",
)
data = click.option("--data", metavar="DIR", type=ANY_PATH, help="Train on the data set in this folder.")
no_training = click.option("--no-training", is_flag=True, help="Leave out the checks that train networks.")
comments = click.option(
    "--comments", metavar="FILE.csv", type=ANY_PATH, help="Comments for students: student,exercise,comment."
)
course_file = click.option(
    "--course",
    "course_file",
    metavar="FILE",
    type=ANY_PATH,
    help="Deadlines, penalties, weights and scale: a course.toml.",
)
explain_seconds = click.option(
    "--explain-seconds",
    type=click.FloatRange(0, 3600),
    default=10.0,
    show_default=True,
    envvar="TORCHGRADE_EXPLAIN_SECONDS",
    metavar="SECONDS",
    help="Look so long for the place of mistakes that no hint explains.",
)


def seed(default: str) -> Decorator:
    """`--seed`; `default` says which seed is used without it."""
    help_text = f"Draw the questions of the exam from this seed.  [default: {default}]"
    return click.option("--seed", type=click.IntRange(min=0), help=help_text)


def device(help_text: str = "Where networks are trained; auto is a GPU if there is one.") -> Decorator:
    """`--device`."""
    choice = click.Choice(["auto", "cpu", "cuda"])
    return click.option("--device", type=choice, default="auto", show_default=True, help=help_text)


def require_isolation(default: str | None = None) -> Decorator:
    """`--require-isolation`, with the tier that is required without it."""
    return click.option(
        "--require-isolation",
        type=click.Choice(TIERS),
        default=default,
        show_default=default is not None,
        help="Refuse to grade in a weaker sandbox than this.",
    )


def command(**settings: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with `-h` and `-v`."""

    def declare(function: Callable[..., Any]) -> click.Command:
        make: Callable[[Callable[..., Any]], click.Command] = click.command(context_settings=CONTEXT, **settings)
        made = make(verbose(function))
        made.params.append(made.params.pop(0))  # `-v` stands last in the help
        return made

    return declare
