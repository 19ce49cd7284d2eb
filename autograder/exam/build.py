"""Reference + seed -> exam: asks the reference and every misconception the questions, once, in this trusted process."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.author import (
    Check,
    Draw,
    Faults,
    Misconception,
    OwnModules,
    RecordedCall,
    Reference,
    Section,
    ask,
    combinations,
    draw_cases,
    picture_questions,
    question_of,
    read_reference,
    recorded_calls,
    recorded_classes,
    refuse_unfit_check,
    refuse_unsound_exercise,
    refuse_wrong_reference,
    time_limit,
)
from autograder.course import Course
from autograder.errors import CourseError
from autograder.exam.call_text import call_of
from autograder.exam.inherited import SLOW, Uses, with_inherited
from autograder.exam.inner_calls import inner_calls
from autograder.exam.traces import traces_of
from autograder.judge import OwnRules, Rules
from autograder.model import (
    Answer,
    Exam,
    ExamCheck,
    ExamExercise,
    ExamMisconception,
    ExamSection,
    Item,
    Question,
    Raised,
    Refused,
    Returned,
)
from autograder.sandbox.inside.wire import WireError

Progress = Callable[[int, int], None]
"""Called before each exercise with its number, from 1 on, and the number of all."""


def build_exam(
    course: Course,
    assignment: str,
    seed: int,
    digest: str,
    versions: Mapping[str, str],
    data: Path | None = None,
    *,
    misconceptions: bool = True,
    progress: Progress | None = None,
) -> Exam:
    """The exam of an assignment; raises `CourseError` for a reference that contradicts itself.

    `data` is a folder that the reference may take its data from, in place of what it brings along. Without
    `misconceptions`, which are nearly all of the work, the exam explains nothing, and does not know what follows from a
    wrong class; else it grades the same.
    """
    read = read_reference(course, assignment)
    with _quiet(), _one_thread():
        signatures = {one.name: one.signature for section in read.sections for one in section.references}
        builder = _Builder(seed, data, read.own, signatures, misconceptions)
        if progress is not None:
            count = sum(len(section.references) for section in read.sections)
            builder.before_exercise = lambda number: progress(number, count)
        sections = tuple(map(builder.section, read.sections))
        if misconceptions:
            wrong = [one for section in read.sections for one in section.misconceptions]
            sections = with_inherited(sections, builder.uses, wrong, builder.ask, builder.rules)
    builder.faults.raise_all()
    return Exam(
        assignment=assignment,
        title=read.title,
        seed=seed,
        digest=digest,
        versions=versions,
        sections=sections,
        probes=read.own.probe_texts,
        judging=read.own.judging_texts,
    )


@dataclass
class _Builder:
    """Asks one reference; `faults` are its contradictions so far, `uses` the classes that each exercise uses."""

    seed: int
    data: Path | None
    own: OwnModules
    signatures: Mapping[str, str]
    explains: bool
    faults: Faults = field(default_factory=Faults)
    uses: list[Uses] = field(default_factory=list)
    before_exercise: Callable[[int], None] = lambda number: None

    @property
    def rules(self) -> Rules:
        return Rules(OwnRules(self.own.rules))

    def ask(self, namespace: Mapping[str, Any], question: Question) -> Answer:
        return ask(namespace, question, self.own.probes)

    def section(self, section: Section) -> ExamSection:
        namespace = section.namespace
        exercises = tuple(self._exercise(section, reference, namespace) for reference in section.references)
        return ExamSection(section.name, section.title, section.extra, exercises)

    def _exercise(self, section: Section, reference: Reference[Any], namespace: Mapping[str, Any]) -> ExamExercise:
        self.before_exercise(len(self.uses) + 1)
        written = [check for check in section.checks if check.exercise is reference]
        with self.faults.collect():
            refuse_unsound_exercise(section, reference, written)
        others = [other.right for other in section.alternatives if other.exercise is reference]
        checks, rights = [], [namespace, *_each(namespace, reference, others)]
        with recorded_classes() as classes:
            for check in written:
                with self.faults.collect():
                    checks.append(self._check(section, check, rights))
        self.uses.append(Uses(reference.name, frozenset(classes) - {reference.name}, rights))
        misconceptions: list[ExamMisconception] = []
        for wrong in section.misconceptions if self.explains and len(checks) == len(written) else ():
            if wrong.exercise is reference:
                with self.faults.collect():
                    misconceptions += self._misconception(wrong, checks, namespace, others)
        return ExamExercise(
            name=reference.name,
            points=reference.points,
            signature=reference.signature,
            checks=tuple(checks),
            misconceptions=tuple(misconceptions),
            hints=reference.hints,
            requires=reference.requires,
        )

    def _check(self, section: Section, check: Check, rights: Sequence[Mapping[str, Any]]) -> ExamCheck:
        """The check with its questions and the answers of the reference and its alternatives, which are `rights`."""
        reference, place = check.exercise, f"{section.name}: check {check.name} of {check.exercise.name}"
        refuse_unfit_check(place, check)
        empty = without_items(check)
        draw = Draw(self.seed, section.name, reference.name, check.name, data=self.data)
        items = []
        for drawn in draw_cases(place, check, draw):
            question = question_of(check, drawn, draw)
            call = call_of(reference, drawn, str(question.options.get("stdin", "")))
            if drawn.for_measure is not None:
                items.append(Item(call, question, (Returned(dict(drawn.for_measure)),)))
                continue
            expected: list[Answer] = []
            recorded: list[RecordedCall] = []
            for right in rights:
                limit = time_limit(SLOW * reference.seconds, f"{place}: the reference, asked for {call},")
                with limit, recorded_calls() as calls:
                    try:
                        answer = self.ask(right, question)
                    except WireError as error:
                        raise CourseError(f"{place}: {call}: {error}.") from None
                if not self.rules.accepts(empty, expected, answer):
                    refuse_wrong_reference(place, empty, answer, right, question, self.own.probes, self.rules)
                    expected.append(answer)
                recorded += calls
            more = picture_questions(check.picture, question, expected[0])
            picture_items = tuple(Item(word, one, (self.ask(rights[0], one),)) for word, one in more)
            inner = inner_calls(reference.name, recorded, self.signatures)
            traces = traces_of(rights, question, self.ask) if self.explains else ()
            items.append(Item(call, question, tuple(expected), picture_items, inner, traces))
        if not items:
            raise CourseError(f"{place} yields no case.")
        return replace(empty, items=tuple(items))

    def _misconception(
        self, wrong: Misconception, checks: Sequence[ExamCheck], namespace: Mapping[str, Any], others: Sequence[Any]
    ) -> Iterator[ExamMisconception]:
        """The misconception, and each combination with an alternative that gives other answers."""
        known: list[str] = []
        for mistaken in (wrong.wrong, *combinations(wrong, others)):
            answers = self._wrong_answers(wrong, {**namespace, wrong.exercise.name: mistaken}, checks)
            text = repr(answers)
            if text not in known:
                known.append(text)
                yield ExamMisconception(wrong.name, wrong.hint, answers)

    def _wrong_answers(
        self, wrong: Misconception, mistaken: Mapping[str, Any], checks: Iterable[ExamCheck]
    ) -> dict[str, tuple[Answer, ...]]:
        """Its answers to each check that refuses them."""
        answers = {}
        for check in checks:
            if check.measure:
                continue
            with time_limit(SLOW * wrong.exercise.seconds, f"{wrong.name}, a misconception of {wrong.exercise.name},"):
                given = tuple(_renamed(self.ask(mistaken, item.question), wrong) for item in check.items)
            if not self.rules.accepts_all(check, check.items, given):
                answers[check.name] = given
        return answers


def _each(namespace: Mapping[str, Any], reference: Reference[Any], others: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The namespace with each of the alternatives in place of the reference."""
    for other in others:
        yield {**namespace, reference.name: other}


