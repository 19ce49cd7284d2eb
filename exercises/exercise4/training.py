"""Training

A training loop is always the same: the model goes into training mode; for each batch it
computes outputs and loss, clears the gradients, computes new ones, and makes a step. The
test afterwards runs in eval mode and without gradients. A mean over samples weights each
batch by its size, since the last batch may be smaller.

A *denoiser* gets an image with noise, and its target is the clean image. A good test of any
loop is to *overfit one batch*: if the loss of a single batch does not go towards 0, there
is a mistake in the model or in the loop.

Model and data must be on the same device. `nn.CrossEntropyLoss` takes logits and labels
that are int64; it applies the softmax itself. Color images often come as bytes (N, H, W, C),
torch wants floating point numbers (N, C, H, W).
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def pick_device() -> torch.device:
    """The device to compute on: cuda if torch finds such a GPU, else the CPU. What you do
    with GPUs of another kind is up to you.

    >>> (torch.ones(2) + torch.ones(2)).to(pick_device()).sum().item()
    4.0
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def move_batch(batch, device) -> tuple[torch.Tensor, ...]:
    """The tensors of a batch on this device, as a tuple in the same order.

    The batch is a list or a tuple of tensors, often (images, labels), and stays as it is.
    The tensors keep their values and dtypes.

    >>> images, labels = move_batch([torch.zeros(2, 3), torch.tensor([1, 0])], "meta")
    >>> images.device, labels.device, labels.dtype
    (device(type='meta'), device(type='meta'), torch.int64)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def to_numpy(tensor: torch.Tensor) -> np.ndarray:
    """The values of a tensor as a numpy array of the same shape and dtype.

    The tensor may be on a GPU and may require gradients. It stays as it is.

    >>> to_numpy(torch.tensor([1.0, 2.5], requires_grad=True))
    array([1. , 2.5], dtype=float32)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def normalize_images(images: torch.Tensor, mean, std) -> torch.Tensor:
    """Images (N, C, H, W) with (value − mean) / std in each channel.

    mean and std are lists or tuples of C numbers. The images stay as they are.

    >>> images = torch.tensor([[[[1.0, 2.0]], [[3.0, 5.0]]]])
    >>> normalize_images(images, mean=[1, 3], std=[0.5, 2]).flatten()
    tensor([0., 2., 0., 1.])
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def prepare_cifar(images: np.ndarray, labels: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
    """Images and labels as a network takes them, from data as torchvision's CIFAR10 has them.

    The images come as a numpy array (N, 32, 32, 3) of bytes (uint8), the labels as a list.
    The result is a pair: images (N, 3, 32, 32), float32, where a byte b becomes b / 255,
    and labels (N,), int64.

    >>> images, labels = prepare_cifar(np.full((2, 32, 32, 3), 51, np.uint8), [7, 0])
    >>> images.shape, images[1, 2, 0, 0], labels
    (torch.Size([2, 3, 32, 32]), tensor(0.2000), tensor([7, 0]))
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def confusion_matrix(
    labels: torch.Tensor, predictions: torch.Tensor, num_classes: int
) -> torch.Tensor:
    """How often class i was taken for class j: int64 (num_classes, num_classes).

    Rows are the true classes (labels), columns the predicted ones. labels and predictions
    are (N,) int64.

    >>> confusion_matrix(torch.tensor([0, 0, 1]), torch.tensor([0, 1, 1]), num_classes=3)
    tensor([[1, 1, 0],
            [0, 1, 0],
            [0, 0, 0]])
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def overfit_one_batch(
    model: nn.Module, images: torch.Tensor, labels: torch.Tensor, steps: int
) -> list[float]:
    """Train the model on one batch, again and again; return the loss of each step.

    The loss is the cross-entropy of the model's logits, before the step. The optimizer is
    torch.optim.Adam with the learning rate 0.01. The model is put into training mode.
    Images and labels stay as they are.

    >>> _ = torch.manual_seed(0)
    >>> model = nn.Sequential(nn.Flatten(), nn.Linear(64, 3))
    >>> images, labels = torch.rand(4, 1, 8, 8), torch.tensor([0, 1, 2, 1])
    >>> losses = overfit_one_batch(model, images, labels, steps=60)
    >>> len(losses), losses[-1] < 0.1 < losses[0]
    (60, True)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def train_denoiser(
    model: nn.Module, loader, epochs: int, lr: float, noise_factor: float = 0.5
) -> list[float]:
    """Train the model to remove noise; return the mean loss per sample of each epoch.

    The loader gives pairs (images, labels); the labels are not used. In each batch Gaussian
    noise of mean 0 and standard deviation noise_factor is added to the images, drawn anew
    each time, and the sum is limited to [0, 1]. The model gets these noisy images; the
    target is the clean images, and the loss is the mean squared error, before the step. The
    optimizer is torch.optim.Adam with the learning rate lr. The model is put into training
    mode. The last batch may be smaller; the images stay as they are.

    >>> loader = [(torch.full((4, 1, 8, 8), 0.5), torch.zeros(4))] * 3
    >>> losses = train_denoiser(nn.Conv2d(1, 1, 3, padding=1), loader, epochs=2, lr=0.01)
    >>> len(losses)
    2
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def fit(
    model: nn.Module,
    train_loader,
    test_loader,
    epochs: int,
    optimizer,
    criterion,
    scheduler=None,
) -> dict[str, list[float]]:
    """Train the model and test it after each epoch; return the history.

    The history is a dict that holds three lists with a float for each epoch: "train_loss"
    and "test_loss" are mean losses per sample, "test_accuracy" is right answers / all
    answers.

    The loaders give pairs (images, labels), criterion(logits, labels) is the mean loss of a
    batch. The last batch may be smaller.

    Each epoch trains in training mode, one step of the optimizer for each batch; its loss
    is the one before the step. Then it tests in eval mode and without gradients. If there
    is a scheduler, scheduler.step() is called once in each epoch, after its training. Images
    and labels stay as they are.

    >>> model = nn.Sequential(nn.Flatten(), nn.Linear(4, 3))
    >>> loader = [(torch.rand(5, 1, 2, 2), torch.tensor([0, 1, 2, 1, 0]))]
    >>> optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    >>> history = fit(model, loader, loader, 2, optimizer, nn.CrossEntropyLoss())
    >>> {name: len(values) for name, values in history.items()}
    {'train_loss': 2, 'test_loss': 2, 'test_accuracy': 2}
    """
    # YOUR CODE HERE
    raise NotImplementedError()
