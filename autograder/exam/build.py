"""Reference + seed -> exam: draws the questions and asks the reference, in this trusted process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.author import (
    Check,
    Draw,
    Faults,
    Milestone,
    ReadReference,
    RecordedCall,
    Reference,
    Section,
    ask,
    draw_cases,
    draw_milestone,
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
from autograder.exam.traces import TRACED, traces_of
from autograder.exam.trusted import SLOW, as_in_the_sandbox, rights_of
from autograder.judge import OwnRules, Rules
from autograder.model import (
    Answer,
    Exam,
    ExamCheck,
    ExamExercise,
    ExamMilestone,
    ExamSection,
    Item,
    Question,
    Returned,
)
from autograder.sandbox.inside.tree import WireError


def build_exam(
    course: Course,
    assignment: str,
    seed: int,
    digest: str,
    versions: Mapping[str, str],
    data: Path | None = None,
    *,
    misconceptions: bool = True,
) -> Exam:
    """The exam of an assignment, made at once; raises `CourseError` for a reference that contradicts itself.

    `data` is a folder that the reference may take its data from, in place of what it brings along. Without
    `misconceptions`, which are nearly all of the work, the exam explains nothing, and does not know what follows from a
    wrong class; else it grades the same.
    """
    read = read_reference(course, assignment)
    questions, mistakes, faults = Questions(read, seed, data), Mistakes(read), Faults()

    def built(exercise: ExamExercise) -> ExamExercise:
        with faults.collect():
            exercise = questions.of(exercise)
            if misconceptions:
                exercise = questions.with_traces(exercise)
                exercise = replace(exercise, misconceptions=mistakes.misconceptions(exercise))
                exercise = replace(exercise, inherited=mistakes.inherited(exercise))
        return exercise

    exam = _outline(read, assignment, seed, digest, versions, faults)
    sections = [replace(section, exercises=tuple(map(built, section.exercises))) for section in exam.sections]
    faults.raise_all()
    return replace(exam, sections=tuple(sections))


def outline(read: ReadReference, assignment: str, seed: int, digest: str, versions: Mapping[str, str]) -> Exam:
    """The exam without its questions: what can be known without asking the reference."""
    faults = Faults()
    exam = _outline(read, assignment, seed, digest, versions, faults)
    faults.raise_all()
    return exam


def _outline(
    read: ReadReference, assignment: str, seed: int, digest: str, versions: Mapping[str, str], faults: Faults
) -> Exam:
    sections = tuple(_outline_of_section(section, faults) for section in read.sections)
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


def _outline_of_section(section: Section, faults: Faults) -> ExamSection:
    exercises = []
    for reference in section.references:
        written = _checks_of(section, reference)
        with faults.collect():
            refuse_unsound_exercise(section, reference, written)
        for check in written:
            with faults.collect():
                refuse_unfit_check(_place(section, check), check)
        milestones = [one for one in section.milestones if one.check.exercise is reference]
        for one in milestones:
            with faults.collect():
                refuse_unfit_check(_place(section, one.check, "milestone"), one.check)
        exercises.append(
            ExamExercise(
                name=reference.name,
                points=reference.points,
                signature=reference.signature,
                checks=tuple(map(without_items, written)),
                hints=reference.hints,
                requires=reference.requires,
                forbids=reference.forbids,
                milestones=tuple(map(_without_picture, milestones)),
            )
        )
    return ExamSection(section.name, section.title, section.extra, tuple(exercises))


def _checks_of(section: Section, reference: Reference[Any]) -> list[Check]:
    return [check for check in section.checks if check.exercise is reference]


def _place(section: Section, check: Check, word: str = "check") -> str:
    return f"{section.name}: {word} {check.name} of {check.exercise.name}"


def _without_picture(milestone: Milestone) -> ExamMilestone:
    """The milestone as the exam holds it, before it has questions."""
    return ExamMilestone(
        name=milestone.check.name,
        title=milestone.check.title,
        text=milestone.text,
        exercises=tuple(one.name for one in milestone.needs),
        check=without_items(milestone.check),
        drawing=milestone.drawing,
        trained=milestone.trained,
    )


@dataclass(frozen=True)
class Questions:
    """Draws the questions of one seed and asks the reference; each method raises one `CourseError` with all faults."""

    read: ReadReference
    seed: int
    data: Path | None = None
    _homes: Mapping[str, tuple[Section, Reference[Any]]] = field(init=False)

    def __post_init__(self) -> None:
        homes = {one.name: (section, one) for section in self.read.sections for one in section.references}
        object.__setattr__(self, "_homes", homes)

    def of(self, exercise: ExamExercise) -> ExamExercise:
        """The exercise with the questions of its checks and the right answers, but without the steps behind them."""
        section, reference = self._homes[exercise.name]
        checks, milestones, rights, faults = [], [], rights_of(section, reference), Faults()
        with as_in_the_sandbox(), recorded_classes() as classes:
            for check in _checks_of(section, reference):
                with faults.collect():
                    checks.append(self._check(section, check, rights))
        with as_in_the_sandbox():
            for one in section.milestones:
                if one.check.exercise is reference:
                    with faults.collect():
                        milestones.append(self._milestone(section, one, rights))
        faults.raise_all()
        uses = tuple(sorted(classes - {exercise.name}))
        return replace(exercise, checks=tuple(checks), uses=uses, milestones=tuple(milestones))

    def with_traces(self, exercise: ExamExercise) -> ExamExercise:
        """The exercise with the steps behind the right answers of networks."""
        rights = rights_of(*self._homes[exercise.name])
        with as_in_the_sandbox():
            checks = [
                replace(
                    check,
                    items=tuple(
                        replace(item, traces=traces_of(rights, item.question, self._ask)) for item in check.items
                    ),
                )
                if check.probe == TRACED
                else check
                for check in exercise.checks
            ]
        return replace(exercise, checks=tuple(checks))

    @property
    def _rules(self) -> Rules:
        return Rules(OwnRules(self.read.own.rules))

    def _ask(self, namespace: Mapping[str, Any], question: Question) -> Answer:
        return ask(namespace, question, self.read.own.probes)

    def _milestone(self, section: Section, milestone: Milestone, rights: Sequence[Mapping[str, Any]]) -> ExamMilestone:
        """The milestone with the questions of its picture; their calls are the captions of the images."""
        empty, place = _without_picture(milestone), _place(section, milestone.check, "milestone")
        if milestone.trained:
            return empty
        draw = Draw(self.seed, section.name, milestone.check.exercise.name, empty.name, data=self.data)
        images, captions, check = draw_milestone(place, milestone, draw)
        asked = self._check(section, check, rights)
        items = [
            replace(item, call=caption, inner_calls=()) for caption, item in zip(captions, asked.items, strict=True)
        ]
        return replace(empty, images=tuple(images), check=replace(asked, items=tuple(items)))

    def _check(self, section: Section, check: Check, rights: Sequence[Mapping[str, Any]]) -> ExamCheck:
        """The check with its questions and the answers of the reference and its alternatives, which are `rights`."""
        place, rules, probes = _place(section, check), self._rules, self.read.own.probes
        signatures = {name: reference.signature for name, (_, reference) in self._homes.items()}
        reference, empty = check.exercise, without_items(check)
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
                        answer = self._ask(right, question)
                    except WireError as error:
                        raise CourseError(f"{place}: {call}: {error}.") from None
                if not rules.accepts(empty, expected, answer):
                    refuse_wrong_reference(place, empty, answer, right, question, probes, rules)
                    expected.append(answer)
                recorded += calls
            more = picture_questions(check.picture, question, expected[0])
            picture_items = tuple(Item(word, one, (self._ask(rights[0], one),)) for word, one in more)
            items.append(
                Item(call, question, tuple(expected), picture_items, inner_calls(reference.name, recorded, signatures))
            )
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
        probe=check.ask.probe.name,
    )
