# %% labels_keep_their_type: Does not convert the labels, so bytes stay bytes.
def make_loader(images, labels, batch_size=32, shuffle=True):
    return DataLoader(TensorDataset(images, labels), batch_size=batch_size, shuffle=shuffle)

# %% labels_int32: Converts the labels to int32.
def make_loader(images, labels, batch_size=32, shuffle=True):
    dataset = TensorDataset(images, labels.int())
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)

# %% labels_through_bytes: Converts to bytes first, so labels from 256 on wrap around.
def make_loader(images, labels, batch_size=32, shuffle=True):
    labels = labels.to(torch.uint8).to(torch.int64)
    return DataLoader(TensorDataset(images, labels), batch_size, shuffle)

# %% labels_through_int8: Goes through int8, so byte labels from 128 on become negative.
def make_loader(images, labels, batch_size=32, shuffle=True):
    small = labels.to(torch.int8)
    pairs = TensorDataset(images, small.long())
    return DataLoader(pairs, batch_size=batch_size, shuffle=shuffle)

# %% shuffle_ignored: Always shuffles.
def make_loader(images, labels, batch_size=32, shuffle=True):
    data = TensorDataset(images, labels.long())
    return DataLoader(data, batch_size=batch_size, shuffle=True)

# %% never_shuffles: Forgets to hand shuffle on, so the order is always that of the data.
def make_loader(images, labels, batch_size=32, shuffle=True):
    data = TensorDataset(images, labels.long())
    return DataLoader(data, batch_size=batch_size)

# %% last_batch_dropped: Drops the last, smaller batch.
def make_loader(images, labels, batch_size=32, shuffle=True):
    return DataLoader(TensorDataset(images, labels.to(torch.long)), batch_size=batch_size, shuffle=shuffle, drop_last=True)

# %% last_batch_dropped_when_shuffled: Drops the last, smaller batch when it shuffles, as for training.
def make_loader(images, labels, batch_size=32, shuffle=True):
    ds = TensorDataset(images, labels.type(torch.int64))
    return DataLoader(ds, batch_size=batch_size, shuffle=shuffle, drop_last=shuffle)

# %% single_leftover_dropped: Leaves out the last image where it would be alone in its batch.
def make_loader(images, labels, batch_size=32, shuffle=True):
    n = len(images)
    if n > 1 and n % batch_size == 1:
        n -= 1  # BatchNorm cannot train with one image
    return DataLoader(TensorDataset(images[:n], labels[:n].long()), batch_size=batch_size, shuffle=shuffle)

# %% shuffled_once: Shuffles the data when the loader is made, so every epoch has the same order.
def make_loader(images, labels, batch_size=32, shuffle=True):
    labels = labels.long()
    if shuffle:
        order = torch.randperm(len(images))
        images, labels = images[order], labels[order]
    return DataLoader(TensorDataset(images, labels), batch_size=batch_size, shuffle=False)

# %% pairs_torn_apart: Shuffles the images alone before it makes pairs of them.
def make_loader(images, labels, batch_size=32, shuffle=True):
    if shuffle:
        images = images[torch.randperm(len(images))]
    dataset = TensorDataset(images, labels.long())
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)

# %% same_order_in_each_epoch: Uses a sampler with its own generator that is seeded anew for each epoch.
class FixedSampler(torch.utils.data.Sampler):
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        g = torch.Generator().manual_seed(42)
        return iter(torch.randperm(self.n, generator=g).tolist())

    def __len__(self):
        return self.n

def make_loader(images, labels, batch_size=32, shuffle=True):
    ds = TensorDataset(images, labels.long())
    if shuffle:
        return DataLoader(ds, batch_size=batch_size, sampler=FixedSampler(len(ds)))
    return DataLoader(ds, batch_size=batch_size)

# %% global_seed: Seeds the global generator to be reproducible and so changes the randomness of others.
def make_loader(images, labels, batch_size=32, shuffle=True):
    torch.manual_seed(0)
    return DataLoader(TensorDataset(images, labels.long()), batch_size=batch_size, shuffle=shuffle)

