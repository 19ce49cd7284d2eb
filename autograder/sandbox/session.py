"""The questions about one file of a submission: loads it once, asks one after another, starts afresh after a crash."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable
from typing import Any

import numpy as np

from autograder.model import Answer, Question, SourceFile, Stopped, Submission
from autograder.sandbox.answers import read_answer
from autograder.sandbox.child import Child
from autograder.sandbox.inside import wire
from autograder.sandbox.sandbox import Limits, Sandbox
from autograder.sandbox.stops import broke_the_protocol

MAX_STARTS = 12
MAX_PROBLEMS, MAX_NAMES, MAX_TEXT = 100, 300, 3000  # of what a child reports about its loading
MAX_NOTES = 20
MAX_SKIPPED = 3  # statements that are left out before only definitions are used
MAX_OUTPUT = 256 << 10


class SharedChild:
    """One child in which the files of a submission are loaded, one after another, for as long as it lives.

    Starting a child takes longer than most questions, so the files share one. Whatever ends it costs the file at hand a
    fresh child, and no other file anything.
    """

    def __init__(
        self, sandbox: Sandbox, submission: Submission, limits: Limits | None = None, training: bool = False
    ) -> None:
        self.limits = limits or Limits()
        self.total_seconds = self.limits.total_seconds * (10 if training else 1)
        self.files = [_encoded(part) for part in submission.files]
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
    """The questions about one file. Answers come as values, errors, refusals or `Stopped`.

    A question that ends the child costs only itself. If the child had loaded other files before, the question is asked
    again in a fresh one, since it may have been their fault.
    """

    def __init__(self, shared: SharedChild, file: SourceFile, names: Iterable[str]) -> None:
        self._shared = shared
        self._file = file
        self._request: dict[str, Any] = {
            "files": shared.files,
            "main": shared.submission.files.index(file),
            "names": sorted(names),
            "definitions_only": False,
            "skipped": [],
        }
        self.asked_seconds = 0.0  # that questions took; waiting for a child and loading do not count
        self._child: Child | None = None
        self._alone = False  # in a child that has loaded no other file
        self._starts = 0
        self._unloadable: Stopped | None = None
        self.defined: frozenset[str] | None = None
        self.others: tuple[str, ...] = ()
        self.undefined: dict[str, str] = {}
        self.notes: list[str] = []
        self.broken: list[str] = []
        self.output = ""

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._collect_output()

    def ask(self, question: Question, seconds: float) -> Answer:
        """What the student's code makes of the question within so many seconds."""
        while True:
            child = self._child or self._load()
            if isinstance(child, Stopped):
                return child
            left = self._shared.total_seconds - self.asked_seconds
            if left <= 0:
                return Stopped(
                    "not asked", f"is not asked: this file has used its {self._shared.total_seconds:g} seconds"
                )
            start = time.monotonic()
            tree = child.exchange(wire.encode(vars(question)), min(seconds, left))
            asked = time.monotonic() - start
            answer = tree if isinstance(tree, Stopped) else self._read(tree)
            if isinstance(answer, Stopped) and not self._alone:
                self._drop()
                continue
            self.asked_seconds += asked
            if isinstance(answer, Stopped) and not child.usable:
                self._drop()
            return answer

    def _load(self) -> Child | Stopped:
        """A child that has loaded the file; or why there is none.

        A file that ends the child is tried again: in a fresh child, then without the statement at which it ended, at
        last with its definitions only.
        """
        while self._unloadable is None:
            if self._starts >= MAX_STARTS:
                reason = f"is not asked: this file has ended Python {MAX_STARTS} times"
                self._unloadable = Stopped("not asked", reason)
                break
            self._starts += 1
            self._child, self._alone = child, alone = self._shared.child()
            loaded = child.exchange(wire.encode(self._request), self._shared.limits.load_seconds)
            if not isinstance(loaded, Stopped):
                self._note(loaded)
                return child
            self._drop()
            if alone:
                self._ask_for_less(loaded, child.at)
        return self._unloadable

    def _ask_for_less(self, stop: Stopped, place: tuple[str, int] | None) -> None:
        """Leave out the statement at which loading stopped; or all but definitions; or give up."""
        skipped = self._request["skipped"]
        if self._request["definitions_only"]:
            self._unloadable = Stopped(stop.kind, f"cannot be asked: loading {self._file.name} {stop.reason}")
        elif place is not None and place not in skipped and len(skipped) < MAX_SKIPPED:
            skipped.append(place)
            self.notes.append(f"{place[0]}, line {place[1]} {stop.reason} while loading; the file is used without it")
        else:
            self._request["definitions_only"] = True
            self.notes.append(f"loading {self._file.name} {stop.reason}; only its definitions are used")

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
        for fatal, text in problems[:MAX_NOTES]:
            notes = self.broken if fatal else self.notes
            if text not in notes:
                notes.append(text)

    def _read(self, tree: Any) -> Answer:
        answer = read_answer(tree, self._shared.limits.memory)
        if answer is None:
            self._shared.leave()
            return broke_the_protocol()
        return answer

    def _drop(self) -> None:
        """End the child and keep what it printed."""
        self._collect_output()
        self._shared.leave()
        self._child = None

    def _collect_output(self) -> None:
        if self._child is not None:
            self.output = (self.output + self._child.take_output())[:MAX_OUTPUT]


def _encoded(file: SourceFile) -> dict[str, Any]:
    """The file for the wire; its text as bytes, since the wire cuts long strings. No cell contains NUL."""
    text = np.frombuffer("\0".join(file.cells).encode(), np.uint8)
    return {"name": file.name, "module": file.module, "cells": text}
