import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset


def to_image_tensor(rows):
    images = rows.astype(np.float32) / np.float32(255)
    return torch.from_numpy(images[:, np.newaxis].reshape(rows.shape[0], 1, 28, 28))


def to_channels_first(images):
    return torch.from_numpy(np.ascontiguousarray(np.transpose(images.numpy(), (0, 3, 1, 2))))


def make_loader(images, labels, batch_size=32, shuffle=True):
    labels = np.array(labels, dtype="int64")
    return DataLoader(TensorDataset(torch.tensor(np.array(images)), torch.as_tensor(labels)), batch_size, shuffle)
