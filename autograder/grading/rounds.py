"""Which files are asked for which exercises, round by round, and what counts of their answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from autograder.judge import ExerciseJudge, Rules
from autograder.model import Exam, ExamExercise, ExerciseResult, SourceFile, Submission
from autograder.submission import duplicate_notes, files_defining, misspelt


@dataclass
class Work:
    """What asking one file has given: the judges of its exercises, notes on loading it, its output."""

    file: SourceFile
    judges: list[ExerciseJudge]
    absent: frozenset[str]
    notes: list[str]
    output: str

    @property
    def names(self) -> list[str]:
        return [judge.exercise.name for judge in self.judges]


class Rounds:
    """Which files are asked for which exercises, round by round, and the results so far."""

    def __init__(self, exam: Exam, submission: Submission) -> None:
        self._exercises = {exercise.name: exercise for exercise in exam.exercises}
        self._submission = submission
        self._names = exam.names
        self._homes = {
            exercise.name: files_defining(exercise.name, section.name, submission)
            for section in exam.sections
            for exercise in section.exercises
        }
        self._settled: set[str] = set()
        self.results: dict[str, ExerciseResult] = {}
        self.judges: dict[str, tuple[ExerciseJudge, SourceFile]] = {}  # of exercises that are started
        self.notes: list[str] = []
        self.output: dict[str, str] = {}

    @property
    def exercises(self) -> Iterable[ExamExercise]:
        """All exercises that are asked."""
        return self._exercises.values()

    def __iter__(self) -> Iterator[list[tuple[SourceFile, list[ExamExercise]]]]:
        """For each round the files in their order, each with the exercises that it is asked for."""
        for turn in range(max(map(len, self._homes.values()), default=0)):
            now = {
                name: files[turn]
                for name, files in self._homes.items()
                if turn < len(files) and name not in self._settled
            }
            yield [
                (file, [self._exercises[name] for name, home in now.items() if home == file])
                for file in self._submission.files
                if file in now.values()
            ]

    def take(self, works: Sequence[Work]) -> None:
        """Add what a round gave; a stub counts only where nothing else was found."""
        for work in works:
            for judge in work.judges:
                result = judge.result(work.file.name)
                name = result.name
                if not result.not_started and name not in work.absent:
                    self._settled.add(name)
                elif name in self.results and (self.results[name].not_started or not result.not_started):
                    continue
                self.results[name] = result
                if not result.not_started and name not in work.absent:
                    self.judges[name] = judge, work.file
            self.notes += [note for note in work.notes if note not in self.notes]
            self.output[work.file.name] = self.output.get(work.file.name, "") + work.output

    def finish(self, rules: Rules) -> None:
        """Add the exercises that are in no file, and notes on those that are in two."""
        self.notes += duplicate_notes(self._homes, self.results)
        open_ones = [
            exercise
            for name, exercise in self._exercises.items()
            if name not in self.results or self.results[name].not_started
        ]
        self.results.update(misspelt_results(rules, open_ones, self._names, self._submission))
        for exercise in open_ones:
            if exercise.name not in self.results:
                self.results[exercise.name] = _missing(rules, exercise, f"there is no `{exercise.name}`")


def misspelt_results(
    rules: Rules, exercises: Iterable[ExamExercise], names: Collection[str], submission: Submission
) -> dict[str, ExerciseResult]:
    """The results of those `exercises` that are probably written under a similar name, in place of untouched stubs.

    `names` are the names of all exercises.
    """
    open_ones = {exercise.name: exercise for exercise in exercises}
    results = {}
    for name, (near, file) in misspelt(names, submission).items() if open_ones else ():
        if name in open_ones:
            why = f"there is no `{name}`, but a `{near}`: is it misspelt?"
            results[name] = _missing(rules, open_ones[name], why, file.name)
    return results


def _missing(rules: Rules, exercise: ExamExercise, message: str, file: str = "") -> ExerciseResult:
    judge = ExerciseJudge(exercise, rules)
    judge.take_as_missing(message)
    return judge.result(file)
