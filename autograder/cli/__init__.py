"""`grade`: the command that students and instructors type.

Each command is a module with a function `command`; `door.py` imports the one that is used and catches, once for all
of them, what goes wrong. `options.py` declares the options that several commands share, and `exits.py` the exit
statuses.
"""

from __future__ import annotations

from autograder.cli.door import COMMANDS, main

__all__ = ["COMMANDS", "main"]
