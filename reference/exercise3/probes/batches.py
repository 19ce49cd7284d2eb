"""Loaders that show what happens to their batches: whether they are changed, and whether they are moved.

Batches that seem to be on another device make code fail on any machine if it forgets to move them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch

from autograder.sandbox.inside.toolbox import builder

READ = frozenset({"__get__", "__len__", "dim", "numel", "size"})  # what code may ask of a tensor wherever it is


THE_DEVICE = "cpu:0"
"""The device of the question. It is the CPU under another name than code would write that ignores its argument."""


class _Elsewhere(torch.Tensor):
    """A tensor that can be used after `.to(device)` only. Labels (whole numbers) may also come to the CPU."""

    @classmethod
    def __torch_function__(
        cls, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        with torch._C.DisableTorchFunctionSubclass():
            if func in (torch.Tensor.to, torch.Tensor.cpu, torch.Tensor.cuda):
                moved = func(*args, **(kwargs or {}))
                to_device = _names_device([*args[1:], *(kwargs or {}).values()])
                if func is not torch.Tensor.to:
                    to_device = not moved.is_floating_point()
                return moved.as_subclass(torch.Tensor if to_device else cls)
            if func.__name__ in READ:
                return func(*args, **(kwargs or {}))
        raise RuntimeError("Expected all tensors to be on the same device: a batch was not moved to `device`.")


def _names_device(values: Sequence[Any]) -> bool:
    """Whether one of the arguments of `.to` is a device, but not "cpu" written out."""
    devices = (value for value in values if isinstance(value, (str, torch.device, int)))
    return any(value != "cpu" and not isinstance(value, bool) for value in devices)


class _Batches(list[list[torch.Tensor]]):
    """Batches [images, labels], and the `dataset` that they are all of."""

    dataset: Sequence[torch.Tensor] = ()


@builder
def list_of_batches(images: torch.Tensor, labels: torch.Tensor, batch_size: int) -> list[list[torch.Tensor]]:
    """Batches [images, labels] that are the same objects in every epoch, so that a change of them can be seen."""
    pairs = zip(images.split(batch_size), labels.split(batch_size), strict=True)
    batches = _Batches([part.clone() for part in pair] for pair in pairs)
    batches.dataset = images
    return batches


@builder
def batches_on_another_device(images: torch.Tensor, labels: torch.Tensor, batch_size: int) -> list[list[torch.Tensor]]:
    """Batches [images, labels] that are not on the device yet."""
    batches = list_of_batches(images, labels, batch_size)
    for batch in batches:
        batch[:] = [part.as_subclass(_Elsewhere) for part in batch]
    return batches
