# %% generator: A tuple of a generator.
def move_batch(batch, device):
    return tuple(tensor.to(device) for tensor in batch)

# %% loop_and_map: A loop over a list copy.
def move_batch(batch, device):
    moved = []
    for i in range(len(batch)):
        moved.append(batch[i].to(device=device, non_blocking=True))
    return (*moved,)
