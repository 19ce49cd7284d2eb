"""Runs the trainings of one exercise in a sandbox of their own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime

from autograder.cli.watch.events import Trained
from autograder.cli.watch.state import Training
from autograder.exam import only
from autograder.grading import grade
from autograder.model import Exam
from autograder.sandbox import Sandbox


class TrainingRun:
    """Trains in the thread that iterates `events`."""

    def __init__(self, training: Training, exam: Exam, device: str) -> None:
        self.training = training
        self._exam = only(exam, [training.exercise])
        self._sandbox = Sandbox(device=device)
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Stop at once; `events` ends without one."""
        self._stopped.set()
        self._sandbox.stop()

    def events(self) -> Iterator[Trained]:
        try:
            with self._sandbox as sandbox:
                result = grade(self._exam, self.training.submission, sandbox, jobs=1)
        except Exception:
            if self._stopped.is_set():
                return
            raise
        if not self._stopped.is_set():
            yield Trained(self.training, result.sections[0].exercises[0], result.output, datetime.now())
