"""Exam + answers -> the verdicts on one exercise. It never sees a student's objects, only answers."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.judge.accept import Rules
from autograder.judge.answers import answers_to, given_text, verdict_on
from autograder.judge.explain import counted, named
from autograder.judge.feedback import not_started, result, skipped
from autograder.judge.picture import FIGURE, figure_of, picture_of, wrong_item
from autograder.judge.symptoms import with_symptom
from autograder.judge.trace import compared
from autograder.judge.train import Asker, judge_training
from autograder.judge.weights import different_weights
from autograder.model import (
    Answer,
    CheckResult,
    ExamCheck,
    ExamExercise,
    ExerciseResult,
    Item,
    Picture,
    Refused,
)

MAX_STOPS = 2  # checks of one exercise that may stop before the others are not asked
ENOUGH_RIGHT = 0.5  # of the right network's layers, whose results no process knows without computing them
TRACE_SECONDS = 2.0  # for the steps behind a wrong answer
HURRIED = 0.3  # of a check's seconds, once this exercise, one that it calls, or several others were stopped


@dataclass
class ExerciseJudge:
    """What is known so far of one exercise: the verdicts, and the answers that they rest on.

    Call `ask` for the checks without training, then for those with; then `ask_for_pictures`, if pictures are wanted;
    then `result`.
    """

    exercise: ExamExercise
    rules: Rules = field(default_factory=Rules)
    results: dict[str, CheckResult] = field(default_factory=dict)
    answers: dict[str, Sequence[Answer]] = field(default_factory=dict)
    picture_answers: dict[str, Sequence[Answer]] = field(default_factory=dict)
    partly_right: set[str] = field(default_factory=set)  # failed checks whose network is right in many steps
    with_pictures: bool = False
    seconds: float = 0.0
    stopped_before: dict[str, float] = field(default_factory=dict)  # seconds of checks that were stopped elsewhere
    hurried: bool = False  # its code calls an exercise that was stopped, or several others were stopped

    def ask(self, asker: Asker, training: bool) -> None:
        """Asker the checks that train, and those that need one of them; or all the others."""
        for _ in self.ask_in_steps(asker, training):
            pass

    def ask_in_steps(self, asker: Asker, training: bool) -> Iterator[CheckResult]:
        """The same, check by check, with the verdict on each; `result` looks for misconceptions when all are there."""
        trains: set[str] = set()
        for check in self.exercise.checks:
            if check.training or trains & set(check.needs):
                trains.add(check.name)
            if (check.name in trains) is training and check.name not in self.results:
                before, start = asker.question_seconds, time.monotonic()
                found = self._judge(check, asker)
                seconds = asker.question_seconds - before
                if found.verdict == "stopped" and seconds:
                    seconds = time.monotonic() - start  # all that it cost, with the attempts in other children
                    seconds += self.stopped_before.get(check.name, 0.0)
                self.results[check.name] = replace(found, seconds=seconds)
                self.seconds += self.results[check.name].seconds
                yield self.results[check.name]
        if not training:
            self._look_for_right_steps(asker)

    def take_as_not_started(self) -> list[CheckResult]:
        """Judge all checks of an exercise of which there is only the stub, which need not be asked."""
        for check in self.exercise.checks:
            unmet = self._unmet(check)
            self.results[check.name] = skipped(check, self.results[unmet[0]]) if unmet else not_started(check)
        return list(self.results.values())

    def take_as_missing(self, why: str) -> list[CheckResult]:
        """Judge all checks of an exercise that is not defined, for this reason."""
        for check in self.exercise.checks:
            unmet = self._unmet(check)
            self.results[check.name] = skipped(check, self.results[unmet[0]]) if unmet else result(check, "raised", why)
            self.answers[check.name] = () if unmet else [Refused("missing", why)]
        return list(self.results.values())

    @property
    def was_stopped(self) -> bool:
        """Whether a check was stopped."""
        return any(one.verdict == "stopped" for one in self.results.values())

    @property
    def will_train(self) -> bool:
        """Whether a check that trains is to be asked, because all that it needs has passed."""
        left = (check for check in self.exercise.checks if check.training and check.name not in self.results)
        return any(not self._unmet(check) for check in left)

    def to_ask_again(self) -> ExerciseJudge:
        """A judge that knows the verdicts on the checks that passed, or that train, and asks the others again."""
        keep = {
            check.name
            for check in self.exercise.checks
            if check.training or self.results[check.name].verdict == "passed"
        }
        results = {name: one for name, one in self.results.items() if name in keep}
        answers = {name: given for name, given in self.answers.items() if name in keep}
        return ExerciseJudge(self.exercise, self.rules, results, answers, hurried=self.was_stopped)

    @property
    def failed_trainings(self) -> list[ExamCheck]:
        """The checks that train and failed, for whose symptoms one may ask."""
        return [one for one in self.exercise.checks if one.measure and self._verdict_on(one.name) == "failed"]

    def ask_for_symptoms(self, asker: Asker) -> None:
        """Add to the feedback of trainings that failed why they do not learn, when all verdicts stand."""
        for check in self.failed_trainings:
            self.results[check.name] = with_symptom(self.rules, check, self.results[check.name], asker)

    def ask_for_pictures(self, asker: Asker) -> None:
        """Asker what the pictures of wrong answers need, when all verdicts stand."""
        self.with_pictures = True
        for check, item, _ in self._wrong():
            self.picture_answers[check.name] = [asker(one.question, check.seconds) for one in item.picture_items]

    def fail_passed(self, why: str) -> None:
        """Fail what has passed so far, for a reason that lies in the source."""
        for check in self.exercise.checks:
            if check.name in self.results and self.results[check.name].verdict == "passed":
                self.results[check.name] = result(check, "failed", why)

    def result(self, file: str = "") -> ExerciseResult:
        """The verdicts on the exercise with their hints, when all checks were asked; `file` is where it was found."""
        ordered = {
            check.name: replace(self.results[check.name], given=given_text(check, self.answers.get(check.name, ())))
            for check in self.exercise.checks
        }
        for check, item, answer in self._wrong() if self.with_pictures else ():
            more = self.picture_answers.get(check.name, ())
            ordered[check.name] = replace(ordered[check.name], picture=self._picture(check, item, answer, more))
        for name, picture in self._right_figure() if self.with_pictures else ():
            ordered[name] = replace(ordered[name], picture=picture)
        checks = self._counted(self._named(ordered))
        return ExerciseResult(
            name=self.exercise.name,
            earned=sum(check.earned for check in checks),
            points=self.exercise.points,
            seconds=round(self.seconds, 3),
            checks=checks,
            file=file,
        )

    def _look_for_right_steps(self, asker: Asker) -> None:
        """Ask for the steps behind wrong values on which the points of checks that passed depend."""
        passed = [check for check in self.exercise.checks if self._verdict_on(check.name) == "passed"]
        needed = {name for check in passed for name in check.counts_with}
        for check in self.exercise.checks:
            if check.name in needed and self._verdict_on(check.name) == "failed":
                number = wrong_item(self.rules, check, self.answers[check.name])
                item = None if number is None else check.items[number]
                if item is not None and item.traces:
                    answer = asker(item.trace_question, min(check.seconds, TRACE_SECONDS))
                    if self._share_right(item, answer) >= ENOUGH_RIGHT:
                        self.partly_right.add(check.name)

    def _share_right(self, item: Item, answer: Answer) -> float:
        """The share of the right network's layers that the student's network has."""
        steps = self.rules.guarded("comparing steps", lambda: compared(item.traces, answer), lambda why: None)
        return 0.0 if steps is None else steps.share

    def _verdict_on(self, name: str) -> str:
        return self.results[name].verdict if name in self.results else ""

    def _judge(self, check: ExamCheck, asker: Asker) -> CheckResult:
        unmet = self._unmet(check)
        if unmet:
            return skipped(check, self.results[unmet[0]])
        if sum(one.verdict == "stopped" for one in self.results.values()) >= MAX_STOPS:
            return result(check, "stopped", "not run, because two checks of this exercise were stopped already")
        if check.measure:
            return judge_training(self.rules, check, asker)
        answers = self.answers[check.name] = answers_to(self.rules, check, asker, self._limit(check))

        def wrong(why: str) -> CheckResult:
            self.answers[check.name] = [Refused("unfit", why)]  # nothing else may fail on these answers
            return result(check, "failed", why)

        def verdict() -> CheckResult:
            found = verdict_on(self.rules, self.exercise, check, answers)
            if found.verdict != "passed":
                return found
            why = different_weights(self.rules, check, self.exercise.checks, self.results, self.answers)
            return result(check, "failed", why) if why else found

        return self.rules.guarded(f"judging check {check.name}", verdict, wrong)

    def _limit(self, check: ExamCheck) -> float:
        """The seconds of a check: fewer after a stop, since an endless loop is asked often and right code is fast."""
        return HURRIED * check.seconds if (self.hurried or self.was_stopped) and not check.training else check.seconds

    def _unmet(self, check: ExamCheck) -> list[str]:
        """The checks that this one needs and that have not passed, among those with a verdict."""
        needs = list(self.results) if check.measure else check.needs
        return [name for name in needs if self._verdict_on(name) not in ("passed", "")]

    def _named(self, results: Mapping[str, CheckResult]) -> tuple[CheckResult, ...]:
        """The results with their misconceptions; without any if the search for them fails."""
        return self.rules.guarded(
            f"looking for misconceptions of {self.exercise.name}",
            lambda: tuple(named(self.rules, self.exercise, results, self.answers)),
            lambda why: tuple(results[check.name] for check in self.exercise.checks),
        )

    def _counted(self, results: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
        """The results that count; a claim counts only beside right values if the answers cannot be judged."""
        return self.rules.guarded(
            f"judging the claims of {self.exercise.name}",
            lambda: tuple(counted(self.rules, self.exercise, results, self.answers, self.partly_right)),
            lambda why: tuple(counted(self.rules, self.exercise, results, {})),
        )

    def _picture(self, check: ExamCheck, item: Item, answer: Answer, more: Sequence[Answer]) -> Picture | None:
        return self.rules.guarded(
            f"the picture of check {check.name}",
            lambda: picture_of(self.rules, check, self.exercise.signature, item, answer, more),
            lambda why: None,
        )

    def _wrong(self) -> Iterator[tuple[ExamCheck, Item, Answer]]:
        """The checks whose answers are wrong, each with the item and the answer that the feedback shows."""
        for check in self.exercise.checks:
            verdict = self.results[check.name]
            if verdict.verdict in ("failed", "raised") and not (check.hidden or check.measure or verdict.not_started):
                number = wrong_item(self.rules, check, self.answers[check.name])
                if number is not None:
                    yield check, check.items[number], self.answers[check.name][number]

    def _right_figure(self) -> Iterator[tuple[str, Picture]]:
        """The first figure of an exercise that draws figures, all of them right, with the name of its check."""
        drawing = [one for one in self.exercise.checks if not one.hidden and one.probe == FIGURE]
        if drawing and all(self.results[check.name].verdict == "passed" for check in drawing):
            picture = figure_of(drawing[0].items[0], self.answers[drawing[0].name][0])
            if picture is not None:
                yield drawing[0].name, picture


def judge_exercise(
    rules: Rules, exercise: ExamExercise, asker: Asker, trainer: Asker, file: str = ""
) -> ExerciseResult:
    """The verdicts on one exercise: first what needs no training, then what does."""
    judge = ExerciseJudge(exercise, rules)
    judge.ask(asker, training=False)
    judge.ask(trainer, training=True)
    return judge.result(file)
