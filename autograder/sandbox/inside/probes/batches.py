"""Goes through the loader that a student's function makes, as a training would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from ..build import build
from ..refusal import NoPair


def batches(target: Any, question: Mapping[str, Any]) -> dict[str, Any]:
    """One epoch of the loader that `target(...)` gives: its `length`, the `sizes` of its batches, and their pairs.

    The pairs are told as `images` (n, ...), `labels` as numbers, and `labels as a tensor`. Options: `sort`, True to put
    them in the order of the images, so that shuffling does not matter; `report`, the keys of the answer to keep.
    """
    options = question["options"]
    loader = _loader(target, question)
    images, labels, sizes = _epoch(loader)
    if options.get("sort"):
        order = torch.tensor(
            sorted(range(len(images)), key=lambda i: (images[i].flatten().tolist(), labels[i].tolist()))
        )
        images, labels = images[order], labels[order]
    answer = {
        "length": len(loader),
        "sizes": sizes,
        "images": images,
        "labels": labels.tolist(),
        "labels as a tensor": labels,
    }
    return {key: answer[key] for key in options.get("report", answer)}


def orders(target: Any, question: Mapping[str, Any]) -> list[list[torch.Tensor]]:
    """The images as they were given and as they come in two epochs of the loader, each beside the one before."""
    loader = _loader(target, question)
    given = [build(question["args"])[0], *(_epoch(loader)[0] for _ in range(2))]
    return [given[:2], given[1:]]


def _loader(target: Any, question: Mapping[str, Any]) -> Any:
    return target(*build(question["args"]), **build(question["kwargs"]))


def _epoch(loader: Any) -> tuple[torch.Tensor, torch.Tensor, list[int]]:
    """The images and the labels of all batches, and the sizes of the batches."""
    pairs = []
    for batch in loader:
        if not isinstance(batch, (tuple, list)) or len(batch) != 2:
            raise NoPair("a batch of the loader is no pair (images, labels)")
        pairs.append((torch.as_tensor(batch[0]), torch.as_tensor(batch[1])))
    if not pairs:
        raise NoPair("the loader gives no batch")
    images, labels = (torch.cat(parts) for parts in zip(*pairs, strict=True))
    return images, labels, [len(images) for images, _ in pairs]
