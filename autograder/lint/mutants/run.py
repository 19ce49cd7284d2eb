"""Applies every edit of the catalogue to right code, and reports what the checks let pass."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.author import ask, read_reference
from autograder.course import Course
from autograder.edits import Edit, edits_of
from autograder.exam import cache_folder, engine_digest
from autograder.grading import answers_to, probes_needed
from autograder.handout import read_solutions
from autograder.judge import OwnRules, Rules
from autograder.lint.mutants.exams import ManySeeds, many_seeds
from autograder.lint.mutants.forms import Form, forms_of
from autograder.lint.mutants.grading import LIMITS, SECONDS, in_parallel, passed_checks
from autograder.lint.mutants.listed import read_listed
from autograder.lint.mutants.report import Mutant, outcome_of
from autograder.lint.mutants.variants import variants
from autograder.model import ExamCheck, Raised, Returned, Stopped
from autograder.sandbox import Sandbox, out_of_time

MORE_QUESTIONS = 60  # that a surviving mutant is asked, for each check
MORE_SECONDS = 20.0  # for all of them


@dataclass(frozen=True)
class MutantProgress:
    """How many of the mutants of an exercise have been graded; `total` is that of all exercises."""

    done: int
    total: int


def run_mutants(
    course: Course,
    assignment: str,
    sandbox: Sandbox,
    *,
    seeds: Sequence[int],
    only: Sequence[str] = (),
    jobs: int = 0,
    resume: bool = True,
) -> Iterator[Mutant | MutantProgress]:
    """Grade every mutant of the exercises `only`, or of all, with the cases of all seeds.

    What was graded before with the same exam is read from a file in the cache, so an interrupted run goes on.
    """
    read = read_reference(course, assignment)
    exams = many_seeds(course, assignment, seeds)
    runner = _Runner(exams, sandbox, Rules(OwnRules(read.own.rules)), read.own.probes)
    listed = read_listed(course.reference(assignment))
    texts = read_solutions(course.folder, assignment)[1]
    tasks: list[_Task] = []
    for section in read.sections:
        for form in forms_of(section, texts.get(section.name, "")):
            wanted = not only or {section.name, form.exercise} & set(only)
            if wanted and form.exercise in exams.names:
                digest = exams.digest(form.exercise)
                tasks += [_Task(form, edit, section.namespace, digest) for edit in edits_of(form.source)]
    record = _Record(cache_folder() / f"{assignment}-{engine_digest()[:32]}.mutants", resume)
    new = []
    for task in tasks:
        known = record.get(task.key)
        if known is None:
            new.append(task)
        else:
            yield _listed(_mutant(task, known), listed)
    done = len(tasks) - len(new)
    yield MutantProgress(done, len(tasks))
    for task, result in in_parallel(runner.result, new, jobs):
        record.put(task.key, result)
        done += 1
        yield _listed(_mutant(task, result), listed)
        yield MutantProgress(done, len(tasks))


@dataclass(frozen=True)
class _Task:
    """A mutant to grade; `digest` is that of the questions and expected answers of its exercise."""

    form: Form
    edit: Edit
    namespace: Mapping[str, Any]
    digest: str

    @property
    def key(self) -> str:
        text = f"{self.digest}\0{self.form.exercise}\0{self.form.before}\0{self.edit.source}"
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class _Runner:
    """Grades mutants. `result` may be called from several threads."""

    exams: ManySeeds
    sandbox: Sandbox
    rules: Rules
    probes: Mapping[str, Any]

    def result(self, task: _Task) -> dict[str, Any]:
        """The verdicts, the outcome and the witness of a mutant, as the record keeps them."""
        name = task.form.exercise
        submission = task.form.submission(task.edit.source)
        probes = probes_needed(self.exams.exam)
        passed = passed_checks(self.exams.exercise(name), submission, self.sandbox, self.rules, probes)
        verdicts = self.exams.verdicts(name, passed)
        outcome, witness = outcome_of(verdicts), ""
        if outcome == "surviving":
            witness = self._witness(task, self.exams.checks(name))
            outcome = "surviving" if witness else "equal"
        return {"verdicts": {name: list(one) for name, one in verdicts.items()}, "outcome": outcome, "witness": witness}

    def _witness(self, task: _Task, checks: Sequence[ExamCheck]) -> str:
        """A question on which the mutant and the reference differ; empty if none is found."""
        asked = [
            (check, question)
            for check in checks
            for item in check.items
            for question in variants(item.question, max(1, MORE_QUESTIONS // len(check.items)))
        ]
        probes = probes_needed(self.exams.exam)
        both = [
            answers_to([one for _, one in asked], task.form.submission(source), self.sandbox, LIMITS, probes, SECONDS)
            for source in (task.edit.source, task.form.source)
        ]
        for (check, question), answer, unedited in zip(asked, *both, strict=True):
            right = ask(task.namespace, question, self.probes)
            empty = replace(check, items=())
            fits = isinstance(right, Returned) or (isinstance(right, Raised) and right.error == "ValueError")
            legal = fits and self.rules.accepts(empty, [right], unedited)  # else the question means nothing
            if isinstance(answer, Stopped) and answer.kind in ("time", "not asked") and answer != out_of_time(SECONDS):
                return ""  # the time for all questions is used up
            if legal and not self.rules.accepts(empty, [right], answer):
                return _call(question, right, answer)
        return ""


def _call(question: Any, right: Any, answer: Any) -> str:
    from autograder.text import one_line

    parts = [*map(_short, question.args), *(f"{name}={_short(value)}" for name, value in question.kwargs.items())]
    inputs = question.options.get("inputs")
    on = f" on {', '.join(map(_short, inputs))}" if inputs else ""
    text = f"{question.target}({', '.join(parts)}){on}, asked by {question.probe}"
    return one_line(
        f"{text}: right {_short(getattr(right, 'value', right))}, here {_short(getattr(answer, 'value', answer))}"
    )


def _short(value: Any) -> str:
    shape = getattr(value, "shape", None)
    text = f"array{tuple(shape)}" if shape not in (None, ()) else repr(value)
    return text if len(text) <= 80 else text[:79] + "…"


def _mutant(task: _Task, known: Mapping[str, Any]) -> Mutant:
    return Mutant(
        exercise=task.form.exercise,
        form=task.form.name,
        kind=task.edit.kind,
        sentence=task.edit.sentence,
        line=task.edit.line,
        before=task.form.source,
        source=task.edit.source,
        verdicts={name: tuple(one) for name, one in known["verdicts"].items()},
        outcome=known["outcome"],
        witness=known["witness"],
    )


def _listed(mutant: Mutant, listed: Mapping[tuple[str, str], str]) -> Mutant:
    """The mutant, with the author's reason if it is in the list of right ones and the checks let it pass."""
    reason = listed.get((mutant.exercise, mutant.diff), "")
    if reason and mutant.outcome in ("surviving", "seed", "equal"):
        return replace(mutant, outcome="listed", reason=reason)
    return mutant


class _Record:
    """The results so far, a line each; a line that was cut short is graded again."""

    def __init__(self, path: Path, resume: bool) -> None:
        self._path = path
        self._known: dict[str, dict[str, Any]] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        if not resume:
            path.unlink(missing_ok=True)
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            try:
                entry = json.loads(line)
                self._known[entry.pop("key")] = entry
            except (ValueError, KeyError):
                continue

    def get(self, key: str) -> dict[str, Any] | None:
        return self._known.get(key)

    def put(self, key: str, result: Mapping[str, Any]) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, **result}) + "\n")