def without_items(check: Check) -> ExamCheck:
    """The check as the exam holds it, before it has questions."""
    threshold, parameters = check.measure, dict(check.compare.parameters)
    if threshold is not None:
        limit = {"most": threshold.most} if threshold.least is None else {"least": threshold.least}
        parameters = {"sentence": threshold.sentence, **limit}
    return ExamCheck(
        name=check.name,
        title=check.title,
        points=check.points,
        comparator=check.compare.comparator.name,
        parameters=parameters,
        items=(),
        needs=tuple(other.name for other in check.needs),
        counts_with=tuple(other.name for other in check.counts_with()),
        hidden=check.hidden,
        training=check.training,
        measure="" if threshold is None else threshold.measure.name,
        picture=check.picture,
        seconds=check.exercise.seconds if threshold is None else check.exercise.training_seconds,
        by_value=check.compare.comparator.by_value,
    )


def _renamed(answer: Answer, wrong: Misconception) -> Answer:
    """An error message that names the misconception names the exercise instead, as a student's would."""
    if isinstance(answer, (Raised, Refused)):
        return replace(answer, message=answer.message.replace(wrong.name, wrong.exercise.name))
    return answer


@contextlib.contextmanager
def _quiet() -> Any:
    """Misconceptions may print and warn; nobody needs to read it."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _one_thread() -> Any:
    """One thread, as in the sandbox, so that both round alike."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
