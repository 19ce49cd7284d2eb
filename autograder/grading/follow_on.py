"""Asks an exercise again that uses a wrong function or class of the student's: one mistake costs what it is about.

The calls of a wrong function are answered by the judge, one by one, and only those that the reference makes for the
same question; the right function never enters the process of the student's code. If a wrong class has a known
misconception, an exercise that uses it may answer as the reference does with that misconception in its class.

Each exercise gets a child of its own, so that no answer is there when another exercise is asked. All other verdicts
stand before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from autograder.exam import KnownCalls
from autograder.grading.asking import Asking, fail_by_source
from autograder.judge import ExerciseJudge, right_by_itself, uses_wrong
from autograder.model import (
    Answer,
    CheckResult,
    ExamCheck,
    ExamExercise,
    ExerciseResult,
    InnerCall,
    Question,
    SourceFile,
    Submission,
)
from autograder.sandbox import AnswerCall, Session
from autograder.submission import exercises_used, without_lines

ASKED_AGAIN = "failed", "raised", "stopped"


class AnsweredSession(Protocol):
    """Asks a student's code while somebody answers the calls of its stand-ins."""

    @property
    def question_seconds(self) -> float: ...

    @property
    def left_out(self) -> tuple[tuple[str, int, int], ...]: ...

    def ask(self, question: Question, seconds: float, answer_call: AnswerCall | None = None) -> Answer: ...


@dataclass(frozen=True)
class Again:
    """What asking again has given: the verdicts, and in each check the exercises that were taken to be right."""

    judge: ExerciseJudge
    used: Mapping[str, frozenset[str]]


def ask_follow_ons(
    asking: Asking, judges: Mapping[str, tuple[ExerciseJudge, SourceFile]], results: Mapping[str, ExerciseResult]
) -> dict[str, ExerciseResult]:
    """The new results of the exercises with checks that pass but for the wrong exercises that they use."""
    found = {}
    for name, (judge, file) in judges.items():
        wrong = wrong_functions(judge, file, results, asking.submission.files)
        if wrong:
            with asking.shared_child() as shared, Session(shared, file, [name], stand_ins=wrong) as session:
                again = judge_again(judge, session, file)
            found[name] = with_follow_ons(again, results[name])
        for class_name, answers in inherited_by(judge, file, results):
            with asking.shared_child() as shared, Session(shared, file, [name]) as session:
                again = judge_with_inherited(judge, class_name, answers, session, file)
            result = with_follow_ons(again, found.get(name, results[name]))
            if result.earned > found.get(name, results[name]).earned:
                found[name] = result
    return found


def with_wrong_uses(results: Mapping[str, ExerciseResult], submission: Submission) -> dict[str, ExerciseResult]:
    """The results, in which each wrong exercise says which other wrong ones it uses: those come first."""
    files = {file.name: file for file in submission.files}
    wrong = {name for name, one in results.items() if one.earned < one.points and one.file and not one.not_started}
    found = dict(results)
    for name in wrong:
        first = next((check for check in results[name].checks if check.verdict in ASKED_AGAIN), None)
        others = wrong - {name}
        file = files.get(results[name].file)
        used = exercises_used(file, name, others) if first and file and others else frozenset()
        if first and " expected shape " in first.feedback:
            used = frozenset(one for one in used if _may_change_shapes(results[one]))
        explained = first and (
            first.hint or any(f" calls {one}, which is not started" in first.feedback for one in used)
        )
        if first and used and not first.attempts and not explained:
            said = replace(first, feedback=f"{first.feedback}\n{uses_wrong(sorted(used))}")
            checks = tuple(said if check is first else check for check in results[name].checks)
            found[name] = replace(results[name], checks=checks, uses_wrong=tuple(sorted(used)))
    return found


def _may_change_shapes(wrong: ExerciseResult) -> bool:
    """Whether the results of a wrong exercise have other shapes than expected, or may have."""
    return any(
        one.verdict in ("raised", "stopped") or "expected shape" in one.feedback
        for one in wrong.checks
        if one.verdict in ASKED_AGAIN
    )


def inherited_by(
    judge: ExerciseJudge, file: SourceFile, results: Mapping[str, ExerciseResult]
) -> Iterator[tuple[str, Mapping[str, Sequence[Answer]]]]:
    """The student's wrong classes that an exercise uses, if its answers may be wrong by them alone; with the answers.

    The mistake in the class has to be a known misconception.
    """
    wrong = any(result.verdict in ASKED_AGAIN for result in judge.results.values())
    used = [name for name in judge.exercise.uses if name in results] if wrong else []
    known = {(name, check.misconception) for name in used for check in results[name].checks if check.misconception}
    for one in judge.exercise.inherited if known else ():
        if (one.exercise, one.misconception) in known and exercises_used(file, judge.exercise.name, [one.exercise]):
            for answers in one.ways:
                if all(judge.results[name].verdict in ASKED_AGAIN or name not in judge.answers for name in answers):
                    yield one.exercise, answers


