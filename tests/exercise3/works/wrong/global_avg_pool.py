# %% keeps_the_axes: Keeps height and width as axes of length 1.
def global_avg_pool(x):
    return x.mean(dim=(2, 3), keepdim=True)

# %% squeezes_single_images: Squeezes all axes of length 1, so one image or one channel loses its axis.
def global_avg_pool(x):
    return F.adaptive_avg_pool2d(x, 1).squeeze()

# %% squeezes_the_batch: Squeezes the first axis, so one image gives (C,).
def global_avg_pool(x):
    n, c, h, w = x.shape
    pooled = x.reshape(n, c, h * w).sum(dim=2) / (h * w)
    return pooled.squeeze(0)

# %% squeezes_a_single_channel: Drops the channel axis where there is one channel.
def global_avg_pool(x):
    means = torch.stack([image.flatten(1).mean(dim=1) for image in x])
    if means.shape[1] == 1:
        means = means.squeeze(1)
    return means

# %% maximum: Takes the maximum of each map.
def global_avg_pool(x):
    return torch.amax(x, dim=(-2, -1))

# %% odd_sides_not_divided: Does not divide by a side that is odd.
def global_avg_pool(x):
    n, c = x.shape[:2]
    total = x.flatten(2).sum(dim=-1)
    count = 1
    for size in x.shape[2:]:
        count *= size if size % 2 == 0 else 1
    return total / count

# %% height_squared: Divides by the height squared, right for square images only.
def global_avg_pool(x):
    h = x.shape[2]
    return x.sum(dim=(2, 3)) / (h * h)

# %% average_over_the_height_only: Averages over the height and takes the first column.
def global_avg_pool(x):
    column_means = x.mean(dim=2)
    return column_means[..., 0]

# %% median: Takes the median of each map.
def global_avg_pool(x):
    return x.flatten(2).median(dim=2).values

# %% zeros_left_out: Averages only the values that are not 0.
def global_avg_pool(x):
    active = (x != 0).sum(dim=(2, 3)).clamp(min=1)
    return x.sum(dim=(2, 3)) / active

# %% mean_over_the_batch: Takes the mean over the batch as well and repeats it.
def global_avg_pool(x):
    m = x.mean(dim=(0, 2, 3))
    return m.unsqueeze(0).repeat(x.size(0), 1)

# %% view_of_the_memory: Uses view, which raises for an image that is not contiguous.
def global_avg_pool(x):
    n, c, h, w = x.shape
    return x.view(n, c, h * w).mean(-1)

# %% channels_and_pixels_mixed: Reshapes to (N, H * W, C) and averages over the pixels, which mixes the channels.
def global_avg_pool(x):
    n, c, h, w = x.shape
    return x.reshape(n, h * w, c).mean(dim=1)

# %% images_beyond_the_channels_lost: Takes at most as many images as there are channels.
def global_avg_pool(x):
    rows = []
    for i in range(min(x.shape[0], x.shape[1])):
        rows.append(torch.stack([x[i, c].mean() for c in range(x.shape[1])]))
    return torch.stack(rows)

# %% float16_mean: Averages in half precision and rounds the result.
def global_avg_pool(x):
    return x.half().mean(dim=(2, 3)).float()

# %% two_channels_averaged_and_width_kept: Averages over the channels, and does not average over the width.
def global_avg_pool(x):
    pooled = x.mean(dim=(1, 2), keepdim=True)
    return pooled.flatten(1)

# %% two_width_squared_and_squeeze: Divides by the width squared, and loses the batch axis of one image.
def global_avg_pool(x):
    w = x.shape[3]
    pooled = x.sum(dim=(2, 3)) / w ** 2
    return pooled[0] if x.shape[0] == 1 else pooled

# %% two_maximum_and_kept_axes: Takes the maximum, and keeps the axes of length 1.
def global_avg_pool(x):
    return x.amax(dim=(2, 3), keepdim=True)
