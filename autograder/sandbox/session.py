"""The questions about one file of a submission: loads it once, asks one after another, starts afresh after a crash."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable
from typing import Any

import numpy as np

from autograder.model import Answer, Question, Raised, Returned, SourceFile, Stopped, Submission
from autograder.sandbox.child import Child, ChildEnd, used_too_much
from autograder.sandbox.inside import wire
from autograder.sandbox.sandbox import Limits, Sandbox

MAX_STARTS = 12
MAX_PROBLEMS, MAX_NAMES, MAX_TEXT = 100, 300, 3000  # that are kept of what a child tells of its loading
MAX_SKIPPED = 3  # statements that are left out before only definitions are used


class SharedChild:
    """Where the files of one submission are loaded, one after another, in one child for as long as it lives.

    Starting a child takes longer than most questions, so the files share one. Whatever ends it costs the file at hand a
    fresh child, and nobody else anything.
    """

    def __init__(
        self, sandbox: Sandbox, submission: Submission, limits: Limits | None = None, training: bool = False
    ) -> None:
        self.limits = limits or Limits()
        self.total_seconds = self.limits.total_seconds * (10 if training else 1)
        self.files = [_told(part) for part in submission.files]
        self.submission = submission
        self._sandbox = sandbox
        self._training = training
        self._stack = contextlib.ExitStack()
        self._child: Child | None = None

    def __enter__(self) -> SharedChild:
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def child(self) -> tuple[Child, bool]:
        """The child, and whether it is fresh."""
        if self._child is not None and self._child.usable:
            return self._child, False
        self.leave()
        self._child = self._stack.enter_context(self._sandbox.child(self._training, self.limits))
        return self._child, True

    def leave(self) -> None:
        """End the child; the next one is fresh."""
        self._child = None
        self._stack.close()


class Session:
    """The questions about one file. Answers come as values, errors or `Stopped`.

    A question that ends the child costs only itself. If the child had loaded other files before, the question is asked
    again in a fresh one, since it may have been their fault.
    """

    def __init__(self, room: SharedChild, file: SourceFile, names: Iterable[str]) -> None:
        self._room = room
        self._file = file
        self._request: dict[str, Any] = {
            "files": room.files,
            "main": room.submission.files.index(file),
            "names": sorted(names),
            "definitions_only": False,
            "skipped": [],
        }
        self.asked_seconds = 0.0  # that questions took, waiting for a child and loading not counted
        self._child: Child | None = None
        self._alone = False  # in a child that has loaded no other file
        self._starts = 0
        self._unloadable = ""
        self.defined: frozenset[str] | None = None
        self.others: tuple[str, ...] = ()
        self.undefined: dict[str, str] = {}
        self.notes: list[str] = []
        self.broken: list[str] = []
        self.output = ""

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._keep_output()

    def ask(self, question: Question, seconds: float) -> Answer:
        """What the student's code makes of the question within so many seconds."""
        if self._child is None and not self._load():
            return Stopped(self._unloadable)
        assert self._child is not None
        left = self._room.total_seconds - self.asked_seconds
        if left <= 0:
            return Stopped(f"is not asked: this file has used its {self._room.total_seconds:g} seconds")
        start = time.monotonic()
        answer = self._child.exchange(wire.encode(vars(question)), min(seconds, left))
        asked = time.monotonic() - start
        told = Stopped(answer.reason) if isinstance(answer, ChildEnd) else self._read(answer)
        if isinstance(told, Stopped) and not self._alone:
            self._drop()
            return self.ask(question, seconds)
        self.asked_seconds += asked
        if isinstance(told, Stopped) and not self._child_lives():
            self._drop()
        return told

    def _child_lives(self) -> bool:
        return self._child is not None and self._child.usable

    def _load(self) -> bool:
        """Load the file; one that ends the child is tried again: in a fresh one, then without what did it."""
        if self._unloadable:
            return False
        if self._starts >= MAX_STARTS:
            self._unloadable = f"is not asked: this file has ended Python {MAX_STARTS} times"
            return False
        self._starts += 1
        self._child, self._alone = self._room.child()
        loaded = self._child.exchange(wire.encode(self._request), self._room.limits.load_seconds)
        if not isinstance(loaded, ChildEnd):
            self._note(loaded)
            return True
        place, alone = self._child.at, self._alone
        self._drop()
        if not alone:
            return self._load()
        if self._request["definitions_only"]:
            self._unloadable = f"cannot be asked: loading {self._file.name} {loaded.reason}"
            return False
        if place is not None and place not in self._request["skipped"] and len(self._request["skipped"]) < MAX_SKIPPED:
            self._request["skipped"].append(place)
            self.notes.append(f"{place[0]}, line {place[1]} {loaded.reason} while loading; the file is used without it")
        else:
            self._request["definitions_only"] = True
            self.notes.append(f"loading {self._file.name} {loaded.reason}; only its definitions are used")
        return self._load()

    def _note(self, loaded: Any) -> None:
        """Keep what is defined, and what went wrong while loading: sentences for the student, once each."""
        try:
            found = list(loaded["problems"])[:MAX_PROBLEMS]
            problems = [(p["fatal"] is True, str(p["text"])[:MAX_TEXT]) for p in found]
            self.undefined = {str(p["name"])[:100]: str(p["text"])[:MAX_TEXT] for p in found if p["name"] != ""}
            self.others = tuple(str(name)[:100] for name in list(loaded["others"])[:MAX_NAMES])
            self.defined = frozenset(str(name)[:100] for name in list(loaded["names"])[:MAX_NAMES])
        except (KeyError, TypeError, IndexError, ValueError):
            problems = [(True, "the file broke the protocol of the sandbox")]
        for fatal, text in problems[:20]:
            notes = self.broken if fatal else self.notes
            if text not in notes:
                notes.append(text)

    def _read(self, answer: Any) -> Answer:
        if isinstance(answer, dict) and set(answer) == {"returned"}:
            return Returned(answer["returned"])
        if isinstance(answer, dict) and set(answer) == {"raised"} and isinstance(answer["raised"], dict):
            raised = answer["raised"]
            if excess := used_too_much(str(raised.get("limit", "")), self._room.limits.memory):
                return Stopped(excess)
            told = raised.get("kinds", ())
            kinds = tuple(map(str, told)) if isinstance(told, tuple) else ()
            error, text, where = (str(raised.get(key, ""))[:3000] for key in ("error", "message", "where"))
            return Raised(error, text, where, kinds)
        self._room.leave()
        return Stopped("broke the protocol of the sandbox")

    def _drop(self) -> None:
        """Let the child go and keep what it printed."""
        self._keep_output()
        self._room.leave()
        self._child = None

    def _keep_output(self) -> None:
        if self._child is not None:
            self.output = (self.output + self._child.take_output())[: 256 << 10]


def _told(file: SourceFile) -> dict[str, Any]:
    """The file for the wire; its text as bytes, since the wire cuts long strings. No cell contains NUL."""
    text = np.frombuffer("\0".join(file.cells).encode(), np.uint8)
    return {"name": file.name, "module": file.module, "cells": text}
