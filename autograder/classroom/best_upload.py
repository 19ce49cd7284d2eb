"""Which of several uploads counts: the one with the most points after the policy."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from autograder.classroom.gradebook import Entry, Override, Student, Upload

FinalPoints = Callable[[Entry], float]
"""The points of an entry after the policy."""


def best_of(uploads: Sequence[Upload], final_points: Callable[[Upload], float]) -> int:
    """The place of the upload with the most final points; of equal ones the one with more points earned."""
    points_of = [(final_points(one), one.earned) for one in uploads]
    return points_of.index(max(points_of))


def best_of_student(uploads: Sequence[Upload], student: Student, final_points: FinalPoints) -> int:
    """The place of the best upload of this student."""
    return best_of(uploads, lambda one: final_points(entry_of_upload(one, student)))


def entry_of_upload(upload: Upload, student: Student) -> Entry:
    """An entry with the points of one upload and its time of hand-in, as far as a policy needs them."""
    given = tuple(Override(name, earned, "") for name, earned in upload.exercises.items())
    return Entry(student, "graded", overrides=given, handed_in=upload.handed_in)
