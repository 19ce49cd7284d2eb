"""Probes that iterate over the loader that a student's function returns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

import torch
from torch.utils.data import DataLoader

from autograder.sandbox.inside.toolbox import QuestionFrame, Unfit, build, call_target, probe, reported

Epoch = TypedDict(
    "Epoch",
    {
        "length": int,
        "sizes": list[int],
        "images": torch.Tensor,
        "labels": list[Any],
        "labels as a tensor": torch.Tensor,
    },
    total=False,
)


@probe
def batches(target: Any, question: QuestionFrame, *, sort: bool = False, report: Sequence[str] | None = None) -> Epoch:
    """Run one epoch of the loader `target(...)`.

    The answer holds the `length` of the loader, the `sizes` of the batches, all `images` (n, ...), and all labels:
    `labels` as a list of numbers and `labels as a tensor`. Options:

    - `sort`: True to sort the pairs by image, so that shuffling does not matter.
    - `report`: the keys of the answer to return; all by default.
    """
    loader = call_target(target, question)
    images, labels, sizes = _epoch(loader)
    if sort:
        order = torch.tensor(
            sorted(range(len(images)), key=lambda i: (images[i].flatten().tolist(), labels[i].tolist()))
        )
        images, labels = images[order], labels[order]
    answer: Epoch = {
        "length": len(loader),
        "sizes": sizes,
        "images": images,
        "labels": labels.tolist(),
        "labels as a tensor": labels,
    }
    return reported(answer, report)


@probe
def orders(target: Any, question: QuestionFrame) -> list[list[torch.Tensor]]:
    """Two pairs of orders of the images: the original and the first epoch's, the first and the second epoch's."""
    loader = call_target(target, question)
    original, first, second = build(question["args"])[0], _epoch(loader)[0], _epoch(loader)[0]
    return [[original, first], [first, second]]


@probe
def is_data_loader(target: Any, question: QuestionFrame) -> bool:
    """Whether the function returns a DataLoader of torch; raises `Unfit` if not."""
    loader = call_target(target, question)
    if not isinstance(loader, DataLoader):
        raise Unfit(f"{question['target']}: expected a torch.utils.data.DataLoader, got {type(loader).__name__}")
    return True


def _epoch(loader: Any) -> tuple[torch.Tensor, torch.Tensor, list[int]]:
    """All images, all labels, and the sizes of the batches."""
    pairs = []
    for batch in loader:
        if not isinstance(batch, (tuple, list)) or len(batch) != 2:
            raise Unfit("a batch of the loader is no pair (images, labels)")
        pairs.append((torch.as_tensor(batch[0]), torch.as_tensor(batch[1])))
    if not pairs:
        raise Unfit("the loader gives no batch")
    images, labels = (torch.cat(parts) for parts in zip(*pairs, strict=True))
    return images, labels, [len(images) for images, _ in pairs]
