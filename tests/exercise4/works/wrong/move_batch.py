# %% result_dropped: .to without using its result.
def move_batch(batch, device):
    for tensor in batch:
        tensor.to(device)
    return tuple(batch)

# %% only_two: Only images and labels; fails with three tensors.
def move_batch(batch, device):
    images, labels = batch
    return images.to(device), labels.to(device)

# %% all_float: Makes all of them float.
def move_batch(batch, device):
    return tuple(tensor.to(device).float() for tensor in batch)

# %% changes_the_list: Replaces the tensors in the list of the caller.
def move_batch(batch, device):
    if isinstance(batch, list):
        for i, tensor in enumerate(batch):
            batch[i] = tensor.to(device)
        return tuple(batch)
    return tuple(t.to(device) for t in batch)

# %% reversed_order: In reversed order.
def move_batch(batch, device):
    return tuple(tensor.to(device) for tensor in reversed(batch))

# %% labels_long: Makes the second tensor int64.
def move_batch(batch, device):
    first, *rest = batch
    return (first.to(device), *(t.to(device).long() for t in rest))

# %% first_only: Moves the images and forgets the rest.
def move_batch(batch, device):
    first, *rest = batch
    return (first.to(device), *rest)

# %% doubles_become_floats: Tensors of float64 become float32.
def move_batch(batch, device):
    return tuple((t.float() if t.dtype == torch.float64 else t).to(device) for t in batch)
