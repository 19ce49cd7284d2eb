"""Many submissions: from a folder of strangers to a gradebook.

`intake.py` finds out whose each submission is, `batch.py` grades what is new, here or on a cluster, and `results.py`
keeps each grade in a file of its own. A grade depends on the submission and the exam alone, so a batch that was
interrupted goes on where it ended.
"""

from __future__ import annotations

from autograder.classroom.archive import unpack
from autograder.classroom.batch import Executor, LocalExecutor, Step, Task, grade_class, sensible_jobs, store
from autograder.classroom.cluster import connect
from autograder.classroom.file_names import file_name
from autograder.classroom.gradebook import Entry, Gradebook, Override
from autograder.classroom.intake import Handin, find_handins
from autograder.classroom.results import (
    Batch,
    ResultsError,
    StoredResult,
    batch_of,
    create_results_folder,
    lock,
    read_batch,
    read_entries,
    read_gradebook,
    read_overrides,
    remove_leftovers,
    set_aside,
    write_batch,
    write_entry,
)
from autograder.classroom.roster import read_roster
from autograder.classroom.similarity import pairs
from autograder.classroom.statistics import Statistics, statistics_of

__all__ = [
    "Batch",
    "Entry",
    "Executor",
    "Gradebook",
    "Handin",
    "LocalExecutor",
    "Override",
    "ResultsError",
    "Statistics",
    "Step",
    "StoredResult",
    "Task",
    "batch_of",
    "connect",
    "create_results_folder",
    "file_name",
    "find_handins",
    "grade_class",
    "lock",
    "pairs",
    "read_batch",
    "read_entries",
    "read_gradebook",
    "read_overrides",
    "read_roster",
    "remove_leftovers",
    "sensible_jobs",
    "set_aside",
    "statistics_of",
    "store",
    "unpack",
    "write_batch",
    "write_entry",
]
