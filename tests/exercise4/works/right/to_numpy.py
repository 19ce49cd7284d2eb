# %% chain: detach, cpu, numpy.
def to_numpy(tensor):
    return tensor.detach().cpu().numpy()

# %% no_grad_copy: A clone on the CPU under no_grad, then np.array.
def to_numpy(tensor):
    with torch.no_grad():
        copy = tensor.to("cpu", copy=True)
    return np.array(copy.detach())
