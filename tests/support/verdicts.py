"""The verdicts on works with the cases of many seeds. Trainings are asked where all checks of an exercise train."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from autograder.author import read_reference
from autograder.exam import only
from autograder.exam.build import build_exam
from autograder.grading import grade, probes_needed
from autograder.judge import OwnRules, Rules
from autograder.lint.mutants.exams import many_seeds
from autograder.lint.mutants.grading import in_parallel, passed_checks
from autograder.model import Exam, ExamCheck
from autograder.prepare import open_sandbox
from autograder.sandbox import Sandbox
from tests.support.course import COURSE
from tests.support.works import Work

Verdicts = dict[str, tuple[bool, ...]]  # for each check of a work's exercise, whether it passes with each seed


class ManyGrades:
    """Grades works of an assignment."""

    def __init__(self, assignment: str, seeds: Sequence[int]) -> None:
        self.assignment = assignment
        self.exams = many_seeds(COURSE, assignment, seeds)

    @cached_property
    def whole(self) -> Exam:
        """The exam of the first seed with its trainings."""
        return build_exam(COURSE, self.assignment, self.exams.seeds[0], "", {}, misconceptions=False)

    def checks(self, exercise: str) -> Sequence[ExamCheck]:
        """The checks of an exercise that are asked."""
        if exercise in self.exams.names:
            return self.exams.checks(exercise)
        return next(one for one in self.whole.exercises if one.name == exercise).checks

    def verdicts(self, works: Iterable[Work], jobs: int = 0) -> Iterator[tuple[Work, Verdicts]]:
        """Each work with its verdicts, as they are ready; trainings have those of the first seed alone."""
        rules = Rules(OwnRules(read_reference(COURSE, self.assignment).own.rules))
        probes = probes_needed(self.exams.exam)
        works = list(works)
        with open_sandbox(ahead=2) as sandbox:

            def of(work: Work) -> Verdicts:
                passed = passed_checks(self.exams.exercise(work.exercise), work.submission, sandbox, rules, probes)
                return self.exams.verdicts(work.exercise, passed)

            for work in works:
                if work.exercise not in self.exams.names:
                    yield work, self._trained(work, sandbox)
            yield from in_parallel(of, [work for work in works if work.exercise in self.exams.names], jobs)

    def _trained(self, work: Work, sandbox: Sandbox) -> Verdicts:
        graded = grade(only(self.whole, [work.exercise]), work.submission, sandbox)
        (result,) = (one for section in graded.sections for one in section.exercises)
        return {check.name: (check.verdict == "passed",) for check in result.checks}
