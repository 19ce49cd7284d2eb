"""A way to end a classifier that is as right as `nn.Linear`: weights (in, out), used as `x @ weight`."""

import torch
from torch import nn

from autograder.author import alternative


def bare_matrices(exercise):
    """An alternative of a classifier whose linear layers, all of them attributes, are matrices (in, out)."""
    right = exercise.right
    made = type(f"{exercise.name}BareMatrices", (_BareMatrices, right), {"__module__": right.__module__})
    return alternative(exercise)(made)


class _BareMatrices:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, layer in list(self.named_children()):
            if isinstance(layer, nn.Linear):
                setattr(self, name, _Matrix(layer.in_features, layer.out_features))


class _Matrix(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(inputs, outputs) / inputs**0.5)
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.weight + self.bias
