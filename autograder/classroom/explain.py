"""Looks for the places of mistakes in the work of a class, after all grades are stored. It changes no score."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path

from autograder.classroom.gradebook import Entry
from autograder.classroom.results import read_entries, read_sources, write_entry
from autograder.errors import CourseError
from autograder.grading import SEARCH_SECONDS, is_open, with_repairs
from autograder.model import Exam, Grade, Submission
from autograder.sandbox import Sandbox, SandboxError


class ClassSearch:
    """The search in all stored results that have a wrong exercise without a hint and were not searched before."""

    def __init__(self, folder: Path, exam: Exam) -> None:
        self._folder, self._exam = folder, exam
        self._waiting = [one for one in read_entries(folder).values() if not one.searched and _is_wrong(one.entry)]

    def __len__(self) -> int:
        return len(self._waiting)

    def run(self, sandbox: Sandbox, jobs: int) -> Iterator[tuple[Entry, str]]:
        """Search and store, `jobs` submissions at once; each entry as it is ready, and why it could not be searched."""
        pool = ThreadPoolExecutor(jobs)
        try:
            searches = {pool.submit(self._search, one.entry, sandbox): one for one in self._waiting}
            for search in as_completed(searches):
                stored = searches[search]
                try:
                    entry, problem = replace(stored.entry, grade=search.result()), ""
                except (SandboxError, CourseError) as error:
                    entry, problem = stored.entry, str(error)
                else:
                    sources = read_sources(self._folder, entry.student.key)
                    entry = replace(entry, sources=sources)
                    write_entry(self._folder, replace(stored, entry=entry, searched=True))
                yield entry, problem
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _search(self, entry: Entry, sandbox: Sandbox) -> Grade:
        assert entry.grade is not None
        submission = Submission(entry.student.key, read_sources(self._folder, entry.student.key))
        return with_repairs(entry.grade, self._exam, submission, sandbox, SEARCH_SECONDS, jobs=1, for_instructors=True)


def _is_wrong(entry: Entry) -> bool:
    sections = entry.grade.sections if entry.grade else ()
    return any(is_open(result) for section in sections for result in section.exercises)
