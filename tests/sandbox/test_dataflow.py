"""What a forward pass records about its parameters: when each first meets data, and what that data has met before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F

from autograder.sandbox.inside.dataflow import record_uses

A, B, C = (torch.full((3, 3), value) for value in (1.0, 2.0, 3.0))
X = torch.ones(3, 3)


def into(part: torch.Tensor) -> torch.Tensor:
    out = torch.empty(3, 3)
    out[:, 0] = part
    return out


@pytest.mark.parametrize(
    ("run", "before"),
    [
        (lambda: X @ A @ B, {"a": "", "b": "a"}),
        (lambda: (X @ A) + (X @ B), {"a": "", "b": ""}),
        (lambda: X @ A.T[:3] + B.view(3, 3), {"a": "", "b": "a"}),
        (lambda: X @ (A + B) @ C, {"a": "", "b": "", "c": "ab"}),
        (lambda: F.linear(X, A, B[0]), {"a": "", "b": ""}),
        (lambda: into((X @ A)[:, 0]) @ B, {"a": "", "b": "a"}),
        (lambda: (X @ A).relu_().chunk(3)[1] * B, {"a": "", "b": "a"}),
        (lambda: torch.zeros(3, 3) @ A + X @ B, {"a": "", "b": ""}),
        (lambda: torch.stack([X @ A, X @ B]).sum(0) @ C, {"a": "", "b": "", "c": "ab"}),
        (lambda: X @ A @ B @ A, {"a": "", "b": "a"}),
        (lambda: A + B, {}),
        (lambda: X.new_zeros(B.shape) + A, {"a": ""}),
    ],
)
def test_meetings_say_what_comes_before(run: Callable[[], torch.Tensor], before: dict[str, str]) -> None:
    names = {id(A): "a", id(B): "b", id(C): "c"}
    meetings = record_uses([A, B, C], run).meetings
    found = {names[one]: "".join(sorted(names[key] for key in meeting.after)) for one, meeting in meetings.items()}
    assert found == before


def test_order_is_that_of_the_first_calls() -> None:
    order = record_uses([A, B, C], lambda: X @ C + X @ A).order
    assert [one is two for one, two in zip(order, [C, A], strict=True)] == [True, True]
