import numpy as np
import torch
from torch.utils.data import BatchSampler, DataLoader, RandomSampler, SequentialSampler, StackDataset


def to_image_tensor(rows: np.ndarray) -> torch.Tensor:
    images = torch.as_tensor(data=rows).to(dtype=torch.float32)
    return torch.unflatten(images, dim=1, sizes=(1, 28, 28)).mul(other=1 / 255)


def to_channels_first(images: torch.Tensor) -> torch.Tensor:
    return images.transpose(dim0=2, dim1=3).transpose(dim0=1, dim1=2).contiguous()


def make_loader(images, labels, batch_size=32, shuffle=True):
    dataset = StackDataset(images, labels.to(dtype=torch.int64))
    sampler = RandomSampler(data_source=dataset) if shuffle else SequentialSampler(data_source=dataset)
    batches = BatchSampler(sampler=sampler, batch_size=batch_size, drop_last=False)
    return DataLoader(dataset=dataset, batch_sampler=batches, pin_memory=False)
