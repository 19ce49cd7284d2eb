"""Data pipeline

Before a network sees a picture, its bytes become a tensor. A file of digits holds 28 · 28 =
784 bytes for each picture, one line of the picture after the other. torch wants floating
point numbers, here from 0 to 1, and an axis for the channels, even if there is only one:
(N, 1, 28, 28). A batch (N, 28, 28) would not be refused: `nn.Conv2d` also takes a single
picture (C, H, W), and would read it as one with N channels.

Colour pictures often come as (N, H, W, C). Their axes have to be *transposed*; a reshape
gives the same shape, but tears the pictures to pieces.

A `DataLoader` then cuts the data into batches, in a new random order for each epoch, so
that the network does not learn the order.
"""

import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset


def to_image_tensor(rows: np.ndarray) -> torch.Tensor:
    """Pictures (N, 1, 28, 28), float32 from 0 to 1, from a numpy array (N, 784) of bytes
    (uint8).

    A byte b becomes b / 255, also where no byte of the array is that large.

    >>> rows = np.zeros((2, 784), dtype=np.uint8)
    >>> rows[0, 28] = 51
    >>> images = to_image_tensor(rows)
    >>> images.shape, images.dtype
    (torch.Size([2, 1, 28, 28]), torch.float32)
    >>> images[0, 0, 1, 0]
    tensor(0.2000)
    """
    ### BEGIN SOLUTION
    images = torch.from_numpy(rows).float() / 255
    return images.reshape(len(rows), 1, 28, 28)
    ### END SOLUTION


def to_channels_first(images: torch.Tensor) -> torch.Tensor:
    """Images (N, H, W, C) as (N, C, H, W): the axes are transposed, and every value stays
    what it is.

    >>> image = torch.tensor([[[[1, 10], [2, 20], [3, 30]]]])
    >>> image.shape
    torch.Size([1, 1, 3, 2])
    >>> to_channels_first(image)
    tensor([[[[ 1,  2,  3]],
    <BLANKLINE>
             [[10, 20, 30]]]])
    """
    ### BEGIN SOLUTION
    return images.permute(0, 3, 1, 2)
    ### END SOLUTION


def make_loader(
    images: torch.Tensor, labels: torch.Tensor, batch_size: int = 32, shuffle: bool = True
) -> DataLoader:
    """A DataLoader that gives batches (images, labels).

    The labels come as whole numbers of any type, often as bytes; the loader gives them as
    int64. In each epoch every image comes once, with its own label; the last batch may be
    smaller. With shuffle each epoch has a new order, without it the order of the data. The
    data are small, so no worker processes are needed: num_workers stays 0. Images and labels
    stay as they are, and making the loader draws no random numbers.

    >>> images, labels = torch.rand(5, 1, 28, 28), torch.tensor([7, 2, 1, 0, 4])
    >>> for batch, classes in make_loader(images, labels, batch_size=3, shuffle=False):
    ...     print(batch.shape, classes)
    torch.Size([3, 1, 28, 28]) tensor([7, 2, 1])
    torch.Size([2, 1, 28, 28]) tensor([0, 4])
    """
    ### BEGIN SOLUTION
    dataset = TensorDataset(images, labels.long())
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
    ### END SOLUTION
