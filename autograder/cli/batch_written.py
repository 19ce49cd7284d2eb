"""What a person wrote for a batch: overrides, comments, policy and roster, checked before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.classroom import Batch, CourseFile, Policy, Student
    from autograder.cli.batch_setup import BatchRequest
    from autograder.model import Exam


def check_written(
    request: BatchRequest, file: CourseFile | None, batch: Batch, exam: Exam, students: Mapping[str, Student]
) -> Policy | None:
    """Raise UserError with all that cannot be used; give the policy of the assignment, if there is one."""
    from autograder.classroom import policy_of, read_comments, read_overrides, sections_of
    from autograder.cli.batch_setup import roster_of
    from autograder.errors import Faults

    faults, policy = Faults(), None
    with faults.collect():
        read_overrides(request.results, batch, students)
    with faults.collect():
        read_comments(request.results, batch, students, request.comments)
    if file is not None:
        with faults.collect():
            has_roster = bool(roster_of(request))
            policy, _ = policy_of(file, batch.assignment, students, sections_of(exam), request.results, has_roster)
    faults.report()
    return policy


def store_written(request: BatchRequest, file: CourseFile | None) -> None:
    """Store roster, comments and policy in the results, for later runs."""
    from autograder.classroom import store_comments, write_course_file, write_roster
    from autograder.cli.batch_setup import roster_of

    if request.roster:
        write_roster(request.results, roster_of(request))
    if request.comments:
        store_comments(request.results, request.comments)
    if file is not None:
        write_course_file(request.results, file)
