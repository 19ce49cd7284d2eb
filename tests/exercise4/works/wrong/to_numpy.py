# %% no_detach: Fails where gradients are required.
def to_numpy(tensor):
    return tensor.cpu().numpy()

# %% list_of_floats: By tolist, which loses the dtype.
def to_numpy(tensor):
    return np.array(tensor.tolist())

# %% turns_gradients_off: Sets requires_grad to False on the tensor of the caller.
def to_numpy(tensor):
    return tensor.requires_grad_(False).cpu().numpy()

# %% no_cpu: Fails for a tensor on the GPU.
def to_numpy(tensor):
    return tensor.detach().numpy()

# %% always_float32: Everything becomes float32.
def to_numpy(tensor):
    return tensor.detach().cpu().float().numpy()

# %% squeezed: Drops axes of length 1.
def to_numpy(tensor):
    return tensor.detach().cpu().squeeze().numpy()

# %% detaches_in_place: detach_, which cuts the caller's graph.
def to_numpy(tensor):
    return tensor.detach_().cpu().numpy()

# %% float32_by_numpy: An array of float32 for every floating point dtype.
def to_numpy(tensor):
    array = tensor.detach().cpu().numpy()
    return array.astype(np.float32) if array.dtype == np.float64 else array

# %% scalars_get_an_axis: A tensor without axes gets one.
def to_numpy(tensor):
    return np.atleast_1d(tensor.detach().cpu().numpy())