def judge_with_inherited(
    judge: ExerciseJudge,
    class_name: str,
    answers: Mapping[str, Sequence[Answer]],
    session: AnsweredSession,
    file: SourceFile,
) -> Again:
    """The verdicts if right are the `answers`, those of right code that uses the class with its misconception."""
    exercise = replace(
        judge.exercise,
        checks=tuple(_expecting(check, answers.get(check.name, ())) for check in judge.exercise.checks),
    )
    again = replace(judge.to_ask_again(), exercise=exercise)
    again.ask(_Asker(session, {}), training=False)
    fail_by_source(again, without_lines(file, session.left_out))
    again.results = {**judge.results, **again.results}
    return Again(again, {name: frozenset({class_name}) for name in answers})


def _expecting(check: ExamCheck, answers: Iterable[Answer]) -> ExamCheck:
    """The check with these right answers; without any the check as it is."""
    given = tuple(answers)
    if not given:
        return check
    items = (replace(item, expected=(answer,)) for item, answer in zip(check.items, given, strict=True))
    return replace(check, items=tuple(items))


def wrong_functions(
    judge: ExerciseJudge, file: SourceFile, results: Mapping[str, ExerciseResult], files: Sequence[SourceFile]
) -> frozenset[str]:
    """The other exercises that an exercise with wrong answers calls, and that are not known to be right.

    A function that calls the exercise itself, wherever it stands in the `files`, is none of them.
    """
    calls = inner_calls(judge.exercise, judge.results)
    names = {call.target for some in calls.values() for call in some}
    names = {name for name in names if name not in results or results[name].earned < results[name].points}
    used = exercises_used(file, judge.exercise.name, names) if names else frozenset()
    return frozenset(name for name in used if not _leads_to(judge.exercise.name, name, names, files))


def _leads_to(exercise: str, start: str, names: Collection[str], files: Iterable[SourceFile]) -> bool:
    """Whether a function calls the exercise, itself or through others of these names: then both say nothing new."""
    to_see, seen = [start], {start}
    while to_see:
        one = to_see.pop()
        used = frozenset[str]().union(*(exercises_used(file, one, [*names, exercise]) for file in files))
        if exercise in used:
            return True
        to_see += used - seen
        seen |= used
    return False


def inner_calls(exercise: ExamExercise, results: Mapping[str, CheckResult]) -> dict[int, tuple[InnerCall, ...]]:
    """The calls that the judge can answer in the questions of wrong checks, by the id of the question."""
    wrong = any(result.verdict in ASKED_AGAIN for result in results.values())
    items = [item for check in exercise.checks for item in check.items] if wrong else []
    return {id(item.question): item.inner_calls for item in items if item.inner_calls}


def with_follow_ons(again: Again, before: ExerciseResult) -> ExerciseResult:
    """The result with the checks that have passed now. An answer must have helped: other code gets no second try.

    The other checks keep their feedback. Their hints are those of the new answers, since the old ones may show the
    mistake of another function.
    """
    after = {check.name: check for check in again.judge.result(before.file).checks}
    functions = sorted(frozenset[str]().union(*again.used.values()))
    checks = []
    for check in before.checks:
        by = sorted(again.used.get(check.name, ())) or (functions if check.verdict == "skipped" else [])
        passed = check.verdict != "passed" and after[check.name].verdict == "passed" and by
        if passed:
            checks.append(right_by_itself(after[check.name], by))
        elif again.used.get(check.name):
            new = after[check.name]
            checks.append(replace(check, misconception=new.misconception, hint=new.hint))
        else:
            checks.append(check)
    return replace(before, checks=tuple(checks), earned=sum(check.earned for check in checks))


def judge_again(judge: ExerciseJudge, session: AnsweredSession, file: SourceFile) -> Again:
    """The verdicts on the answers that come while the judge answers the calls of the stand-ins."""
    again = judge.to_ask_again()
    asker = _Asker(session, inner_calls(judge.exercise, judge.results))
    used = {}
    for result in again.ask_in_steps(asker, training=False):
        used[result.name] = asker.take_used()
    fail_by_source(again, without_lines(file, session.left_out))
    again.results = {**judge.results, **again.results}
    return Again(again, used)


@dataclass
class _Asker:
    """Asks a session and answers the calls of its stand-ins."""

    session: AnsweredSession
    calls: Mapping[int, Iterable[InnerCall]]
    used: set[str] = field(default_factory=set)

    @property
    def question_seconds(self) -> float:
        return self.session.question_seconds

    def __call__(self, question: Question, seconds: float) -> Answer:
        known = KnownCalls(self.calls.get(id(question), ()))
        answer = self.session.ask(question, seconds, known.answer)
        self.used |= known.used
        return answer

    def take_used(self) -> frozenset[str]:
        """The functions that were answered since the last call."""
        used, self.used = frozenset(self.used), set()
        return used
