# %% reshaped: reshape instead of a transposition.
def prepare_cifar(images, labels):
    x = torch.from_numpy(images).reshape(-1, 3, 32, 32).float() / 255
    return x, torch.tensor(labels)

# %% bytes_divided: No division by 255.
def prepare_cifar(images, labels):
    return torch.from_numpy(images).permute(0, 3, 1, 2).float(), torch.tensor(labels)

# %% by_256: Divides by 256.
def prepare_cifar(images, labels):
    return torch.from_numpy(images).permute(0, 3, 1, 2).float() / 256, torch.tensor(labels)

# %% transposed_images: Height and width are swapped, too.
def prepare_cifar(images, labels):
    return torch.from_numpy(images).permute(0, 3, 2, 1).float() / 255, torch.tensor(labels)

# %% labels_int32: The labels are int32.
def prepare_cifar(images, labels):
    return torch.from_numpy(images).permute(0, 3, 1, 2).float() / 255, torch.tensor(labels, dtype=torch.int32)

# %% double: The images are float64.
def prepare_cifar(images, labels):
    return torch.from_numpy(images / 255.0).permute(0, 3, 1, 2), torch.tensor(labels)

# %% minus_one_to_one: Scales to [-1, 1].
def prepare_cifar(images, labels):
    return torch.from_numpy(images).permute(0, 3, 1, 2).float() / 127.5 - 1, torch.tensor(labels)

# %% by_the_maximum: Divides by the largest byte.
def prepare_cifar(images, labels):
    return torch.from_numpy(images).permute(0, 3, 1, 2).float() / max(int(images.max()), 1), torch.tensor(labels)

# %% labels_column: The labels have a second axis.
def prepare_cifar(images, labels):
    return torch.from_numpy(images).permute(0, 3, 1, 2).float() / 255, torch.tensor(labels)[:, None]
