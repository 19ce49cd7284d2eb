import torch
from torch.utils.data import DataLoader


def to_image_tensor(rows):
    images = torch.zeros(len(rows), 1, 28, 28)
    for n, row in enumerate(rows):
        for y in range(28):
            for x in range(28):
                images[n, 0, y, x] = int(row[28 * y + x]) / 255
    return images


def to_channels_first(images):
    N, H, W, C = images.shape
    result = torch.empty(N, C, H, W, dtype=images.dtype)
    for c in range(C):
        result[:, c] = images[:, :, :, c]
    return result


class Pairs:
    """A data set needs no base class."""

    def __init__(self, images, labels):
        self.pairs = [(image, int(label)) for image, label in zip(images, labels)]

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, i):
        return self.pairs[i]


def make_loader(images, labels, batch_size=32, shuffle=True):
    return DataLoader(dataset=Pairs(images, labels), batch_size=batch_size, shuffle=shuffle)
