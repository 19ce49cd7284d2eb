"""`grade batch --explain`: looks for the places of mistakes when all grades are stored."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.cli.batch_setup import BatchRequest
    from autograder.model import Exam


def explain_mistakes(request: BatchRequest, exam: Exam, console: Console) -> None:
    """Look for the places of mistakes; what was found before Ctrl-C stays."""
    from autograder.classroom import ClassSearch
    from autograder.cli.progress_bar import Bar
    from autograder.prepare import open_sandbox
    from autograder.text import one_line, plural

    search = ClassSearch(request.results, exam)
    if not len(search):
        console.print("There is no submission in which the place of a mistake is still to be looked for.")
        return
    counts: Counter[str] = Counter()
    places = 0
    grading = request.grading
    try:
        with open_sandbox(grading.device, grading.isolation) as sandbox, Bar(console, len(search)) as bar:
            for entry, problem in search.run(sandbox, request.jobs):
                if problem:
                    bar.say(f"{one_line(entry.student.key)}: could not be searched: {one_line(problem)}")
                sections = entry.grade.sections if entry.grade else ()
                places += sum(result.repair is not None for section in sections for result in section.exercises)
                counts["not searched" if problem else "searched"] += 1
                bar.step(counts)
    except KeyboardInterrupt:
        left = len(search) - sum(counts.values())
        console.print(f"Interrupted: {left} of {len(search)} were not searched. The same command goes on.")
    console.print(
        f"Looked for mistakes in {plural(counts['searched'], 'submission')}: {plural(places, 'place')} found."
    )
