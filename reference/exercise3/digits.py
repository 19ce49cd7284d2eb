"""Handwritten digits for the training checks: the embedded subset, or the full MNIST that `--data` names."""

import functools
from pathlib import Path
from typing import NamedTuple

import numpy as np

from autograder.author import UserError, make

EMBEDDED = Path(__file__).parent / "data" / "digits.npz"
TRAIN, TEST = 6000, 2000
SHOWN = 8  # test images in the picture of a milestone


class Digits(NamedTuple):
    """Images as uint8 (n, 784), labels as int64 (n,)."""

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray


@functools.cache
def digits(folder: Path | None) -> Digits:
    """The embedded digits, or the first 6,000 and 2,000 of the MNIST in `folder` (torchvision's layout)."""
    if folder is None:
        with np.load(EMBEDDED, allow_pickle=False) as file:
            parts = [file[name] for name in Digits._fields]
    else:
        parts = [part for train, count in ((True, TRAIN), (False, TEST)) for part in _mnist(folder, train, count)]
    return Digits(*(part if part.ndim > 1 else part.astype(np.int64) for part in parts))


def _mnist(folder: Path, train: bool, count: int) -> tuple[np.ndarray, np.ndarray]:
    from torchvision.datasets import MNIST

    try:
        mnist = MNIST(str(folder), train=train, download=False)
    except (RuntimeError, OSError, ValueError, AssertionError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise UserError(
            f"--data {folder}: no MNIST can be read there ({reason}). torchvision expects the unpacked IDX files in "
            f"{folder / 'MNIST' / 'raw'}."
        ) from error
    return mnist.data[:count].numpy().reshape(count, -1), mnist.targets[:count].numpy()


def classifying(draw, case, rows=TRAIN, tested=TEST, **recipe):
    """A training on so many digits and a test on others, shuffled, with permuted class numbers."""
    known = digits(draw.data)
    some, order = draw.permutation(TRAIN)[:rows], draw.permutation(TEST)[:tested]
    classes = unseen_classes(draw)
    return case.given(
        inputs=make("pictures", known.train_images, some),
        targets=classes[known.train_labels[some]],
        test_inputs=make("pictures", known.test_images, order),
        **recipe,
    ).expecting(
        labels=classes[known.test_labels[order]],
        classes=10,
        images=known.test_images[order[:SHOWN]].reshape(-1, 28, 28),
        names=np.argsort(classes),
    )


def denoising(draw, case, held_out=200, **recipe):
    """A training on noisy digits 32×32, and a test on others whose clean originals stay with the judge."""
    known = digits(draw.data)
    order = draw.permutation(TEST)[:held_out]
    clean = np.pad(known.test_images[order].reshape(-1, 1, 28, 28), ((0, 0), (0, 0), (2, 2), (2, 2)))
    clean = (clean / 255).astype(np.float32)
    noisy = (clean + recipe["noise"] * draw.normal(*clean.shape)).clip(0, 1).astype(np.float32)
    return case.given(
        images=make("pictures", known.train_images, draw.permutation(TRAIN)), noisy=noisy, **recipe
    ).expecting(targets=clean, noisy=noisy)


def one_digit(draw) -> np.ndarray:
    """An image (1, 1, 28, 28) from 0 to 1."""
    image = digits(None).test_images[draw.integer(0, TEST - 1)]
    return (image / 255).astype(np.float32).reshape(1, 1, 28, 28)


def unseen_classes(draw) -> np.ndarray:
    """New numbers for the ten classes, of which none keeps its own: a network that knows digits is of no use."""
    while True:
        classes = draw.permutation(10)
        if (classes != np.arange(10)).all():
            return classes
