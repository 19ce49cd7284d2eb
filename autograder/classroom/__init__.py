"""Many submissions: from a folder of files to a gradebook.

`intake.py` finds the owner of each file. `batch.py` grades what is new, on this machine or on a cluster.
`results.py` stores each grade in a file of its own. `manifest.py` shows whether one has changed since, and `replay.py`
grades a student again from what is stored. `explain.py` looks for the places of mistakes.
`gradebook.py` and `statistics.py` describe the whole class.

A grade depends only on the submission and the exam. A batch can therefore stop at any time and continue later.
"""

from __future__ import annotations

from autograder.classroom.archive import unpack
from autograder.classroom.batch import Executor, LocalExecutor, Outcome, choose_jobs, grade_class, store_outcome
from autograder.classroom.batch_file import Batch, ResultsError, batch_of, read_batch, write_batch
from autograder.classroom.best_upload import FinalPoints
from autograder.classroom.cluster import ClusterLostError, connect
from autograder.classroom.comments import read_comments, store_comments, use_comments
from autograder.classroom.explain import ClassSearch
from autograder.classroom.file_names import file_name
from autograder.classroom.gradebook import Comment, Entry, Final, Gradebook, Override, Student, capped, gradebook_of
from autograder.classroom.groups import (
    Group,
    count_without_answers,
    groups_of,
    misconception_stub,
    read_hints,
    unused_hints,
)
from autograder.classroom.intake import NOT_ON_ROSTER, StudentFiles, find_strays, find_student_files
from autograder.classroom.last_run import Change, LastRun, read_last_run, write_last_run
from autograder.classroom.machine import this_machine
from autograder.classroom.manifest import (
    WRITTEN_BY_HAND,
    Differences,
    compare_with_manifest,
    manifest_fingerprint,
    read_manifest,
    renewed_manifest,
)
from autograder.classroom.overrides import read_overrides
from autograder.classroom.platforms import CANVAS, MOODLE
from autograder.classroom.policy import Policy, SectionPoints, final_points, sections_of
from autograder.classroom.policy_file import CourseFile, read_course_file
from autograder.classroom.replay import (
    Difference,
    Record,
    compare_grades,
    grade_again,
    other_conditions,
    read_record,
)
from autograder.classroom.results import (
    StoredResult,
    create_results_folder,
    gradebook_of_entries,
    lock_results,
    move_to_gone,
    read_entries,
    read_gradebook,
    remove_partial_files,
    write_entry,
)
from autograder.classroom.results_policy import policy_of, stored_course_file, write_course_file
from autograder.classroom.roster import read_roster, read_stored_roster, write_roster
from autograder.classroom.similarity import LEAST_EVIDENCE, Alike, Pair, Similarity, similar_submissions
from autograder.classroom.statistics import Statistics, statistics_of
from autograder.classroom.task import Task
from autograder.classroom.times import SOURCES, duration

__all__ = [
    "CANVAS",
    "LEAST_EVIDENCE",
    "MOODLE",
    "NOT_ON_ROSTER",
    "SOURCES",
    "WRITTEN_BY_HAND",
    "Alike",
    "Batch",
    "Change",
    "ClassSearch",
    "ClusterLostError",
    "Comment",
    "CourseFile",
    "Difference",
    "Differences",
    "Entry",
    "Executor",
    "Final",
    "FinalPoints",
    "Gradebook",
    "Group",
    "LastRun",
    "LocalExecutor",
    "Outcome",
    "Override",
    "Pair",
    "Policy",
    "Record",
    "ResultsError",
    "SectionPoints",
    "Similarity",
    "Statistics",
    "StoredResult",
    "Student",
    "StudentFiles",
    "Task",
    "batch_of",
    "capped",
    "choose_jobs",
    "compare_grades",
    "compare_with_manifest",
    "connect",
    "count_without_answers",
    "create_results_folder",
    "duration",
    "file_name",
    "final_points",
    "find_strays",
    "find_student_files",
    "grade_again",
    "grade_class",
    "gradebook_of",
    "gradebook_of_entries",
    "groups_of",
    "lock_results",
    "manifest_fingerprint",
    "misconception_stub",
    "move_to_gone",
    "other_conditions",
    "policy_of",
    "read_batch",
    "read_comments",
    "read_course_file",
    "read_entries",
    "read_gradebook",
    "read_hints",
    "read_last_run",
    "read_manifest",
    "read_overrides",
    "read_record",
    "read_roster",
    "read_stored_roster",
    "remove_partial_files",
    "renewed_manifest",
    "sections_of",
    "similar_submissions",
    "statistics_of",
    "store_comments",
    "store_outcome",
    "stored_course_file",
    "this_machine",
    "unpack",
    "unused_hints",
    "use_comments",
    "write_batch",
    "write_course_file",
    "write_entry",
    "write_last_run",
    "write_roster",
]
