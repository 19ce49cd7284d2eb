"""Looking

A figure of matplotlib holds *axes*, and each of them can show an image (`imshow`) or lines
(`plot`).

`imshow` stretches the values of each image to the whole range of colors, so that two images
cannot be compared. With the same `vmin` and `vmax` equal colors mean equal values.

`axis("off")` hides the frame and the numbers, and with them the labels of the axes: a label
of `set_ylabel` is gone. A title, `set_title`, stays visible. Each function here returns its
figure. What counts is what the figure shows: one that is drawn and not returned counts too.
"""

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.figure import Figure


def plot_feature_maps(features: torch.Tensor, max_channels: int = 8) -> Figure:
    """Show the first channels of feature maps (C, H, W), at most max_channels of them.

    Each channel is an image (H, W) on axes of its own with the title "channel 0",
    "channel 1" and so on. All have the same vmin and the same vmax, and no value that is
    shown lies outside of them. The features may require gradients, and stay as they are.

    >>> figure = plot_feature_maps(torch.rand(3, 6, 5))
    >>> [axes.get_title() for axes in figure.axes]
    ['channel 0', 'channel 1', 'channel 2']
    """
    ### BEGIN SOLUTION
    maps = features.detach().cpu().numpy()[:max_channels]
    figure, grid = plt.subplots(1, len(maps), squeeze=False)
    for index, axes in enumerate(grid.flat):
        axes.imshow(maps[index], vmin=maps.min(), vmax=maps.max())
        axes.set_title(f"channel {index}")
        axes.axis("off")
    return figure
    ### END SOLUTION


def plot_denoising(clean: torch.Tensor, noisy: torch.Tensor, denoised: torch.Tensor) -> Figure:
    """Show images (N, 1, H, W) in three rows: clean, noisy, denoised, one column for each.

    The first image of each row has the title of its row, which is visible: "clean",
    "noisy", "denoised". All images are shown with vmin=0 and vmax=1. The tensors may
    require gradients, and stay as they are.

    >>> images = torch.rand(4, 1, 8, 6)
    >>> figure = plot_denoising(images, images, images)
    >>> len(figure.axes)
    12
    """
    ### BEGIN SOLUTION
    rows = {"clean": clean, "noisy": noisy, "denoised": denoised}
    figure, grid = plt.subplots(3, len(clean), squeeze=False)
    for line, (name, images) in zip(grid, rows.items()):
        for axes, image in zip(line, images):
            axes.imshow(image[0].detach().cpu().numpy(), cmap="gray", vmin=0, vmax=1)
            axes.axis("off")
        line[0].set_title(name)
    return figure
    ### END SOLUTION


def plot_filters(weight: torch.Tensor) -> Figure:
    """Show the filters of a first convolution: of each filter of (O, C, kh, kw) channel 0.

    Each is an image (kh, kw) on axes of its own with the title "filter 0", "filter 1" and
    so on. All have the same scale with 0 in its middle: vmax is the largest magnitude that
    is shown, and vmin is −vmax. The weight may require gradients, and stays as it is.

    >>> figure = plot_filters(torch.tensor([[[[1.0, -3.0]]], [[[2.0, 0.5]]]]))
    >>> [axes.get_title() for axes in figure.axes]
    ['filter 0', 'filter 1']
    >>> [float(limit) for limit in figure.axes[0].images[0].get_clim()]
    [-3.0, 3.0]
    """
    ### BEGIN SOLUTION
    filters = weight.detach().cpu().numpy()[:, 0]
    limit = np.abs(filters).max()
    figure, grid = plt.subplots(1, len(filters), squeeze=False)
    for index, axes in enumerate(grid.flat):
        axes.imshow(filters[index], cmap="coolwarm", vmin=-limit, vmax=limit)
        axes.set_title(f"filter {index}")
        axes.axis("off")
    return figure
    ### END SOLUTION


def plot_curves(history: dict[str, list[float]]) -> Figure:
    """Draw the history that `fit` returns: the losses on one pair of axes, the accuracy on
    another.

    history has the lists "train_loss", "test_loss" and "test_accuracy", one number for each
    epoch. Epochs are counted from 1. On the first axes are two lines, whose legend calls
    them "train" and "test", with the axis names "epoch" and "loss". On the second axes is
    one line, with the axis names "epoch" and "accuracy".

    >>> history = {"train_loss": [2, 1], "test_loss": [3, 2], "test_accuracy": [0.5, 0.75]}
    >>> figure = plot_curves(history)
    >>> [axes.get_ylabel() for axes in figure.axes]
    ['loss', 'accuracy']
    """
    ### BEGIN SOLUTION
    epochs = np.arange(1, len(history["train_loss"]) + 1)
    figure, (left, right) = plt.subplots(1, 2)
    left.plot(epochs, history["train_loss"], label="train")
    left.plot(epochs, history["test_loss"], label="test")
    left.set_xlabel("epoch")
    left.set_ylabel("loss")
    left.legend()
    right.plot(epochs, history["test_accuracy"])
    right.set_xlabel("epoch")
    right.set_ylabel("accuracy")
    return figure
    ### END SOLUTION
