"""What a student hands in, as text: a folder, a .py file, a notebook or a zip becomes source files.

Nothing of a student's is run, imported or parsed here: files are decoded as UTF-8, bounded in size and number, and
searched line by line. Whatever cannot be read costs one file and is reported in one sentence. Python's own parser sees
the text only inside of the sandbox.
"""

from __future__ import annotations

from autograder.submission.definitions import definition, duplicate_notes, find_files
from autograder.submission.forbidden import forbidden_use
from autograder.submission.read import digest, read_submission
from autograder.submission.sources import ZIP_ERRORS, SubmissionError, shown

__all__ = [
    "ZIP_ERRORS",
    "SubmissionError",
    "definition",
    "digest",
    "duplicate_notes",
    "find_files",
    "forbidden_use",
    "read_submission",
    "shown",
]
