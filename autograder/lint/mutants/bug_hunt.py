"""Bug hunts: the solution with one mistake in each exercise, to be found and fixed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from autograder.author import Section, read_reference
from autograder.course import Course
from autograder.edits import edits_of
from autograder.grading import grade_exercise, probes_needed
from autograder.handout import read_solutions, without_marks
from autograder.judge import OwnRules, Rules
from autograder.lint.mutants.forms import Form, forms_of
from autograder.lint.mutants.grading import LIMITS, SECONDS
from autograder.model import Exam
from autograder.sandbox import Sandbox

TRIES = 40  # mutants of one exercise


@dataclass(frozen=True)
class Hunt:
    """A section as it is handed out: its text, and the exercises that have a mistake."""

    section: str
    text: str
    mistaken: tuple[str, ...]


def bug_hunt(course: Course, exam: Exam, sandbox: Sandbox, seed: int) -> Iterator[Hunt]:
    """The sections of an assignment, as they are ready. `exam` is without trainings; `seed` draws the mistakes.

    A mistake is an edit of the catalogue with which some check of the exercise fails. Where an exercise
    has several checks, some still pass, so that the mistake is not in plain sight.
    """
    read = read_reference(course, exam.assignment)
    rules = Rules(OwnRules(read.own.rules))
    texts = read_solutions(course.folder, exam.assignment)[1]
    for section in read.sections:
        text, mistaken = texts[section.name], []
        for form in _solutions(section, text):
            found = _mistaken(form, exam, sandbox, rules, random.Random(f"{seed} {form.exercise}"))
            if found is not None:
                text = text.replace(form.source, found, 1)
                mistaken.append(form.exercise)
        yield Hunt(section.name, without_marks(text), tuple(mistaken))


def _solutions(section: Section, text: str) -> Iterator[Form]:
    for form in forms_of(section, text):
        if form.name == "solution":
            yield form


def _mistaken(form: Form, exam: Exam, sandbox: Sandbox, rules: Rules, draw: random.Random) -> str | None:
    """The definition with a mistake, or None if none of the edits that are tried will do."""
    exercise = next((one for one in exam.exercises if one.name == form.exercise), None)
    if exercise is None:
        return None
    asked = replace(exercise, checks=tuple(replace(check, seconds=SECONDS) for check in exercise.checks))
    edits = list(edits_of(form.source))
    draw.shuffle(edits)
    probes = probes_needed(exam)
    for edit in edits[:TRIES]:
        results = grade_exercise(asked, form.submission(edit.source), sandbox, rules, LIMITS, probes)
        verdicts = [result.verdict for result in results.values()]
        if ("failed" in verdicts or "raised" in verdicts) and ("passed" in verdicts or len(verdicts) == 1):
            return edit.source
    return None
