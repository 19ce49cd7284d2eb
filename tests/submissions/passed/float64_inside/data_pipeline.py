import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset


def to_image_tensor(rows):
    images = (rows / 255).reshape((-1, 1, 28, 28))
    return torch.tensor(images, dtype=torch.float32)


def to_channels_first(images):
    return torch.moveaxis(images.double(), -1, 1).to(images.dtype)


def make_loader(images, labels, batch_size=32, shuffle=True):
    labels = torch.from_numpy(np.asarray(labels).astype(np.int64))
    return DataLoader(TensorDataset(images.double(), labels), batch_size=batch_size, shuffle=shuffle)