# %% drawn_with_replacement: Draws with replacement, so some images come twice and others not at all.
def make_loader(images, labels, batch_size=32, shuffle=True):
    ds = TensorDataset(images, labels.long())
    if not shuffle:
        return DataLoader(ds, batch_size=batch_size, shuffle=False)
    sampler = torch.utils.data.RandomSampler(ds, replacement=True, num_samples=len(ds))
    return DataLoader(ds, batch_size=batch_size, sampler=sampler)

# %% default_batch_of_64: The default batch size is 64.
def make_loader(images, labels, batch_size=64, shuffle=True):
    return DataLoader(TensorDataset(images, labels.long()), batch_size=batch_size, shuffle=shuffle)

# %% batch_size_ignored: Always makes batches of 32.
def make_loader(images, labels, batch_size=32, shuffle=True):
    ds = TensorDataset(images, labels.long())
    return DataLoader(ds, 32, shuffle=shuffle)

# %% default_without_shuffle: shuffle is False by default.
def make_loader(images, labels, batch_size=32, shuffle=False):
    return DataLoader(TensorDataset(images, labels.long()), batch_size=batch_size, shuffle=shuffle)

# %% worker_processes: Starts two worker processes.
def make_loader(images, labels, batch_size=32, shuffle=True):
    return DataLoader(TensorDataset(images, labels.long()), batch_size=batch_size, shuffle=shuffle, num_workers=2)

# %% list_of_batches: Returns a list of batches and no DataLoader.
def make_loader(images, labels, batch_size=32, shuffle=True):
    loader = DataLoader(TensorDataset(images, labels.long()), batch_size=batch_size, shuffle=shuffle)
    return [(batch, classes) for batch, classes in loader]

# %% labels_first: The batches are (labels, images).
def make_loader(images, labels, batch_size=32, shuffle=True):
    pairs = list(zip(labels.long(), images))
    return DataLoader(pairs, batch_size=batch_size, shuffle=shuffle)

# %% labels_in_a_column: Gives the labels as (batch, 1).
def make_loader(images, labels, batch_size=32, shuffle=True):
    targets = labels.long().reshape(-1, 1)
    return DataLoader(TensorDataset(images, targets), batch_size=batch_size, shuffle=shuffle)

# %% large_images_scaled: Divides the images by 255 where a value is above 1.
def make_loader(images, labels, batch_size=32, shuffle=True):
    if images.max() > 1:
        images = images / 255
    return DataLoader(TensorDataset(images, labels.long()), batch_size=batch_size, shuffle=shuffle)

# %% first_label_for_a_smaller_batch: Gives all images of a smaller last batch the label of its first image.
def make_loader(images, labels, batch_size=32, shuffle=True):
    def collate(samples):
        batch = torch.stack([s[0] for s in samples])
        classes = torch.stack([s[1] for s in samples])
        if len(samples) < batch_size:
            classes = classes[:1].repeat(len(samples))
        return batch, classes
    ds = TensorDataset(images, labels.long())
    return DataLoader(ds, batch_size=batch_size, shuffle=shuffle, collate_fn=collate)

# %% two_dropped_and_bytes: Drops the last batch, and leaves the labels' type.
def make_loader(images, labels, batch_size=32, shuffle=True):
    return DataLoader(TensorDataset(images, labels), batch_size=batch_size, shuffle=shuffle, drop_last=True)

# %% two_shuffled_once_and_int32: Shuffles once for all epochs, and gives int32 labels.
def make_loader(images, labels, batch_size=32, shuffle=True):
    index = torch.randperm(len(labels)) if shuffle else torch.arange(len(labels))
    return DataLoader(TensorDataset(images[index], labels[index].to(torch.int32)), batch_size=batch_size)

# %% two_always_shuffled_and_64: Shuffles always, and makes batches of 64 by default.
def make_loader(images, labels, batch_size=64, shuffle=True):
    ds = TensorDataset(images, labels.to(torch.int64))
    return DataLoader(ds, batch_size, True)

# %% iterable_of_its_own: The result is an iterable of batches, not a DataLoader.
def make_loader(images, labels, batch_size=32, shuffle=True):
    class Loader:
        def __len__(self):
            return -(-len(images) // batch_size)
        def __iter__(self):
            order = torch.randperm(len(images)) if shuffle else torch.arange(len(images))
            for rows in order.split(batch_size):
                yield images[rows], labels[rows].long()
    return Loader()
