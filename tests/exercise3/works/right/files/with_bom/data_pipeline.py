"""data_pipeline: Lösungen mit BOM"""
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def to_image_tensor(rows):
    assert isinstance(rows, np.ndarray) and rows.dtype == np.uint8, "bytes expected"
    assert rows.ndim == 2 and rows.shape[1] == 28 * 28, rows.shape
    if len(rows) == 0:
        return torch.zeros(0, 1, 28, 28)
    data = torch.frombuffer(bytearray(rows.tobytes()), dtype=torch.uint8)
    return data.reshape(len(rows), 1, 28, 28).float() / 255


def to_channels_first(images):
    n, h, w, c = images.shape
    result = torch.empty((n, c, h, w), dtype=images.dtype)
    for channel in range(c):
        result[:, channel, :, :] = images[:, :, :, channel]
    return result


import torch.utils.data

def make_loader(images, labels, batch_size=32, shuffle=True):
    würfel = torch.Generator()
    würfel.seed()
    menge = torch.utils.data.TensorDataset(images, labels.type(torch.int64))
    return torch.utils.data.DataLoader(menge, batch_size=batch_size, shuffle=shuffle, generator=würfel)
