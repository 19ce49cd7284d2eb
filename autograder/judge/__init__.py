"""Exam and answers become verdicts.

The judge never sees an object of the student's, only answers: plain data that a sandbox sent. A comparator decides
whether an answer is accepted and says in one sentence why not (`compare.py`); a measure turns the answer of a training
into one number (`measure.py`); `feedback.py` words what a student reads, and `explain.py` names the misconception that
gives the same answers, after the verdicts stand.
"""

from __future__ import annotations

from autograder.judge.accept import CourseRules, OwnRules, Rules
from autograder.judge.compare import (
    COMPARATORS,
    agrees,
    all_reached,
    matches,
    pairs_differ,
    parts_agree,
    parts_differ,
    rows_differ,
    same_dtype,
    same_moments,
    unbounded_scores,
    unchanged,
)
from autograder.judge.exercise import ExerciseJudge, judge_exercise
from autograder.judge.faults import ComparisonError, Faults
from autograder.judge.feedback import right_by_itself, uses_wrong
from autograder.judge.figure import Axes, Image, Series, ShownFigure
from autograder.judge.maps import Panel
from autograder.judge.measure import MEASURES, accuracy, mean_cross_entropy, mean_squared_error
from autograder.judge.milestone import MOST_IMAGES, images_of
from autograder.judge.picture import FieldRow, StageRow, WindowRow
from autograder.judge.rules import Comparator, Compare, Drawing, Measure, Threshold, show
from autograder.judge.texts import same_text
from autograder.judge.trace import FirstDifference, compared, first_difference
from autograder.judge.train import Asker

__all__ = [
    "COMPARATORS",
    "MEASURES",
    "MOST_IMAGES",
    "Asker",
    "Axes",
    "Comparator",
    "Compare",
    "ComparisonError",
    "CourseRules",
    "Drawing",
    "ExerciseJudge",
    "Faults",
    "FieldRow",
    "FirstDifference",
    "Image",
    "Measure",
    "OwnRules",
    "Panel",
    "Rules",
    "Series",
    "ShownFigure",
    "StageRow",
    "Threshold",
    "WindowRow",
    "accuracy",
    "agrees",
    "all_reached",
    "compared",
    "first_difference",
    "images_of",
    "judge_exercise",
    "matches",
    "mean_cross_entropy",
    "mean_squared_error",
    "pairs_differ",
    "parts_agree",
    "parts_differ",
    "right_by_itself",
    "rows_differ",
    "same_dtype",
    "same_moments",
    "same_text",
    "show",
    "unbounded_scores",
    "unchanged",
    "uses_wrong",
]
