"""What BatchNorm does

BatchNorm gives each channel mean 0 and variance 1, then scales it by a weight and shifts it
by a bias that are learned. While training it uses mean and variance of the batch, over (N,
H, W), and keeps running averages of both; in eval mode it uses the running averages, so
that a picture's result does not depend on its batch.

The variance has two forms: *biased* (divided by n) to normalise, *unbiased* (divided by n −
1) for the running average. With four convolutions and a high learning rate you can watch
what it is good for: `compare_batchnorm`.
"""

import torch
from torch import nn


class BatchNorm2d(nn.Module):
    """Batch normalisation of (N, C, H, W) without torch's own.

    Parameters `weight` (ones) and `bias` (zeros), one number each per channel; buffers
    `running_mean` (zeros) and `running_var` (ones) of shape (C,). In training mode

        y = (x − mean) / √(biased variance + eps) · weight + bias
        running ← (1 − momentum) · running + momentum · batch statistic (variance unbiased)

    and in eval mode the same y with the running statistics, which then stay as they are.

    >>> layer = BatchNorm2d(1)
    >>> layer(torch.tensor([1.0, 3.0]).reshape(2, 1, 1, 1)).flatten().tolist()
    [-0.9999949932098389, 0.9999949932098389]
    >>> layer.running_mean.tolist(), layer.running_var.tolist()
    ([0.20000000298023224], [1.100000023841858])
    """

    def __init__(self, num_features: int, eps: float = 1e-5, momentum: float = 0.1):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # YOUR CODE HERE
        raise NotImplementedError()


class SimpleCNNBatchNorm(nn.Module):
    """SimpleCNN with a BatchNorm after each convolution, before the ReLU. By default it has
    20,586 parameters.

    >>> sum(parameter.numel() for parameter in SimpleCNNBatchNorm().parameters())
    20586
    """

    def __init__(self, in_channels: int = 1, num_classes: int = 10):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # YOUR CODE HERE
        raise NotImplementedError()


class DeepCNN(nn.Module):
    """Four convolutions for (N, in_channels, 28, 28), with or without BatchNorm.

    Conv 3×3, padding 1, to 8 → ReLU → the same, 8 to 8 → ReLU → MaxPool 2 → to 16 → ReLU →
    16 to 16 → ReLU → MaxPool 2 → flatten → Linear(784, num_classes). With batch_norm=True a
    BatchNorm stands before each ReLU.

    >>> [sum(p.numel() for p in DeepCNN(with_norm).parameters()) for with_norm in (False, True)]
    [12002, 12098]
    """

    def __init__(self, batch_norm: bool = False, in_channels: int = 1, num_classes: int = 10):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # YOUR CODE HERE
        raise NotImplementedError()


def compare_batchnorm(
    images: torch.Tensor, labels: torch.Tensor, lr=0.1, steps=60, batch_size=64, seed=0
) -> dict[str, list[float]]:
    """Train DeepCNN on images (N, 1, 28, 28) without and with BatchNorm alike, and return
    the loss of every step of both.

    Alike means: `torch.manual_seed(seed)` before each network is made, the same batches in
    the same order, plain SGD (torch.optim.SGD) with learning rate lr, cross-entropy. The
    result has two keys, "plain" and "batchnorm", with a list of `steps` floats each. Before
    anything is learned, the loss of ten classes is near ln 10 = 2.303.
    """
    # YOUR CODE HERE
    raise NotImplementedError()
