import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

def to_image_tensor(rows: np.ndarray) -> torch.Tensor:
    pictures = rows.reshape(-1, 28, 28)[:, np.newaxis]
    return torch.as_tensor(np.true_divide(pictures, 255, dtype=np.float32))


def to_channels_first(images):
    return torch.movedim(images, -1, 1).contiguous()


from typing import NamedTuple
from torch.utils.data import DataLoader

class Sample(NamedTuple):
    image: torch.Tensor
    label: torch.Tensor

def make_loader(images, labels, batch_size=32, shuffle=True):
    whole = labels.to(torch.long)
    samples = [Sample(images[i], whole[i]) for i in range(len(whole))]
    return DataLoader(samples, batch_size=batch_size, shuffle=shuffle)
