import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def to_image_tensor(rows):
    return torch.from_numpy(rows.astype(np.float32) / 255).reshape(-1, 1, 28, 28)


def to_channels_first(images):
    return torch.movedim(images, -1, 1).contiguous()


import torch.utils.data

def make_loader(images, labels, batch_size=32, shuffle=True):
    würfel = torch.Generator()
    würfel.seed()
    menge = torch.utils.data.TensorDataset(images, labels.type(torch.int64))
    return torch.utils.data.DataLoader(menge, batch_size=batch_size, shuffle=shuffle, generator=würfel)
