# %% broadcast: Two tensors (C, 1, 1).
def normalize_images(images, mean, std):
    m = torch.tensor(mean, dtype=images.dtype, device=images.device)[:, None, None]
    s = torch.tensor(std, dtype=images.dtype, device=images.device)[:, None, None]
    return (images - m) / s

# %% clone_and_loop: A clone and a loop over channels.
def normalize_images(images, mean, std):
    out = images.clone()
    for c, (m, s) in enumerate(zip(mean, std)):
        out[:, c] -= m
        out[:, c] /= s
    return out
