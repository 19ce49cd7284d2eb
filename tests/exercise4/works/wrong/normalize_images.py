# %% last_axis: Broadcasts along the width.
def normalize_images(images, mean, std):
    if images.shape[-1] != len(mean):
        mean, std = [mean[0]], [std[0]]
    return (images - torch.tensor(mean, dtype=images.dtype)) / torch.tensor(std, dtype=images.dtype)

# %% in_place: Changes the images of the caller.
def normalize_images(images, mean, std):
    for c in range(images.shape[1]):
        images[:, c] = (images[:, c] - mean[c]) / std[c]
    return images

# %% first_std: The first standard deviation for all channels.
def normalize_images(images, mean, std):
    return (images - torch.tensor(mean).view(1, -1, 1, 1)) / std[0]

# %% variance: Divides by the root of std, as if it were the variance.
def normalize_images(images, mean, std):
    m = torch.tensor(mean, dtype=torch.float32).view(1, -1, 1, 1)
    s = torch.tensor(std, dtype=torch.float32).view(1, -1, 1, 1)
    return (images - m) / s.sqrt()

# %% own_statistics: Computes the statistics of the images and ignores the arguments.
def normalize_images(images, mean, std):
    m = images.mean(dim=(0, 2, 3), keepdim=True)
    s = images.std(dim=(0, 2, 3), keepdim=True)
    return (images - m) / s

# %% three_channels: Works with three channels only.
def normalize_images(images, mean, std):
    m = torch.tensor(mean, dtype=torch.float32).reshape(1, 3, 1, 1)
    s = torch.tensor(std, dtype=torch.float32).reshape(1, 3, 1, 1)
    return (images - m) / s
