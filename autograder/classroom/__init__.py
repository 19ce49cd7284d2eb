"""Many submissions: from a folder of strangers to a gradebook.

`intake.py` finds out whose each submission is, `batch.py` grades what is new, here or on a cluster, and `results.py`
keeps each grade in a file of its own. A grade depends on the submission and the exam alone, so a batch that was
interrupted goes on where it ended.
"""

from __future__ import annotations

from autograder.classroom.archive import unpack
from autograder.classroom.batch import Executor, LocalExecutor, Task, grade_all, keep, plan, sensible_jobs
from autograder.classroom.cluster import ClusterError, connect
from autograder.classroom.file_names import file_name
from autograder.classroom.gradebook import Entry, Gradebook, Override
from autograder.classroom.intake import Handin, IntakeError, find_handins
from autograder.classroom.results import (
    Batch,
    ResultsError,
    StoredResult,
    batch_of,
    clean,
    locked,
    prepare,
    read_batch,
    read_entries,
    read_gradebook,
    read_overrides,
    set_aside,
    write_batch,
    write_entry,
)
from autograder.classroom.roster import RosterError, read_roster
from autograder.classroom.similarity import pairs
from autograder.classroom.statistics import Statistics, statistics_of

__all__ = [
    "Batch",
    "ClusterError",
    "Entry",
    "Executor",
    "Gradebook",
    "Handin",
    "IntakeError",
    "LocalExecutor",
    "Override",
    "ResultsError",
    "RosterError",
    "Statistics",
    "StoredResult",
    "Task",
    "batch_of",
    "clean",
    "connect",
    "file_name",
    "find_handins",
    "grade_all",
    "keep",
    "locked",
    "pairs",
    "plan",
    "prepare",
    "read_batch",
    "read_entries",
    "read_gradebook",
    "read_overrides",
    "read_roster",
    "sensible_jobs",
    "set_aside",
    "statistics_of",
    "unpack",
    "write_batch",
    "write_entry",
]
