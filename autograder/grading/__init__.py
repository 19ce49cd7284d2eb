"""A submission, an exam and a sandbox -> a grade.

Each exercise is looked for in the files of the submission. A *round* asks for each exercise one file that may define
it: the first file where that decides, the next one where only a stub stood in it (stubs beside a notebook). Within a
round, all that needs no training is asked first, in one child; trainings follow, each in a child of its own.

Example usage:

    for event in grade_in_steps(exam, submission, sandbox):
        match event:
            case CheckJudged(exercise, result): ...  # as soon as a check has its verdict
            case Grade(): ...  # last
"""

from __future__ import annotations

from autograder.grading.asking import fail_by_source
from autograder.grading.course_code import SandboxedRules, probes_needed, refuse_unknown_probes
from autograder.grading.events import CheckJudged, Event, ExerciseJudged
from autograder.grading.follow_on import judge_again, with_follow_ons, wrong_functions
from autograder.grading.milestones import NotReached, ask_milestones
from autograder.grading.notes import may_cost_points
from autograder.grading.repair import SECONDS as SEARCH_SECONDS
from autograder.grading.repair import gives_no_answers, is_open, repairs_of, with_repairs
from autograder.grading.rounds import misspelt_results
from autograder.grading.single import answers_to, grade_exercise
from autograder.grading.steps import grade, grade_in_steps

__all__ = [
    "SEARCH_SECONDS",
    "CheckJudged",
    "Event",
    "ExerciseJudged",
    "NotReached",
    "SandboxedRules",
    "answers_to",
    "ask_milestones",
    "fail_by_source",
    "gives_no_answers",
    "grade",
    "grade_exercise",
    "grade_in_steps",
    "is_open",
    "judge_again",
    "may_cost_points",
    "misspelt_results",
    "probes_needed",
    "refuse_unknown_probes",
    "repairs_of",
    "with_follow_ons",
    "with_repairs",
    "wrong_functions",
]
