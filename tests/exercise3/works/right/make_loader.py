# %% tensor_dataset: TensorDataset and DataLoader.
def make_loader(images, labels, batch_size=32, shuffle=True):
    from torch.utils.data import DataLoader, TensorDataset
    return DataLoader(TensorDataset(images, labels.long()), batch_size=batch_size, shuffle=shuffle)

# %% own_dataset_class: An own Dataset class whose labels become int64 in the constructor.
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

# %% list_of_pairs: A list of pairs with Python ints as labels.
from torch.utils.data import DataLoader

def make_loader(images, labels, batch_size=32, shuffle=True):
    pairs = [(image, int(label)) for image, label in zip(images, labels)]
    return DataLoader(pairs, batch_size=batch_size, shuffle=shuffle)

# %% collate_converts: A collate function stacks and converts the labels.
import torch.utils.data as data

def _collate(samples):
    pictures, classes = zip(*samples)
    return torch.stack(pictures), torch.stack(classes).type(torch.LongTensor)

def make_loader(images, labels, batch_size=32, shuffle=True):
    return data.DataLoader(data.TensorDataset(images, labels), batch_size, shuffle, collate_fn=_collate)

# %% explicit_samplers: RandomSampler or SequentialSampler given as sampler.
from torch.utils.data import DataLoader, RandomSampler, SequentialSampler, TensorDataset

def make_loader(images, labels, batch_size=32, shuffle=True):
    dataset = TensorDataset(images, labels.to(dtype=torch.int64))
    sampler = RandomSampler(dataset) if shuffle else SequentialSampler(dataset)
    return DataLoader(dataset, batch_size=batch_size, sampler=sampler, drop_last=False)

# %% batch_sampler_of_indices: A BatchSampler, and a dataset that takes whole lists of indices.
from torch.utils.data import BatchSampler, DataLoader, RandomSampler, SequentialSampler, TensorDataset

def make_loader(images, labels, batch_size=32, shuffle=True):
    dataset = TensorDataset(images, labels.long())
    order = (RandomSampler if shuffle else SequentialSampler)(dataset)
    return DataLoader(dataset, sampler=BatchSampler(order, batch_size, drop_last=False), batch_size=None)

# %% as_tensor_defensive: as_tensor with dtype int64, asserts on lengths and keyword arguments.
from torch.utils.data import DataLoader, TensorDataset

def make_loader(images, labels, batch_size: int = 32, shuffle: bool = True) -> DataLoader:
    images = torch.as_tensor(images)
    labels = torch.as_tensor(labels, dtype=torch.int64)
    assert len(images) == len(labels), "one label for each image"
    return DataLoader(dataset=TensorDataset(images, labels), batch_size=batch_size, shuffle=shuffle, num_workers=0, drop_last=False)

# %% named_tuple_samples: Samples are named tuples, which the default collate keeps.
from typing import NamedTuple
from torch.utils.data import DataLoader

class Sample(NamedTuple):
    image: torch.Tensor
    label: torch.Tensor

def make_loader(images, labels, batch_size=32, shuffle=True):
    whole = labels.to(torch.long)
    samples = [Sample(images[i], whole[i]) for i in range(len(whole))]
    return DataLoader(samples, batch_size=batch_size, shuffle=shuffle)

# %% own_generator_per_loader: An own generator of fresh entropy for the shuffling.
import torch.utils.data

def make_loader(images, labels, batch_size=32, shuffle=True):
    würfel = torch.Generator()
    würfel.seed()
    menge = torch.utils.data.TensorDataset(images, labels.type(torch.int64))
    return torch.utils.data.DataLoader(menge, batch_size=batch_size, shuffle=shuffle, generator=würfel)

# %% subclass_of_dataloader: A DataLoader subclass that builds its dataset itself.
from torch.utils.data import DataLoader, TensorDataset

class DigitsLoader(DataLoader):
    def __init__(self, images, labels, batch_size, shuffle):
        super().__init__(TensorDataset(images, labels.long()), batch_size=batch_size, shuffle=shuffle)

def make_loader(images, labels, batch_size=32, shuffle=True):
    return DigitsLoader(images, labels, batch_size, shuffle)

# %% stack_dataset_tuple: torch's StackDataset of images and labels.
from torch.utils.data import DataLoader, StackDataset

def make_loader(images, labels, batch_size=32, shuffle=True):
    return DataLoader(StackDataset(images, labels.long()), batch_size=batch_size, shuffle=shuffle)
