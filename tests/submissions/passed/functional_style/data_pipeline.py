import torch
from torch.utils.data import DataLoader


def to_image_tensor(rows):
    return torch.stack([torch.tensor(row, dtype=torch.float).div(255).view(1, 28, 28) for row in rows])


to_channels_first = lambda images: torch.einsum("nhwc->nchw", images)


def make_loader(images, labels, batch_size=32, shuffle=True):
    return DataLoader(list(zip(images, labels.type(torch.LongTensor))), batch_size=batch_size, shuffle=shuffle)
