"""What students get: stubs and a notebook made from the solutions, a workspace, a release."""

from __future__ import annotations

from autograder.handout.notebook import BEGIN, Cell, StubError, cells_of
from autograder.handout.progress import read_hints_shown, read_passed, write_hints_shown, write_passed
from autograder.handout.release import ReleaseError, write_release
from autograder.handout.stubs import METADATA, generate, solutions, stale
from autograder.handout.workspace import (
    Workspace,
    WorkspaceError,
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
    "ReleaseError",
    "StubError",
    "Workspace",
    "WorkspaceError",
    "cells_of",
    "create_workspace",
    "exercise_names",
    "find_resets",
    "generate",
    "read_hints_shown",
    "read_passed",
    "read_stubs",
    "reset_exercise",
    "solutions",
    "stale",
    "write_hints_shown",
    "write_passed",
    "write_release",
]
