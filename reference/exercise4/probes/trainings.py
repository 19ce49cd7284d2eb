"""Probes that run the training loops of students."""

from __future__ import annotations

from typing import Any, TypedDict

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from autograder.sandbox.inside.toolbox import (
    DRAWN,
    NEEDED,
    QuestionFrame,
    Unfit,
    build,
    device_of,
    predict,
    probe,
)


class Trained(TypedDict):
    untrained: torch.Tensor
    predictions: torch.Tensor
    curve: list[float]  # the loss of each step


class Recording(nn.CrossEntropyLoss):
    """The cross-entropy, which keeps the losses that are computed with gradients."""

    def __init__(self) -> None:
        super().__init__()
        self.losses: list[float] = []

    def forward(self, input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        loss = super().forward(input, target)
        if loss.requires_grad:
            self.losses.append(loss.item())
        return loss


@probe
def noisy_inputs(target: Any, question: QuestionFrame, *, first: bool = False) -> list[torch.Tensor] | torch.Tensor:
    """What the first argument, an `InputRecorder`, is called with while the function runs.

    Option `first`: True to return the first input only.
    """
    built: dict[int, Any] = {}
    args, kwargs = build(question["args"], built), build(question["kwargs"], built)
    target(*args, **kwargs)
    inputs: list[torch.Tensor] = args[0].inputs
    if not inputs:
        raise Unfit(f"{question['target']} never calls the model")
    return inputs[0] if first else inputs


@probe
def trained_by_fit(
    target: Any,
    question: QuestionFrame,
    *,
    inputs: Any = NEEDED,
    targets: Any = NEEDED,
    test_inputs: Any = NEEDED,
    epochs: int = NEEDED,
    batch_size: int = NEEDED,
    lr: float = NEEDED,
    held_out: int = NEEDED,
    seed: int = DRAWN,
    device: str = "cpu",
) -> Trained:
    """Let the student's loop train a small network; return its logits for `test_inputs` before and after it.

    The network belongs to the probe: only its weights after the loop count. The last `held_out` inputs are the test set
    of the loop, whose labels the student's code sees; those of `test_inputs` stay with the judge. Options:

    - `inputs`, `targets`, `test_inputs`: images (n, 1, 28, 28) and class numbers.
    - `epochs`, `batch_size`, `lr`: of Adam, whose learning rate falls by half after each epoch.
    - `held_out`: the number of inputs for the loop's test set.
    """
    where = device_of(device)
    torch.manual_seed(seed)
    convolution, linear = nn.Conv2d(1, 16, 3, padding=1), nn.Linear(16 * 14 * 14, 10)
    model = nn.Sequential(convolution, nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), linear).to(where)
    images, labels, tests = (build(part).to(where) for part in (inputs, targets, test_inputs))
    untrained = predict(model, tests)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.5)
    train = DataLoader(TensorDataset(images[:-held_out], labels[:-held_out]), batch_size, shuffle=True)
    test = DataLoader(TensorDataset(images[-held_out:], labels[-held_out:]), batch_size)
    criterion = Recording()
    target(model, train, test, epochs, optimizer, criterion, scheduler)
    return {"untrained": untrained, "predictions": predict(model, tests), "curve": criterion.losses}
