"""What students get: stubs and a notebook made from the solutions, a workspace, a release."""

from __future__ import annotations

from autograder.handout.hints import HintStep, next_hint
from autograder.handout.notebook import BEGIN, Cell, cells_of
from autograder.handout.progress import read_hints_shown, read_passed, write_hints_shown, write_passed
from autograder.handout.release import write_release
from autograder.handout.stubs import METADATA, generate, solutions, stale, stale_files, write_stubs
from autograder.handout.workspace import (
    Workspace,
    create_workspace,
    exercise_names,
    find_resets,
    read_stubs,
    reset_exercise,
)

__all__ = [
    "BEGIN",
    "METADATA",
    "Cell",
    "HintStep",
    "Workspace",
    "cells_of",
    "create_workspace",
    "exercise_names",
    "find_resets",
    "generate",
    "next_hint",
    "read_hints_shown",
    "read_passed",
    "read_stubs",
    "reset_exercise",
    "solutions",
    "stale",
    "stale_files",
    "write_hints_shown",
    "write_passed",
    "write_release",
    "write_stubs",
]
