"""Asks edited definitions of a student's file in a child of the sandbox, for the search for a mistake."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from autograder.model import Answer, Question, Returned, SourceFile, Stopped
from autograder.sandbox import Session, SharedChild

SHORTEST, LONGEST = 0.3, 2.0  # seconds of an edited program for one question
LARGEST = 8 << 20  # bytes of a list of edits


class EditedCode:
    """Asks edited definitions one after another; a child that one of them ends is replaced."""

    def __init__(self, shared: SharedChild, file: SourceFile, name: str) -> None:
        self._shared, self._file, self._name = shared, file, name
        self._session = Session(shared, file, [name])

    def put(self, source: str) -> bool:
        done = self._session.put(source, LONGEST)
        if not done:
            self._renew()
        return done

    def ask(self, question: Question, seconds: float) -> Answer:
        answer = self._session.ask(question, seconds)
        if isinstance(answer, Stopped):
            self._renew()
        return answer

    def edits_of(self, source: str, seconds: float) -> list[dict[str, Any]]:
        """The edits as the child lists them, without those that are not what they should be."""
        answer = self._session.edits_of(source, max(SHORTEST, seconds))
        if not isinstance(answer, Returned) or not isinstance(answer.value, np.ndarray):
            return []
        try:
            found = json.loads(answer.value.astype(np.uint8).tobytes()[:LARGEST])
        except (ValueError, RecursionError):
            return []
        return [one for one in found if _is_frame(one)] if isinstance(found, list) else []

    def hanging_at(self, question: Question) -> tuple[str, int, bool] | None:
        """The title and line where the student's own code is after a second, and whether a loop begins there."""
        self.put("")
        answer = self._session.hanging_at(question, 2 * LONGEST)
        found = answer.value if isinstance(answer, Returned) else None
        if isinstance(answer, Stopped):
            self._renew()
        if not isinstance(found, tuple) or [type(one) for one in found] != [str, int, bool]:
            return None
        return found[0], found[1], found[2]

    def _renew(self) -> None:
        self._shared.end_child()
        self._session = Session(self._shared, self._file, [self._name])


def _is_frame(frame: object) -> bool:
    """Whether a child's edit has the form of an `EditFrame`."""
    if not isinstance(frame, dict):
        return False
    texts = all(isinstance(frame.get(name), str) for name in ("kind", "sentence", "text"))
    numbers = [frame.get(name) for name in ("line", "start", "stop")]
    columns = frame.get("columns")
    numbers += columns if isinstance(columns, list) and len(columns) == 2 else [None]
    return texts and all(type(number) is int and 0 <= number < 1 << 20 for number in numbers)
