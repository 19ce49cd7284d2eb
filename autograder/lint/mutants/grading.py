"""Grades many works of single exercises, such as mutants, each in a child of its own and several at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import TypeVar

from autograder.grading import grade_exercise
from autograder.judge import Rules
from autograder.model import ExamExercise, Submission
from autograder.sandbox import Limits, Sandbox

SECONDS = 3.0  # of a check; right code takes a small part of it, and a mutant that never ends is wrong anyway
LIMITS = Limits(load_seconds=5.0, cpu_seconds=60, total_seconds=20.0)
MORE_SECONDS = 1.0  # for each check, since the checks of many seeds are asked in one child
T = TypeVar("T")
R = TypeVar("R")


def passed_checks(
    exercise: ExamExercise, submission: Submission, sandbox: Sandbox, rules: Rules, probes: Mapping[str, str]
) -> dict[str, bool]:
    """For each check of the exercise whether the only file of a submission passes it."""
    checks = tuple(replace(check, seconds=min(SECONDS, check.seconds)) for check in exercise.checks)
    more = MORE_SECONDS * len(checks)
    limits = replace(LIMITS, cpu_seconds=LIMITS.cpu_seconds + round(more), total_seconds=LIMITS.total_seconds + more)
    results = grade_exercise(replace(exercise, checks=checks), submission, sandbox, rules, limits, probes)
    return {name: result.verdict == "passed" for name, result in results.items()}


def in_parallel(function: Callable[[T], R], work: Iterable[T], jobs: int = 0) -> Iterator[tuple[T, R]]:
    """Call a function for each piece of work, several at once; the results come as they are ready."""
    jobs = jobs or os.cpu_count() or 1
    waiting: dict[Future[R], T] = {}
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        try:
            for one in work:
                waiting[pool.submit(function, one)] = one
                if len(waiting) >= 2 * jobs:
                    yield from _finished(waiting)
            while waiting:
                yield from _finished(waiting)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _finished(waiting: dict[Future[R], T]) -> Iterator[tuple[T, R]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        yield waiting.pop(future), future.result()
