"""Reference + seed -> exam: draws the questions and asks the reference, once, in this trusted process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.author import (
    Check,
    Draw,
    Faults,
    OwnModules,
    ReadReference,
    RecordedCall,
    Reference,
    Section,
    ask,
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
from autograder.exam.inner_calls import inner_calls
from autograder.exam.mistakes import Mistakes
from autograder.exam.traces import traces_of
from autograder.exam.trusted import SLOW, as_in_the_sandbox, rights_of
from autograder.judge import OwnRules, Rules
from autograder.model import (
    Answer,
    Exam,
    ExamCheck,
    ExamExercise,
    ExamSection,
    Item,
    Question,
    Returned,
)
from autograder.sandbox.inside.wire import WireError

Progress = Callable[[int, int], None]
"""Called at each step of a long work with its number, from 1 on, and the number of all."""


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
    exam = build_questions(read, assignment, seed, digest, versions, data, progress=progress, traces=misconceptions)
    if not misconceptions:
        return exam
    mistakes, faults = Mistakes(read), Faults()
    sections = []
    for section in exam.sections:
        exercises = []
        for exercise in section.exercises:
            with faults.collect():
                wrong = mistakes.misconceptions(exercise)
                exercises.append(replace(exercise, misconceptions=wrong, inherited=mistakes.inherited(exercise)))
        sections.append(replace(section, exercises=tuple(exercises)))
    faults.raise_all()
    return replace(exam, sections=tuple(sections))


def build_questions(
    read: ReadReference,
    assignment: str,
    seed: int,
    digest: str,
    versions: Mapping[str, str],
    data: Path | None = None,
    *,
    progress: Progress | None = None,
    traces: bool = True,
) -> Exam:
    """The exam without the answers of misconceptions; `traces` are the steps behind the right answers of networks."""
    signatures = {one.name: one.signature for section in read.sections for one in section.references}
    builder = _Builder(seed, data, read.own, signatures, traces)
    if progress is not None:
        builder.before_exercise = lambda number: progress(number, len(signatures))
    with as_in_the_sandbox():
        sections = tuple(map(builder.section, read.sections))
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
    """Asks one reference; `faults` are its contradictions so far, `count` the exercises that it has asked."""

    seed: int
    data: Path | None
    own: OwnModules
    signatures: Mapping[str, str]
    traces: bool
    faults: Faults = field(default_factory=Faults)
    count: int = 0
    before_exercise: Callable[[int], None] = lambda number: None

    @property
    def rules(self) -> Rules:
        return Rules(OwnRules(self.own.rules))

    def ask(self, namespace: Mapping[str, Any], question: Question) -> Answer:
        return ask(namespace, question, self.own.probes)

    def section(self, section: Section) -> ExamSection:
        exercises = tuple(self._exercise(section, reference) for reference in section.references)
        return ExamSection(section.name, section.title, section.extra, exercises)

    def _exercise(self, section: Section, reference: Reference[Any]) -> ExamExercise:
        self.count += 1
        self.before_exercise(self.count)
        written = [check for check in section.checks if check.exercise is reference]
        with self.faults.collect():
            refuse_unsound_exercise(section, reference, written)
        checks, rights = [], rights_of(section, reference)
        with recorded_classes() as classes:
            for check in written:
                with self.faults.collect():
                    checks.append(self._check(section, check, rights))
        return ExamExercise(
            name=reference.name,
            points=reference.points,
            signature=reference.signature,
            checks=tuple(checks),
            hints=reference.hints,
            requires=reference.requires,
            uses=tuple(sorted(classes - {reference.name})),
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
            traces = traces_of(rights, question, self.ask) if self.traces else ()
            items.append(Item(call, question, tuple(expected), picture_items, inner, traces))
        if not items:
            raise CourseError(f"{place} yields no case.")
        return replace(empty, items=tuple(items))


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
