"""A child gets the time that other processes took from it, and none for sleep."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from autograder.sandbox import child
from autograder.sandbox.inside.frames import ChildEvidence

Use = Callable[[float], tuple[float, float | None]]  # clock -> (processor seconds, waited seconds) since the start


def stopped_after(monkeypatch: pytest.MonkeyPatch, use: Use) -> float:
    """The time on the clock when a child that has 10 seconds, and does not answer, is stopped."""
    clock = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: clock)

    def evidence() -> ChildEvidence:
        used, waited = use(clock - 100)
        return ChildEvidence(status={}, separate=[], cpu_seconds=used, waited_seconds=waited)

    deadline = child._ExchangeDeadline(10.0, evidence)
    for _ in range(1000):
        try:
            clock += deadline.seconds_left()
        except TimeoutError:
            return clock - 100
    raise AssertionError("the child was never stopped")


@pytest.mark.parametrize(
    ("use", "seconds"),
    [
        pytest.param(lambda clock: (clock, 0.0), 10, id="a loop"),
        pytest.param(lambda clock: (0.0, 0.0), 10, id="sleep"),
        pytest.param(lambda clock: (0.5 * clock, 0.5 * clock), 20, id="half of a processor"),
        pytest.param(lambda clock: (0.1 * clock, 0.9 * clock), 40, id="a tenth, up to the limit"),
        pytest.param(lambda clock: (clock, 5 * clock), 10, id="threads that wait for each other"),
        pytest.param(lambda clock: (0.0, None), 40, id="a kernel that does not count"),
    ],
)
def test_child_is_stopped_when_it_has_had_its_seconds(
    monkeypatch: pytest.MonkeyPatch, use: Use, seconds: float
) -> None:
    assert stopped_after(monkeypatch, use) == pytest.approx(seconds, abs=0.6)
