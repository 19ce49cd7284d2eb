"""The questions about one file of a submission: load it once, ask one question after another, recover from crashes."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from autograder.model import Answer, Question, Returned, SourceFile, Stopped
from autograder.sandbox.answers import read_answer
from autograder.sandbox.call_replies import AnswerCall, CallReplies
from autograder.sandbox.child import Child
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.frames import EditsRequest, HangingRequest, LoadRequest, PutRequest
from autograder.sandbox.requests import question_frame, utf8
from autograder.sandbox.shared_child import FIRST_SECONDS, SharedChild
from autograder.sandbox.stops import protocol_error

MAX_STARTS = 12  # of Python for one file
MAX_PROBLEMS, MAX_NAMES, MAX_TEXT = 100, 300, 3000  # of a child's report on loading; MAX_TEXT is in characters
MAX_NAME = 100  # characters
MAX_NOTES = 20
MAX_SKIPPED = 3  # statements that are left out before only definitions are used
MAX_OUTPUT = 256 << 10  # characters


class Session:
    """Asks questions about one file. A question that ends the child costs only its own answer.

    If the child had loaded other files before, the question is asked again in a fresh child: the other files may have
    caused the crash. The judge answers calls of the functions in `stand_ins`.
    """

    def __init__(
        self,
        shared: SharedChild,
        file: SourceFile,
        names: Iterable[str],
        stand_ins: Iterable[str] = (),
        loads_silently: bool = False,
    ) -> None:
        """With `loads_silently`, `output` leaves out what the file prints while it is loaded."""
        self._shared = shared
        self._file = file
        self._request: LoadRequest = {
            "files": shared.files,
            "main": shared.submission.files.index(file),
            "names": sorted(names),
            "definitions_only": False,
            "skipped": [],
            "stand_ins": sorted(stand_ins),
        }
        self._child: Child | None = None
        self._child_is_fresh = False  # it has loaded no other file
        self._loads_silently = loads_silently
        self._starts = 0
        self._load_stop: Stopped | None = None  # why the file cannot be loaded at all
        self.question_seconds = 0.0  # spent on questions, without waiting for a child and without loading
        self.defined: frozenset[str] | None = None  # exercises that the file defines; None before it is loaded
        self.other_names: tuple[str, ...] = ()  # of its other functions and classes
        self.failed_definitions: dict[str, str] = {}  # name -> error
        self.unreadable: dict[str, str] = {}  # name -> syntax error; the name "" stands for any name
        self.left_out: tuple[tuple[str, int, int], ...] = ()  # (title, first, last) of lines that cannot be parsed
        self.notes: list[str] = []  # sentences for the student
        self.fatal_problems: list[str] = []  # sentences about lines that could not be parsed
        self.output = ""
        self._taken = 0  # characters of it that `new_output` has returned

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._collect_output()

    def ask(self, question: Question, seconds: float, answer_call: AnswerCall | None = None) -> Answer:
        """Put a question to the student's code, which has `seconds` to answer.

        `answer_call` answers the calls of stand-ins, with None for a call that it does not know.
        """
        lost = self._shared.lost
        while True:
            if lost.is_used_up:
                seconds_lost = f"{lost.most:g} seconds"
                return Stopped("not asked", f"was not run: code that did not finish has used its {seconds_lost}")
            child = self._child or self._load()
            if isinstance(child, Stopped):
                return child
            left = self._shared.total_seconds - self.question_seconds
            if left <= 0:
                total = f"{self._shared.total_seconds:g} seconds"
                return Stopped("not asked", f"was not run: this file has used its {total}")
            start = time.monotonic()
            replying = None if answer_call is None else CallReplies(answer_call)
            limit = min(seconds, left, lost.left)
            limit = limit if self._child_is_fresh else min(limit, FIRST_SECONDS)
            tree = child.exchange(wire.encode(question_frame(question)), limit, replying)
            elapsed = time.monotonic() - start
            answer = tree if isinstance(tree, Stopped) else self._read(tree)
            if isinstance(answer, Stopped):
                lost.add(min(elapsed, limit))
            if isinstance(answer, Stopped) and not self._child_is_fresh:
                self._end_child()
                continue
            self.question_seconds += elapsed
            if isinstance(answer, Stopped) and not child.alive:
                self._end_child()
            return answer

    def load(self) -> None:
        """Load the file now, if it is not loaded: what `defined`, `notes` and `output` say is known then."""
        if self._child is None:
            self._load()

    def new_output(self) -> str:
        """What the code has printed since the last call."""
        self._collect_output()
        start, self._taken = self._taken, len(self.output)
        return self.output[start:]

    def edits_of(self, definition: str, seconds: float) -> Answer:
        """The edits of a definition, as the bytes of a JSON list of `EditFrame`; the child may have forged it."""
        return self._exchange(wire.encode(EditsRequest(edits_of=utf8(definition))), seconds)

    def hanging_at(self, question: Question, seconds: float) -> Answer:
        """The place `(title, line, loop)` where the code is while it answers; None if it ends.

        The child may have forged it.
        """
        return self._exchange(wire.encode(HangingRequest(hanging=question_frame(question))), seconds)

    def put(self, definition: str, seconds: float) -> bool:
        """Put a definition in the place of the student's own, until the next one comes; whether that went well."""
        answer = self._exchange(wire.encode(PutRequest(put=utf8(definition))), seconds)
        return isinstance(answer, Returned) and answer.value is True

    def _exchange(self, frame: bytes, seconds: float) -> Answer:
        """Send a request that is no question; a child that it ends is gone."""
        child = self._child or self._load()
        if isinstance(child, Stopped):
            return child
        tree = child.exchange(frame, seconds)
        answer = tree if isinstance(tree, Stopped) else self._read(tree)
        if isinstance(answer, Stopped):
            self._end_child()
        return answer

    def _load(self) -> Child | Stopped:
        """Load the file in a child; return `Stopped` if every attempt ended the child.

        The attempts: the shared child, a fresh child, a fresh child without the statement that ended it, and last only
        the file's definitions.
        """
        while self._load_stop is None:
            if self._starts >= MAX_STARTS:
                reason = f"was not run: this file has ended Python {MAX_STARTS} times"
                self._load_stop = Stopped("not asked", reason)
                break
            self._starts += 1
            self._child, self._child_is_fresh = child, fresh = self._shared.child()
            seconds = self._shared.load_seconds
            start = time.monotonic()
            reply = child.exchange(wire.encode(self._request), seconds)
            if not isinstance(reply, Stopped):
                self._read_load_reply(reply)
                if self._loads_silently:
                    child.new_output()
                return child
            self._shared.lost.add(min(time.monotonic() - start, seconds), load=True)
            self._end_child()
            if fresh:
                self._reduce_request(reply, child.statement)
        return self._load_stop

    def _reduce_request(self, stop: Stopped, statement: tuple[str, int] | None) -> None:
        """Leave out the statement that ended the child, or everything but definitions, or stop trying."""
        skipped = self._request["skipped"]
        if self._request["definitions_only"]:
            self._load_stop = Stopped(stop.kind, f"cannot run: loading {self._file.name} {stop.reason}")
        elif statement is not None and statement not in skipped and len(skipped) < MAX_SKIPPED:
            skipped.append(statement)
            title, line = statement
            self.notes.append(f"{title}, line {line} {stop.reason} while loading; the file is used without it")
        else:
            self._request["definitions_only"] = True
            self.notes.append(f"loading {self._file.name} {stop.reason}; only its definitions are used")

    def _read_load_reply(self, reply: Any) -> None:
        """Store what the file defines, and each problem once. The child may have forged any part of the reply."""
        try:
            found = list(reply["problems"])[:MAX_PROBLEMS]
            problems = [(p["fatal"] is True, str(p["text"])[:MAX_TEXT]) for p in found]
            self.failed_definitions, self.unreadable = _names_of(found, fatal=False), _names_of(found, fatal=True)
            broken = [(str(p["file"]), *p["lines"][:2]) for p in found if p["fatal"] is True]
            self.left_out = tuple((title, int(first), int(last)) for title, first, last in broken)
            self.other_names = tuple(str(name)[:MAX_NAME] for name in list(reply["others"])[:MAX_NAMES])
            self.defined = frozenset(str(name)[:MAX_NAME] for name in list(reply["names"])[:MAX_NAMES])
        except (KeyError, TypeError, IndexError, ValueError, OverflowError):
            problems = [(True, "the file broke the protocol of the sandbox")]
            self.unreadable = {"": problems[0][1]}
        for fatal, text in problems[:MAX_NOTES]:
            sentences = self.fatal_problems if fatal else self.notes
            if text not in sentences:
                sentences.append(text)

    def _read(self, tree: Any) -> Answer:
        answer = read_answer(tree, self._shared.limits.memory)
        if answer is None:
            self._shared.end_child()
            return protocol_error()
        return answer

    def _end_child(self) -> None:
        self._collect_output()
        self._shared.end_child()
        self._child = None

    def _collect_output(self) -> None:
        if self._child is not None:
            self.output = (self.output + self._child.new_output())[:MAX_OUTPUT]


def _names_of(problems: list[Any], fatal: bool) -> dict[str, str]:
    """The text of the problem that costs a name, by name."""
    return {
        str(name)[:MAX_NAME]: str(problem["text"])[:MAX_TEXT]
        for problem in problems
        if (problem["fatal"] is True) is fatal
        for name in list(problem["names"])[:MAX_NAMES]
    }
