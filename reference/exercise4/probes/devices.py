"""Probes about devices and numpy arrays, which work without a GPU."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import torch

from autograder.sandbox.inside.toolbox import NEEDED, QuestionFrame, Unfit, call_target, probe


@probe
def picked(target: Any, question: QuestionFrame, *, cuda: bool = NEEDED) -> str:
    """The type of the device that the function picks where torch seems to find a GPU (`cuda`), or none."""
    with _gpu(cuda):
        device = call_target(target, question)
    try:
        return str(torch.device(device).type)
    except (TypeError, RuntimeError):
        raise Unfit(f"{question['target']}() returns {_kind(device)}, which is no device") from None


@probe
def kind_of_device(target: Any, question: QuestionFrame) -> str:
    """What the function returns, in words: a `torch.device`, or something else."""
    return _kind(call_target(target, question))


@probe
def places(target: Any, question: QuestionFrame) -> list[list[Any]]:
    """For each tensor that the function returns: the type of its device, its dtype, its shape."""
    tensors = call_target(target, question)
    if not isinstance(tensors, (tuple, list)) or not all(isinstance(one, torch.Tensor) for one in tensors):
        parts = {_kind(one) for one in tensors} if isinstance(tensors, (tuple, list)) else set()
        got = f"{_kind(tensors)} with {' and '.join(sorted(parts))}" if parts else _kind(tensors)
        raise Unfit(f"{question['target']}: expected a tuple of tensors, got {got}")
    return [[one.device.type, str(one.dtype), list(one.shape)] for one in tensors]


def _kind(value: Any) -> str:
    """`a Tensor`, `a str`; `None (is a `return` missing?)`."""
    if value is None:
        return "None (is a `return` missing?)"
    name = "torch.device" if isinstance(value, torch.device) else type(value).__name__
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


@contextlib.contextmanager
def _gpu(there: bool) -> Iterator[None]:
    """Let torch seem to find a GPU, or none, inside the block."""
    found = torch.device("cuda") if there else None
    answers: list[tuple[Any, str, Any]] = [
        (torch.cuda, "is_available", there),
        (torch.cuda, "device_count", int(there)),
        (torch.backends.mps, "is_available", False),
    ]
    accelerator = getattr(torch, "accelerator", None)  # since torch 2.6
    if accelerator is not None:
        answers += [
            (accelerator, "is_available", there),
            (accelerator, "device_count", int(there)),
            (accelerator, "current_accelerator", found),
        ]
    originals = [(module, name, getattr(module, name)) for module, name, _ in answers]
    try:
        for module, name, answer in answers:
            setattr(module, name, lambda *_, answer=answer, **__: answer)
        yield
    finally:
        for module, name, original in originals:
            setattr(module, name, original)
