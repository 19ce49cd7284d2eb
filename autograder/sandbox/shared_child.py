"""The child that loads the files of a submission one after another, and is replaced when it ends."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping
from types import MappingProxyType

from autograder.errors import CourseError
from autograder.model import Raised, Returned, Stopped, Submission
from autograder.sandbox.answers import read_answer
from autograder.sandbox.child import Child
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.frames import SwitchOffRequest
from autograder.sandbox.launch import SandboxError
from autograder.sandbox.lost_time import LostTime
from autograder.sandbox.requests import file_frame, texts_frame
from autograder.sandbox.sandbox import Limits, Sandbox

FIRST_SECONDS = 3.0  # for an answer in a child that has loaded other files; who needs more gets a child of its own
NO_TEXTS: Mapping[str, str] = MappingProxyType({})


class SharedChild:
    """One child that loads the files of a submission one after another; a fresh child replaces it when it ends.

    Starting a child takes longer than most questions. A crash makes only the current file load again. `probes` are the
    texts of the course's own probes.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        submission: Submission,
        limits: Limits | None = None,
        training: bool = False,
        probes: Mapping[str, str] = NO_TEXTS,
        lost: LostTime | None = None,
        switched_off: Collection[str] = (),
    ) -> None:
        """`lost` is what other children of the same submission have lost, and will lose with this one.

        `switched_off` are operators of torch that refuse to work in the child.
        """
        self.limits = limits or Limits()
        self.lost = lost or LostTime()
        self.total_seconds = self.limits.total_seconds * (10 if training else 1)
        self.files = [file_frame(file) for file in submission.files]
        self.submission = submission
        self._sandbox = sandbox
        self._training = training
        self._probes = texts_frame(probes) if probes else b""
        self._switched_off = sorted(switched_off)
        self._stack = contextlib.ExitStack()
        self._child: Child | None = None

    def __enter__(self) -> SharedChild:
        return self

    def __exit__(self, *_: object) -> None:
        self.end_child()

    @property
    def load_seconds(self) -> float:
        """The seconds of a load: fewer after others were stopped, since right code loads fast."""
        seconds = self.limits.load_seconds
        return min(seconds, FIRST_SECONDS) if self.lost.hurries_loads else seconds

    def child(self) -> tuple[Child, bool]:
        """The child, and whether it is fresh."""
        if self._child is not None and self._child.alive:
            return self._child, False
        self.end_child()
        self._child = self._stack.enter_context(self._sandbox.child(self._training, self.limits))
        if self._probes:
            self._load_probes(self._child)
        if self._switched_off:
            self._switch_off(self._child)
        return self._child, True

    def _load_probes(self, child: Child) -> None:
        """Load the course's probes, before any student code is there to interfere."""
        tree = child.exchange(self._probes, self.limits.load_seconds)
        answer = tree if isinstance(tree, Stopped) else read_answer(tree)
        if not isinstance(answer, Returned):
            why = f"raised {answer.error}: {answer.message}" if isinstance(answer, Raised) else "gave no answer"
            raise CourseError(f"The course's own probes cannot be loaded in the sandbox: probes.py {why}.")

    def _switch_off(self, child: Child) -> None:
        request = SwitchOffRequest(switch_off=self._switched_off)
        tree = child.exchange(wire.encode(request), self.limits.load_seconds)
        answer = tree if isinstance(tree, Stopped) else read_answer(tree)
        if not isinstance(answer, Returned):
            raise SandboxError(f"Operators of torch cannot be switched off: {answer}.")

    def end_child(self) -> None:
        self._child = None
        self._stack.close()
