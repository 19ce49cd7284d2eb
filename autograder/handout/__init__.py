"""Makes what students get: stubs and a notebook from the solutions, a workspace, a release, and hints.

`stubs.py` turns each solution into a stub and all stubs into a notebook. `workspace.py` writes them into a student's
folder, and `release.py` into a folder that an instructor gives to the class. Neither overwrites a student's work.
"""

from __future__ import annotations

from autograder.handout.github_release import write_github_files
from autograder.handout.gradescope_release import gradescope_zip
from autograder.handout.hints import HintStep, next_hint
from autograder.handout.marks import without_marks
from autograder.handout.milestones import Milestones, StoredMilestone, read_milestones, with_graded, write_milestones
from autograder.handout.notebook_cells import BEGIN, NotebookCell, assigned_name, make_notebook_cells
from autograder.handout.outline import Outline, outline_of
from autograder.handout.quiz import hide_quiz, hide_quizzes, is_quiz
from autograder.handout.release import write_release
from autograder.handout.solutions import model_solution, read_solutions
from autograder.handout.stubs import METADATA, make_stubs, outdated_stubs, outdated_stubs_by_assignment, write_stubs
from autograder.handout.student_progress import (
    done_exercises,
    read_hints_shown,
    read_passed,
    write_hints_shown,
    write_passed,
)
from autograder.handout.vscode import add_vscode_tasks
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
    "HintStep",
    "Milestones",
    "NotebookCell",
    "Outline",
    "StoredMilestone",
    "Workspace",
    "add_vscode_tasks",
    "assigned_name",
    "create_workspace",
    "done_exercises",
    "exercise_names",
    "find_resets",
    "gradescope_zip",
    "hide_quiz",
    "hide_quizzes",
    "is_quiz",
    "make_notebook_cells",
    "make_stubs",
    "model_solution",
    "next_hint",
    "outdated_stubs",
    "outdated_stubs_by_assignment",
    "outline_of",
    "read_hints_shown",
    "read_milestones",
    "read_passed",
    "read_solutions",
    "read_stubs",
    "reset_exercise",
    "with_graded",
    "without_marks",
    "write_github_files",
    "write_hints_shown",
    "write_milestones",
    "write_passed",
    "write_release",
    "write_stubs",
]
