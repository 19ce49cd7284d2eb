import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


to_image_tensor = lambda rows: torch.FloatTensor(rows.astype(float)).reshape(rows.shape[0], 1, 28, 28) / 255

def to_channels_first(images):
    array = images.detach().numpy()
    return torch.from_numpy(np.ascontiguousarray(np.transpose(array, (0, 3, 1, 2))))

from torch.utils.data import DataLoader, StackDataset

def make_loader(images, labels, batch_size=32, shuffle=True):
    return DataLoader(StackDataset(images, labels.long()), batch_size=batch_size, shuffle=shuffle)  # end