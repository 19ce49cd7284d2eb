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
        ### BEGIN SOLUTION
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        ### BEGIN SOLUTION
        if self.training:
            mean = x.mean(dim=(0, 2, 3))
            var = x.var(dim=(0, 2, 3), unbiased=False)
            n = x.numel() / x.shape[1]
            with torch.no_grad():
                self.running_mean.lerp_(mean, self.momentum)
                self.running_var.lerp_(var * n / (n - 1), self.momentum)
        else:
            mean, var = self.running_mean, self.running_var
        shape = (1, -1, 1, 1)
        normalised = (x - mean.view(shape)) / torch.sqrt(var.view(shape) + self.eps)
        return normalised * self.weight.view(shape) + self.bias.view(shape)
        ### END SOLUTION


class SimpleCNNBatchNorm(nn.Module):
    """SimpleCNN with a BatchNorm after each convolution, before the ReLU. By default it has
    20,586 parameters.

    >>> sum(parameter.numel() for parameter in SimpleCNNBatchNorm().parameters())
    20586
    """

    def __init__(self, in_channels: int = 1, num_classes: int = 10):
        super().__init__()
        ### BEGIN SOLUTION
        self.layers = nn.Sequential(
            nn.Conv2d(in_channels, 16, kernel_size=3, padding=1),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(16, 32, kernel_size=3, padding=1),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(32 * 7 * 7, num_classes),
        )
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        ### BEGIN SOLUTION
        return self.layers(x)
        ### END SOLUTION


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
        ### BEGIN SOLUTION
        layers: list[nn.Module] = []
        for inputs, outputs, pool in (
            (in_channels, 8, False),
            (8, 8, True),
            (8, 16, False),
            (16, 16, True),
        ):
            layers.append(nn.Conv2d(inputs, outputs, kernel_size=3, padding=1))
            if batch_norm:
                layers.append(nn.BatchNorm2d(outputs))
            layers.append(nn.ReLU())
            if pool:
                layers.append(nn.MaxPool2d(2))
        self.layers = nn.Sequential(*layers, nn.Flatten(), nn.Linear(16 * 7 * 7, num_classes))
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        ### BEGIN SOLUTION
        return self.layers(x)
        ### END SOLUTION


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
    ### BEGIN SOLUTION
    losses = {}
    for name, batch_norm in ("plain", False), ("batchnorm", True):
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=batch_norm)
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        order = torch.Generator().manual_seed(seed)
        losses[name] = []
        for _ in range(steps):
            batch = torch.randint(len(images), (batch_size,), generator=order)
            loss = nn.functional.cross_entropy(model(images[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses[name].append(loss.item())
    return losses
    ### END SOLUTION
