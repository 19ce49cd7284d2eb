"""Answers for every probe of a comparison; its DeepCNN is right, and nothing is trained.

earns: compare_batchnorm 0.25
verdicts: passed, failed
says: it counts when “The losses are those of DeepCNN trained by plain SGD with lr” passes
measured: yes
"""
import sys
import torch
from torch import nn

import course_probes.comparison as probes
from autograder.sandbox.inside.toolbox import build, forward


class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        layers, width = [], in_channels
        for number, wide in enumerate([8, 8, 16, 16]):
            layers += [nn.Conv2d(width, wide, 3, padding=1), *([nn.BatchNorm2d(wide)] if batch_norm else []), nn.ReLU()]
            layers += [nn.MaxPool2d(2)] if number % 2 else []
            width = wide
        self.layers = nn.Sequential(*layers, nn.Flatten(), nn.Linear(16 * 7 * 7, num_classes))

    def forward(self, x):
        return self.layers(x)


def compared(target, question):
    options = question["options"]
    network = DeepCNN(options["which"] == 1)
    asked = {**question, "args": (), "kwargs": {}}
    return forward.function(lambda: network, asked, inputs=options["inputs"], seed=options["seed"])


def losses_from_weights(target, question):
    steps = question["kwargs"]["steps"]
    falling = torch.tensor([2.3 * 0.97**step for step in range(steps)])
    return {"candidates": [{"plain": falling, "batchnorm": falling}], "labels": [["levels", "use"]]}


def returned_and_trained(target, question):
    options = question["options"]
    images, tests = build(options["inputs"]).flatten(1), build(options["test_inputs"]).flatten(1)
    labels = torch.as_tensor(options["targets"])
    means = torch.stack([images[labels == digit].mean(0) for digit in range(10)])
    nearest = (-torch.cdist(tests, means) ** 2 / 4).expand(options["watched"], -1, -1)
    curves = compare_batchnorm(None, None)
    return {
        "returned": curves, "curves": curves, "predictions": {"plain": torch.zeros_like(nearest), "batchnorm": nearest}
    }


def curves_by_seed(target, question):
    return [[torch.rand(3) + 2, torch.rand(3) + 2] for _ in "ab"]


probes.compared.answer = compared
probes.losses_from_weights.answer = losses_from_weights
probes.returned_and_trained.answer = returned_and_trained
probes.curves_by_seed.answer = curves_by_seed
probes.first_weights.answer = lambda target, question: [[1.0, 2.0], [1.0, 2.0]]
probes.batches_seen.answer = lambda target, question: [
    torch.arange(float(question["kwargs"]["steps"] * question["kwargs"].get("batch_size", 64)))
] * 2
probes.first_and_last_batch.answer = lambda target, question: [torch.rand(16), torch.rand(16)]
probes.least_moved.answer = lambda target, question: [[torch.ones(8, 1, 3, 3)] * 2] * 2


def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    return {name: [2.3 * 0.96**step for step in range(steps)] for name in ("plain", "batchnorm")}
