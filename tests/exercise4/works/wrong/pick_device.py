# %% string: A string, not a torch.device.
def pick_device():
    return "cuda" if torch.cuda.is_available() else "cpu"

# %% always_cpu: Never takes the GPU.
def pick_device():
    return torch.device("cpu")

# %% always_cuda: Never asks whether there is a GPU.
def pick_device():
    return torch.device("cuda")

# %% other_way_round: The branches are swapped.
def pick_device():
    return torch.device("cpu" if torch.cuda.is_available() else "cuda")

# %% meta: Falls back to the meta device, which computes nothing.
def pick_device():
    return torch.device("cuda" if torch.cuda.is_available() else "meta")
