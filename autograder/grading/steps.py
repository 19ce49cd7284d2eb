"""Grades one submission, in steps."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from autograder.exam import beside
from autograder.grading.asking import Asking
from autograder.grading.course_code import SandboxedRules, probes_needed, refuse_unknown_probes
from autograder.grading.events import Event
from autograder.grading.follow_on import ask_follow_ons, with_wrong_uses
from autograder.grading.notes import notes_on
from autograder.grading.rounds import Rounds
from autograder.judge import Rules
from autograder.model import (
    Exam,
    ExamSection,
    ExerciseResult,
    Grade,
    SectionResult,
    Submission,
)
from autograder.sandbox import Limits, Sandbox
from autograder.submission import exercises_used


def grade(
    exam: Exam,
    submission: Submission,
    sandbox: Sandbox,
    *,
    limits: Limits | None = None,
    jobs: int | None = None,
    pictures: bool = False,
) -> Grade:
    """The verdicts on a submission; see `grade_in_steps`."""
    *_, last = grade_in_steps(exam, submission, sandbox, limits=limits, jobs=jobs, pictures=pictures)
    assert isinstance(last, Grade)
    return last


def grade_in_steps(
    exam: Exam,
    submission: Submission,
    sandbox: Sandbox,
    *,
    limits: Limits | None = None,
    jobs: int | None = None,
    pictures: bool = False,
) -> Iterator[Event]:
    """What happens while a submission is graded, as it happens; the last event is the grade.

    `jobs` files are trained at once, by default one per core, which changes no verdict. With `pictures`, wrong answers
    are drawn too; what that takes is asked in a child of its own, after the verdicts stand.
    """
    start = time.monotonic()
    refuse_unknown_probes(exam)
    rounds = Rounds(exam, submission)
    with SandboxedRules(lambda: sandbox, exam.assignment, exam.judging) as rules:
        asking = Asking(sandbox, submission, limits, jobs, rules, probes_needed(exam), exam.names)
        yield from _ask(rounds, asking, pictures)
        rounds.finish(rules)
        known = {**_results_beside(exam, asking, rounds, rules), **rounds.results}
        rounds.results.update(ask_follow_ons(asking, rounds.judges, known))
        said = with_wrong_uses({**known, **rounds.results}, submission)
        rounds.results.update((name, said[name]) for name in rounds.results)
    faults = sorted(set(rules.faults.notes)) if rules.faults else []
    sections = tuple(_section(section, rounds.results) for section in exam.sections)
    yield Grade(
        assignment=exam.assignment,
        student=submission.student,
        earned=sum(section.earned for section in sections),
        points=sum(section.points for section in sections if not section.extra),
        extra=sum(section.earned for section in sections if section.extra),
        isolation=sandbox.isolation,
        seed=exam.seed,
        digest=exam.digest,
        versions=exam.versions,
        seconds=round(time.monotonic() - start, 3),
        sections=sections,
        notes=(*submission.problems, *rounds.notes, *notes_on(submission), *faults),
        output={name: text for name, text in rounds.output.items() if text},
    )


def _ask(rounds: Rounds, asking: Asking, pictures: bool) -> Iterator[Event]:
    """Ask round by round."""
    with asking.shared_child() as shared, asking.child_without(rounds.exercises) as without:
        for files in rounds:
            works = []
            for file, exercises in files:
                work = yield from asking.without_training(shared, without, file, exercises)
                works.append(work)
            yield from asking.trainings(works)
            if pictures:
                asking.pictures(works)
            rounds.take(works)


def _results_beside(exam: Exam, asking: Asking, rounds: Rounds, rules: Rules) -> dict[str, ExerciseResult]:
    """The results of the exercises that are not graded but that the code of wrong ones uses."""
    found: dict[str, ExerciseResult] = {}
    files = {file.name: file for file in asking.submission.files}
    wrong = [one for one in rounds.results.values() if one.earned < one.points]
    while exam.beside and wrong:
        left = exam.names - rounds.results.keys() - found.keys()
        uses = (exercises_used(files[one.file], one.name, left) for one in wrong if one.file in files)
        names = frozenset[str]().union(*uses)
        more = Rounds(beside(exam, names), asking.submission)
        for _ in _ask(more, asking, pictures=False):
            pass
        more.finish(rules)
        found |= more.results
        wrong = [one for one in more.results.values() if one.earned < one.points]
    return found


def _section(section: ExamSection, results: Mapping[str, ExerciseResult]) -> SectionResult:
    exercises = tuple(results[exercise.name] for exercise in section.exercises)
    return SectionResult(
        name=section.name,
        title=section.title,
        extra=section.extra,
        earned=sum(result.earned for result in exercises),
        points=sum(exercise.points for exercise in section.exercises),
        exercises=exercises,
    )
