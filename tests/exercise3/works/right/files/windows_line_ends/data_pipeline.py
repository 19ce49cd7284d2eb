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
    array = images.detach().numpy()
    return torch.from_numpy(np.ascontiguousarray(np.transpose(array, (0, 3, 1, 2))))


from torch.utils.data import DataLoader, Dataset

class Pictures(Dataset):
    def __init__(self, images, labels):
        self.images = images
        self.labels = labels.to(torch.int64)

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        return self.images[index], self.labels[index]

def make_loader(images, labels, batch_size=32, shuffle=True):
    return DataLoader(Pictures(images, labels), batch_size=batch_size, shuffle=shuffle, num_workers=0)
