"""What the Tab key completes: commands, and the names of assignments, sections and exercises of the course here."""

from __future__ import annotations

import re
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from autograder.errors import UserError

DEFINED = re.compile(r"^(?:def|class) (\w+)", re.MULTILINE)


def complete_assignment(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Assignments; as the first word of all also the commands."""
    names = dict.fromkeys(_assignments(), "")
    if context.parent is None and context.info_name == "grade":
        from autograder.cli.door import COMMANDS

        names |= COMMANDS
    return [CompletionItem(name, help=text or None) for name, text in names.items() if name.startswith(incomplete)]


def complete_name(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Sections and exercises of the assignment that stands before, or of all where that is not known."""
    assignment = str(context.params.get("assignment") or "*")
    names: dict[str, None] = {}
    for file in sorted(Path.cwd().glob(f"exercises/{assignment}/*.py")):
        text = file.read_text(encoding="utf-8", errors="replace")
        names |= dict.fromkeys([file.stem, *DEFINED.findall(text)])
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _assignments() -> list[str]:
    from autograder.course import find_courses

    try:
        return find_courses(Path.cwd())[1]
    except UserError:
        return []
