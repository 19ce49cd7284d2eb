"""The hostile submissions, each with the outcome it must have: read from the file itself, in plain lines.

A submission is a file or a folder `submissions/hostile/<family>/<name>`. The docstring at the top of the file, or the
file `outcome.txt` of the folder, begins with a sentence; the lines after it are

    earns      points by exercise: `linear_params 0, conv2d_params 4`; nothing else is asked
    verdicts   of all checks that are asked and not skipped
    says       a pattern that the feedback, the notes or the output match
    tiers      where it is run, if not in every tier
    checks     the only checks that are asked
    seconds    for a check; `memory` in MB; `seed` of the exam; `measured` if networks are trained
    within     seconds that grading it may take; 30 if it says nothing
    alone      `yes` where it has broken a sandbox before: it gets one of its own

In its text `@EXAM@` and the like stand for the paths and numbers of `targets.py`: an attacker who knows where
everything is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.model import Exam, ExamExercise, ExamSection, Submission
from autograder.submission.read import read_submission

from ..course import SUBMISSIONS

CORPUS = SUBMISSIONS / "hostile"
TIERS = ("full", "landlock", "process")
FIELD = re.compile(r"^(\w+): +(.+)$", re.M)


@dataclass(frozen=True)
class Hostile:
    """One hostile submission: `due` is what it must earn, by exercise."""

    name: str
    path: Path
    due: dict[str, float]
    verdicts: frozenset[str]
    says: str
    tiers: tuple[str, ...] = TIERS
    checks: tuple[str, ...] = ()
    seconds: float | None = None
    memory: int = 1024
    seed: int = 0
    measured: bool = False
    within: float = 30.0
    alone: bool = False

    def __str__(self) -> str:
        return self.name

    def submission(self, texts: dict[str, str]) -> Submission:
        """The submission, with the given texts for the words in `@`."""
        read = read_submission(self.path)
        files = (replace(file, cells=tuple(_filled(cell, texts) for cell in file.cells)) for file in read.files)
        return replace(read, files=tuple(files))

    def asked(self, exam: Exam) -> Exam:
        """The part of the exam that it is asked."""
        sections = (self._section(section) for section in exam.sections)
        return replace(exam, sections=tuple(section for section in sections if section.exercises))

    def _section(self, section: ExamSection) -> ExamSection:
        wanted = tuple(self._exercise(exercise) for exercise in section.exercises if exercise.name in self.due)
        return replace(section, exercises=wanted)

    def _exercise(self, exercise: ExamExercise) -> ExamExercise:
        checks = tuple(
            replace(check, seconds=self.seconds or check.seconds)
            for check in exercise.checks
            if (self.measured or not check.measure) and check.name in (self.checks or [check.name])
        )
        return replace(exercise, checks=checks, points=sum(check.points for check in checks))


def corpus() -> list[Hostile]:
    """All of them, family by family."""
    paths = (path for family in sorted(CORPUS.iterdir()) for path in sorted(family.iterdir()))
    return [read_hostile(path) for path in paths if path.name != "__pycache__"]


def read_hostile(path: Path) -> Hostile:
    """The submission at a path, with what its first lines tell."""
    if path.is_dir():
        text = (path / "outcome.txt").read_text(encoding="utf-8")
    else:
        text = path.read_text(encoding="utf-8").split('"""')[1]
    fields = dict(FIELD.findall(text))
    points = (part.rsplit(" ", 1) for part in fields.pop("earns").split(", "))
    hostile = Hostile(
        name=f"{path.parent.name}/{path.stem}",
        path=path,
        due={name: float(earned) for name, earned in points},
        verdicts=frozenset(fields.pop("verdicts").split(", ")),
        says=fields.pop("says"),
        tiers=tuple(fields.pop("tiers", ", ".join(TIERS)).split(", ")),
        checks=tuple(filter(None, fields.pop("checks", "").split(", "))),
        seconds=float(fields.pop("seconds", 0)) or None,
        memory=int(fields.pop("memory", 1024)),
        seed=int(fields.pop("seed", 0)),
        measured=fields.pop("measured", "") == "yes",
        within=float(fields.pop("within", 30)),
        alone=fields.pop("alone", "") == "yes",
    )
    assert not fields, f"{path} tells of unknown things: {', '.join(fields)}"
    return hostile


def _filled(text: str, texts: dict[str, str]) -> str:
    return re.sub(r"@([A-Z_]+)@", lambda found: texts[found[1]], text)
