import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


_TABLE = torch.arange(256, dtype=torch.float32) / 255

def to_image_tensor(rows):
    index = torch.from_numpy(rows.astype(np.int64))
    return _TABLE[index].reshape(rows.shape[0], 1, 28, 28)


def to_channels_first(images):
    return torch.einsum("nhwc->nchw", images)


def make_loader(images, labels, batch_size=32, shuffle=True):
    from torch.utils.data import DataLoader, TensorDataset
    return DataLoader(TensorDataset(images, labels.long()), batch_size=batch_size, shuffle=shuffle)
