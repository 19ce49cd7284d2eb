"""The sandbox that all threads of a batch share: a dead one is replaced, unless the batch has ended."""

from __future__ import annotations

import contextlib
from typing import cast

from autograder.classroom.batch import _SharedSandbox
from autograder.sandbox import Sandbox


class FakeSandbox:
    """Knows whether it was stopped."""

    is_stopped = False

    def __enter__(self) -> FakeSandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        self.is_stopped = True


def test_dead_sandbox_is_replaced_once() -> None:
    first, second = FakeSandbox(), FakeSandbox()
    with contextlib.ExitStack() as stack:
        shared = _SharedSandbox(cast(Sandbox, first), lambda: cast(Sandbox, second), stack)
        assert shared.current() is cast(object, first)
        assert shared.current(dead=cast(Sandbox, first)) is cast(object, second)
        assert shared.current(dead=cast(Sandbox, first)) is cast(object, second)
    assert (first.is_stopped, second.is_stopped) == (True, True)


def test_batch_that_has_ended_starts_no_other_one() -> None:
    """A start takes seconds, for which Ctrl-C would wait."""
    first = FakeSandbox()
    with contextlib.ExitStack() as stack:
        shared = _SharedSandbox(cast(Sandbox, first), lambda: cast(Sandbox, FakeSandbox()), stack)
        shared.close()
        assert first.is_stopped
        assert shared.current(dead=cast(Sandbox, first)) is cast(object, first)
