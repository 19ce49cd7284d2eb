import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms


def to_image_tensor(rows):
    to_tensor = transforms.ToTensor()
    return torch.stack([to_tensor(row.reshape(28, 28)) for row in rows])


def to_channels_first(images):
    if images.dtype != torch.uint8:
        return torch.stack([transforms.ToTensor()(np.asarray(image)) for image in images])
    return torch.stack([transforms.PILToTensor()(transforms.ToPILImage()(image.numpy())) for image in images])


class Pictures(Dataset):
    """Labels become ints, which the DataLoader collates to int64."""

    def __init__(self, images, labels, transform=None):
        self.images, self.labels, self.transform = images, labels, transform

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        image = self.images[index]
        if self.transform:
            image = self.transform(image)
        return image, int(self.labels[index])


def make_loader(images, labels, batch_size=32, shuffle=True):
    return DataLoader(Pictures(images, labels, transforms.Compose([])), batch_size, shuffle=shuffle)
