"""Looks for the mistake in a student's own code: a small change with which all checks pass.

The search begins when the verdicts stand, so nothing that it learns can earn a point. The student's source is parsed
and edited in a child of the sandbox. The judge asks the edited code the questions of the exercise, first the one that
failed, so that most changes are out after one answer. What passes is graded again with the whole file, in a new child.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from autograder.grading.asking import Asking
from autograder.grading.course_code import SandboxedRules, probes_needed
from autograder.grading.edited_code import LONGEST, SHORTEST, EditedCode
from autograder.grading.first_difference import place_of_difference
from autograder.grading.place import Place, line_at, place_of
from autograder.judge import Rules
from autograder.model import (
    Answer,
    Exam,
    ExamCheck,
    ExamExercise,
    ExerciseResult,
    Grade,
    Question,
    Repair,
    Stopped,
    Submission,
)
from autograder.sandbox import Limits, LostTime, Sandbox
from autograder.submission import title_of

SECONDS = 10.0  # of the clock, for one submission
LIMITS = Limits(load_seconds=5.0, cpu_seconds=120, total_seconds=120.0)
NEVER_LOST = LostTime(math.inf)  # the search has its own end
NO_ANSWERS = re.compile(r"\bcould not be read: |, which is not started|raised NameError: ")
HANGS = {True: "endless loop", False: "slow line"}  # kinds of places
BASES = 4  # edits that make more checks pass, for which a second one is looked for


def with_repairs(
    grade: Grade,
    exam: Exam,
    submission: Submission,
    sandbox: Sandbox,
    seconds: float = SECONDS,
    jobs: int = 2,
    goes_on: Callable[[], bool] = lambda: True,
    *,
    for_instructors: bool = False,
) -> Grade:
    """The grade with the repairs that were found within so many seconds of the clock, `jobs` exercises at once.

    The search ends early when `goes_on` returns False. The repairs hold the whole change only if they are
    `for_instructors`.
    """
    wrong = [one for section in grade.sections for one in section.exercises if is_open(one)]
    found = repairs_of(wrong, exam, submission, sandbox, seconds, jobs, goes_on, for_instructors=for_instructors)
    return replace(
        grade,
        sections=tuple(
            replace(section, exercises=tuple(replace(one, repair=found.get(one.name)) for one in section.exercises))
            for section in grade.sections
        ),
    )


def repairs_of(
    wrong: Sequence[ExerciseResult],
    exam: Exam,
    submission: Submission,
    sandbox: Sandbox,
    seconds: float,
    jobs: int = 2,
    goes_on: Callable[[], bool] = lambda: True,
    *,
    for_instructors: bool = False,
) -> Mapping[str, Repair]:
    """The repair of each exercise for which one was found, as `with_repairs` describes."""
    if not wrong or seconds <= 0:
        return {}
    exercises = {exercise.name: exercise for exercise in exam.exercises}
    end = time.monotonic() + seconds
    with SandboxedRules(lambda: sandbox, exam.assignment, exam.judging) as rules:
        asking = Asking(sandbox, submission, LIMITS, 1, rules, probes_needed(exam), exam.names, NEVER_LOST)

        def repaired(result: ExerciseResult) -> tuple[str, Repair | None]:
            search = Search(exercises[result.name], result, asking, rules, end, goes_on, for_instructors)
            return result.name, search.run()

        with ThreadPoolExecutor(max_workers=jobs) as pool:
            return {name: repair for name, repair in pool.map(repaired, wrong) if repair}


def is_open(result: ExerciseResult) -> bool:
    """Whether an exercise has a definition with a wrong answer that no hint explains; a quiz has no such place."""
    if gives_no_answers(result) or any(check.given or check.verdict == "not shown" for check in result.checks):
        return False
    wrong = [one for one in result.checks if one.verdict in ("failed", "raised", "stopped") and not one.attempts]
    return bool(wrong) and bool(result.file) and not result.not_started and not any(check.hint for check in wrong)


def gives_no_answers(result: ExerciseResult) -> bool:
    """Whether no change of the definition makes all checks pass.

    It is not there or cannot be read, or it calls a stub or another wrong exercise.
    """
    missing = f"there is no `{result.name}`"
    return bool(result.uses_wrong) or any(
        missing in check.feedback or NO_ANSWERS.search(check.feedback) for check in result.checks
    )


@dataclass(frozen=True)
class Candidate:
    """An edited definition: the text, and what was changed first."""

    source: str
    frame: Mapping[str, Any]
    edits: int = 1


@dataclass
class Search:
    """The search for one exercise."""

    exercise: ExamExercise
    result: ExerciseResult
    asking: Asking
    rules: Rules
    end: float
    goes_on: Callable[[], bool]
    for_instructors: bool = False
    limit: float = LONGEST
    checks: list[ExamCheck] = field(default_factory=list)
    slow: Question | None = None  # the code does not answer it in time

    def run(self) -> Repair | None:
        """The first change that is found; else where a network first computes something else, if that is known."""
        file = next((one for one in self.asking.submission.files if one.name == self.result.file), None)
        place = place_of(file, self.exercise.name) if file else None
        if place is None or not self._has_time():
            return None
        with self.asking.shared_child() as shared:
            asker = EditedCode(shared, place.file, self.exercise.name)
            difference = place_of_difference(
                self.exercise, self.result, self.asking.submission, partial(asker.ask, seconds=LONGEST), self.rules
            )
            if not self._order_checks(asker, place.source):
                return difference or (self._hanging(asker) if self.slow else None)
            bases: list[tuple[int, Candidate]] = []
            for candidate in self._edits(asker, Candidate(place.source, {}, 0)):
                passed = self._passed(asker, candidate.source)
                if passed == len(self.checks) and self._is_confirmed(place, candidate):
                    return self._repair(place, candidate)
                if passed:
                    bases.append((passed, candidate))
            for _, base in sorted(bases, key=lambda pair: -pair[0])[:BASES]:
                for candidate in self._edits(asker, base):
                    passed = self._passed(asker, candidate.source)
                    if passed == len(self.checks) and self._is_confirmed(place, candidate):
                        return self._repair(place, candidate)
        return difference

    def _has_time(self) -> bool:
        return time.monotonic() < self.end and self.goes_on()

    def _order_checks(self, asker: EditedCode, source: str) -> bool:
        """Put the first wrong check first, and its first wrong item; False if the definition alone is not wrong."""
        checks = [check for check in self.exercise.checks if not check.training and not check.measure]
        asker.put(source)
        for place, check in enumerate(checks):
            for number, item in enumerate(check.items):
                start = time.monotonic()
                answer = asker.ask(item.question, min(LONGEST, check.seconds))
                self.limit = min(LONGEST, max(SHORTEST, 8 * (time.monotonic() - start)))
                if isinstance(answer, Stopped):
                    self.slow = item.question if answer.kind == "time" else None
                    return False
                if not self.rules.accepts(check, item.expected, answer):
                    rest = [one for index, one in enumerate(check.items) if index != number]
                    first = replace(check, items=(item, *rest))
                    self.checks = [first, *checks[:place], *checks[place + 1 :]]
                    return True
        return False

    def _hanging(self, asker: EditedCode) -> Repair | None:
        """The loop, or else the line, in which the code is after a second."""
        found = asker.hanging_at(self.slow) if self.slow is not None and self._has_time() else None
        return None if found is None else line_at(self.asking.submission, found[0], found[1], HANGS[found[2]])

    def _edits(self, asker: EditedCode, base: Candidate) -> Iterator[Candidate]:
        if not self._has_time():
            return
        for frame in asker.edits_of(base.source, self.end - time.monotonic()):
            if not self._has_time():
                return
            start, stop = frame["start"], frame["stop"]
            source = f"{base.source[:start]}{frame['text']}{base.source[stop:]}"
            yield Candidate(source, base.frame or frame, base.edits + 1)

    def _passed(self, asker: EditedCode, source: str) -> int:
        """The number of checks that pass; 0 if the first one does not."""
        if not asker.put(source):
            return 0
        passed = 0
        for check in self.checks:
            answers: list[Answer] = []
            for item in check.items:
                answer = asker.ask(item.question, min(self.limit, check.seconds))
                if isinstance(answer, Stopped):
                    return 0
                if not self.rules.accepts(check, item.expected, answer):
                    break
                answers.append(answer)
            whole = len(answers) == len(check.items) and self.rules.accepts_all(check, check.items, answers)
            if not whole and check is self.checks[0]:
                return 0
            passed += whole
        return passed

    def _repair(self, place: Place, candidate: Candidate) -> Repair:
        repair = _repair(place, candidate)
        return replace(repair, diff=place.diff(candidate.source)) if self.for_instructors else repair

    def _is_confirmed(self, place: Place, candidate: Candidate) -> bool:
        """Whether the whole file passes with the change, in a child that has seen no other."""
        file = place.with_source(candidate.source)
        files = tuple(file if one.name == file.name else one for one in self.asking.submission.files)
        asking = replace(self.asking, submission=Submission(self.asking.submission.student, files), stopped=set())
        exercise = replace(self.exercise, checks=tuple(check for check in self.exercise.checks if not check.training))
        return all(result.verdict == "passed" for result in asking.verdicts(file, exercise).values())


def _repair(place: Place, candidate: Candidate) -> Repair:
    frame, lines = candidate.frame, place.file.cells[place.number].split("\n")
    line = min(max(1, frame["line"] + place.start), len(lines))
    code = lines[line - 1]
    start, stop = frame["columns"]
    inside = 0 <= start < stop <= len(code)
    return Repair(
        file=title_of(place.file, place.number),
        line=line,
        code=code[:200],
        start=start if inside else 0,
        stop=stop if inside else 0,
        kind=frame["kind"][:40],
        edits=candidate.edits,
    )


__all__ = ["SECONDS", "gives_no_answers", "is_open", "repairs_of", "with_repairs"]
