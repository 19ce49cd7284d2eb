"""Judge a large number of forged frames, and count on how many the judge fails.

    python benchmarks/fuzz_judge.py [--frames 100000] [--seed 0] [--assignment exercise3 ...]

The forgeries are those of `tests/support/forging.py`. Engine and course get no second chance here: an error counts,
although a grade would note it and go on. Each result is written as JSON, too, and as a page now and then.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from autograder.author.reading import read_reference
from autograder.exam import exam_for
from autograder.grade_json import from_json, to_json
from autograder.judge import OwnRules, Rules
from autograder.model import Exam, ExerciseResult, Grade, Isolation, SectionResult
from autograder.reports.grade_page import render_grade_page
from tests.support.course import COURSE
from tests.support.forging import judge_forged

PAGES = 20  # one of so many results is drawn


class Shown:
    """Writes each result of an exam in the forms that a reader gets."""

    def __init__(self, exam: Exam) -> None:
        self._empty = Grade(exam.assignment, "student", 0, 0, 0, Isolation("full"), 0, "", {}, 0, ())
        self._results = 0

    def __call__(self, result: ExerciseResult) -> None:
        self._results += 1
        section = SectionResult("section", "Section", False, result.earned, result.points, (result,))
        grade = replace(self._empty, earned=result.earned, points=result.points, sections=(section,))
        from_json(to_json(grade))
        if self._results % PAGES == 0:
            render_grade_page(grade).encode()


def fuzz(assignment: str, seed: int, frames: int) -> Counter[str]:
    """The errors of the judge on so many frames, by where they come from; each is printed once."""
    exam = exam_for(COURSE, assignment, 0)
    rules = Rules(OwnRules(read_reference(COURSE, assignment).own.rules))
    shown, errors, done, start = Shown(exam), Counter[str](), 0, time.monotonic()
    while done < frames:
        exercise = exam.exercises[seed % len(exam.exercises)]
        try:
            done += judge_forged(exercise, rules, seed, shown)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
            done += 1
            place = traceback.extract_tb(error.__cause__.__traceback__ if error.__cause__ else error.__traceback__)[-1]
            what = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
            if what not in errors:
                print(f"{assignment}, seed {seed}, {exercise.name}: {what}: {error}", flush=True)
            errors[what] += 1
        seed += 1
    took = time.monotonic() - start
    print(f"{assignment}: {done} frames in {took:.0f} s, {errors.total()} errors in {len(errors)} places", flush=True)
    return errors


def main() -> None:
    parser = argparse.ArgumentParser(description="Judge forged frames.")
    parser.add_argument("--frames", type=int, default=100_000, help="how many, shared among the assignments")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--assignment", nargs="+", default=["exercise2", "exercise3", "exercise4"])
    arguments = parser.parse_args()
    share = arguments.frames // len(arguments.assignment)
    errors = [fuzz(assignment, arguments.seed, share) for assignment in arguments.assignment]
    sys.exit(any(errors))


if __name__ == "__main__":
    main()
