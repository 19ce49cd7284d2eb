"""Reads a student's submission as text: a folder, a .py file, a notebook, a zip or a tar becomes source files.

This package runs, imports and parses no student code. It decodes files as UTF-8, limits their size and number, and
searches them line by line. A file that cannot be read costs only itself, and one sentence reports it. Python's parser
sees the text only inside the sandbox.
"""

from __future__ import annotations

from autograder.submission.blocks import definition_blocks
from autograder.submission.calls import exercises_used
from autograder.submission.definitions import (
    definition,
    duplicate_notes,
    files_defining,
    is_stub,
    misspelt,
    title_of,
    without_lines,
)
from autograder.submission.forbidden import forbidden_use, missing_use
from autograder.submission.kinds import (
    archive_suffix,
    is_hand_in,
    kind_of,
    source_suffix,
    with_small_suffix,
    without_suffix,
)
from autograder.submission.names import full_name
from autograder.submission.own_code import code_digests
from autograder.submission.read import digest, last_change, read_submission
from autograder.submission.sources import SubmissionError, printable, unique_name
from autograder.submission.untouched import is_untouched, untouched_exercises
from autograder.submission.zip import ZIP_ERRORS

__all__ = [
    "ZIP_ERRORS",
    "SubmissionError",
    "archive_suffix",
    "code_digests",
    "definition",
    "definition_blocks",
    "digest",
    "duplicate_notes",
    "exercises_used",
    "files_defining",
    "forbidden_use",
    "full_name",
    "is_hand_in",
    "is_stub",
    "is_untouched",
    "kind_of",
    "last_change",
    "missing_use",
    "misspelt",
    "printable",
    "read_submission",
    "source_suffix",
    "title_of",
    "unique_name",
    "untouched_exercises",
    "with_small_suffix",
    "without_lines",
    "without_suffix",
]
