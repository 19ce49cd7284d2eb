"""Data pipeline"""

import torch
from torch.utils.data import DataLoader, TensorDataset


def to_image_tensor(rows):
    images = torch.from_numpy(rows).float()
    images = images / images.max()
    return images.view(-1, 1, 28, 28)


def to_channels_first(images):
    return images.permute(0, 3, 1, 2).float()


def make_loader(images, labels, batch_size=32, shuffle=True):
    dataset = TensorDataset(images, labels)
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, drop_last=True)
