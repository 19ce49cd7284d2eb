"""SimpleCNN

A convolutional network for pictures of digits: two stages of convolution, ReLU and pooling
find features, and one linear layer turns them into a score for each class. A convolution
3×3 with padding 1 keeps height and width, each max pooling halves them: 28 → 14 → 7, so the
linear layer takes 32 · 7 · 7 = 1568 numbers.

The scores are *logits*: `nn.CrossEntropyLoss` applies the softmax itself, so the network
ends with the linear layer. How you build it is up to you: `nn.Sequential`, attributes with
any names, `nn.functional`.
"""

import torch
from torch import nn


class SimpleCNN(nn.Module):
    """Images (N, in_channels, 28, 28) to logits (N, num_classes).

    Conv 3×3, padding 1, to 16 channels → ReLU → MaxPool 2 → Conv 3×3, padding 1, to 32
    channels → ReLU → MaxPool 2 → flatten → Linear to num_classes. By default it has 20,490
    parameters:

    >>> model = SimpleCNN()
    >>> sum(parameter.numel() for parameter in model.parameters())
    20490
    >>> model(torch.zeros(5, 1, 28, 28)).shape
    torch.Size([5, 10])
    """

    def __init__(self, in_channels: int = 1, num_classes: int = 10):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # YOUR CODE HERE
        raise NotImplementedError()


def train_one_epoch(model, loader, optimizer, criterion, device="cpu") -> float:
    """Train the model on every batch of the loader once, one step of the optimizer for each,
    and return the mean loss per sample. The model is put into training mode first.

    The loader gives pairs (images, labels), which are moved to the device, and
    criterion(logits, labels) the mean loss of one batch, before its step. The last batch
    may be smaller than the others: two batches of 4 and 2 samples with losses 1.0 and 4.0
    have the mean loss (4 · 1.0 + 2 · 4.0) / 6 = 2.0 per sample. Images and labels stay as
    they are.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def evaluate(model, loader, device="cpu") -> float:
    """The accuracy of the model on the loader's pairs (images, labels), which are moved to
    the device: right answers / all answers, from 0 to 1.

    The class with the largest logit is the answer. The model is evaluated in eval mode and
    without gradients. When the function returns, the model is as it was before: its mode
    (`model.training`), its weights and which of them require gradients.
    """
    # YOUR CODE HERE
    raise NotImplementedError()
