"""Waits for saves and grades what they changed, in two threads."""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from autograder.cli.watch.desk import Asked, Desk, at_rest, begin, checked, graded, grading, lost

if TYPE_CHECKING:
    from autograder.model import Submission

STEP, LONGEST = 10, 150  # milliseconds: without another change for so long a save is whole; it is waited for no longer
SOURCES = (".py", ".ipynb", ".zip", "")
LONG = 1.0  # seconds that a grading goes on although the work has changed
AGAIN = 0.05  # seconds until an empty file is read again: editors empty a file before they write it


def wait_for_saves(desk: Desk) -> None:
    """Tell the grader of each change; a folder that is gone is waited for."""
    from watchfiles import watch

    folder, single = (desk.path, None) if desk.path.is_dir() else (desk.path.parent, desk.path.name)

    def counts(change: object, path: str) -> bool:
        name = os.path.basename(path)  # noqa: PTH119 - called for each change of any file
        return name == single if single is not None else os.path.splitext(name)[1] in SOURCES  # noqa: PTH122 - as above

    while not desk.ended.is_set():
        with contextlib.suppress(OSError):
            for _ in watch(
                folder,
                watch_filter=counts,
                debounce=LONGEST,
                step=STEP,
                stop_event=desk.ended,
                rust_timeout=500,
                yield_on_timeout=True,
                recursive=single is None,
                raise_interrupt=False,
            ):
                desk.saves.put(True)
                _leave_old_work(desk)
                if not folder.is_dir():
                    break
        while not folder.is_dir() and not desk.ended.wait(0.2):
            pass
        desk.saves.put(True)


def grade_saves(desk: Desk) -> None:
    """Grade what has changed, one exercise after another; a new save may put others in front."""
    from autograder.cli.watch.order import in_order, wrong_first
    from autograder.exam import without_training
    from autograder.grading import CheckJudged, grade_in_steps
    from autograder.model import Grade
    from autograder.sandbox import SandboxError
    from autograder.submission import digest

    exam = without_training(desk.exam)
    _ = desk.sandbox.isolation  # the first child is proved while the screen says that the sandbox starts
    before: Submission | None = None
    due: list[str] = []
    work, since = "", time.monotonic()
    while True:
        if (not due or not desk.saves.empty()) and not _next_save(desk):
            return
        if not due:
            since = time.monotonic()
        after = _read(desk, before)
        if after is None:
            due = []
            continue
        if before is None or digest(after) != work:
            first = in_order(exam, before, after, desk.board.current)
            moves = before is not None and bool(first)
            due = list(dict.fromkeys([*first, *due]))
            work, before, since = digest(after), after, time.monotonic()
            desk.acts.put(partial(begin, desk, after, work, first, due[0] if moves else ""))
        if not due:
            desk.acts.put(partial(at_rest, desk))
            continue
        name = due.pop(0)
        desk.acts.put(partial(grading, desk, name))
        asked = wrong_first(exam, name, desk.board.checks.get(name, {}))
        desk.asked = Asked(work)
        try:
            for event in grade_in_steps(asked, after, desk.sandbox):
                if isinstance(event, CheckJudged):
                    desk.acts.put(checked(desk, event.exercise, event.result))
        except SandboxError:
            if not desk.asked.left:
                raise
            due.insert(0, name)
            continue
        finally:
            with desk.asking:
                desk.asked = None
        assert isinstance(event, Grade)
        desk.acts.put(partial(graded, desk, event, time.monotonic() - since))
        if not due:
            desk.acts.put(partial(at_rest, desk))


def _leave_old_work(desk: Desk) -> None:
    """Give up a grading that takes long, an endless loop perhaps, once the work has changed."""
    from autograder.submission import SubmissionError, digest, read_submission

    asked = desk.asked
    if asked is None or time.monotonic() - asked.since < LONG:
        return
    try:
        changed = digest(read_submission(desk.path)) != asked.work
    except SubmissionError:
        return
    with desk.asking:
        if changed and desk.asked is asked:
            asked.left = True
            desk.sandbox.interrupt()


def _next_save(desk: Desk) -> bool:
    """Wait for a save, and take all that are there; False at the end."""
    goes_on = desk.saves.get()
    while goes_on and not desk.saves.empty():
        goes_on = desk.saves.get()
    return goes_on


def _read(desk: Desk, before: Submission | None) -> Submission | None:
    """The work as it stands; a file that is half written or cannot be read stays as it was before."""
    from autograder.submission import SubmissionError, read_submission

    for last in False, True:
        try:
            after = read_submission(desk.path)
        except SubmissionError as error:
            if last:
                desk.acts.put(partial(lost, desk, str(error)))
                return None
            time.sleep(AGAIN)
            continue
        full = {file.name for file in before.files if any(file.cells)} if before is not None else set()
        if last or not any(file.name in full and not "".join(file.cells).strip() for file in after.files):
            break
        time.sleep(AGAIN)
    known = {file.name for file in after.files}
    unread = [one for one in before.files if one.name not in known] if before is not None else []
    kept = [file for file in unread if any(file.name in problem for problem in after.problems)]
    return replace(after, files=(*after.files, *kept))
