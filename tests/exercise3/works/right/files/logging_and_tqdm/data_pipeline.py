import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

import logging
import warnings

try:
    from tqdm import tqdm
except ImportError:
    def tqdm(iterable, **kwargs):
        return iterable

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
log = logging.getLogger(__name__)
log.info("module is loaded")
warnings.filterwarnings("ignore", category=UserWarning)

for _ in tqdm(range(3), desc="warming up", leave=False):
    pass

class ImageTensor(torch.Tensor):
    def show_shape(self):
        return "x".join(map(str, self.shape))

def to_image_tensor(rows):
    x = torch.from_numpy(rows.astype(np.float32)).reshape(-1, 1, 28, 28) / 255
    return x.as_subclass(ImageTensor)


def to_channels_first(images):
    array = images.detach().numpy()
    return torch.from_numpy(np.ascontiguousarray(np.transpose(array, (0, 3, 1, 2))))


from torch.utils.data import DataLoader, TensorDataset

def make_loader(images, labels, batch_size: int = 32, shuffle: bool = True) -> DataLoader:
    images = torch.as_tensor(images)
    labels = torch.as_tensor(labels, dtype=torch.int64)
    assert len(images) == len(labels), "one label for each image"
    return DataLoader(dataset=TensorDataset(images, labels), batch_size=batch_size, shuffle=shuffle, num_workers=0, drop_last=False)
