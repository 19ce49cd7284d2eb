# %% mean_of_two_axes: x.mean over the last two axes.
def global_avg_pool(x):
    return x.mean(dim=(2, 3))

# %% adaptive_pool_flatten: nn.AdaptiveAvgPool2d and flatten from axis 1.
def global_avg_pool(x):
    return torch.flatten(nn.AdaptiveAvgPool2d((1, 1))(x), 1)

# %% sum_divided_by_pixels: The sum divided by the number of pixels.
def global_avg_pool(x):
    N, C, H, W = x.shape
    return x.sum(3).sum(2) / (H * W)

# %% einsum_with_scale: einsum sums the map and a factor scales it.
def global_avg_pool(x):
    return torch.einsum("nchw->nc", x) / (x.shape[-1] * x.shape[-2])

# %% numpy_mean: numpy's mean, as a tensor again.
def global_avg_pool(x):
    return torch.from_numpy(x.detach().numpy().mean(axis=(2, 3)))

# %% double_loop_fill: A double loop fills an empty result.
def global_avg_pool(x):
    result = torch.zeros(x.shape[0], x.shape[1])
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            one_map = x[n, c]
            result[n, c] = one_map.mean()
    return result

# %% reshape_then_mean: Flattens each map and takes the mean of the last axis.
def global_avg_pool(x):
    return x.reshape(x.size(0), x.size(1), -1).mean(-1)

# %% lambda_flatten: A lambda with flatten(2).
global_avg_pool = lambda x: x.flatten(2).mean(2)

# %% avg_pool_whole_map: F.avg_pool2d with the map as kernel, indexed instead of squeezed.
def global_avg_pool(x):
    return F.avg_pool2d(x, kernel_size=(x.shape[2], x.shape[3]))[:, :, 0, 0]

# %% nested_mean_of_means: The mean over columns of the mean over rows, all rows being of the same length.
def global_avg_pool(x: torch.Tensor) -> torch.Tensor:
    rows = torch.mean(x, dim=-1)
    return torch.mean(rows, dim=-1)

# %% double_precision_sum: Adds up in float64 and casts back.
def global_avg_pool(x):
    return x.double().mean((-2, -1)).to(x.dtype)

# %% tensorflow_reduce_mean: TensorFlow thinking with a local reduce_mean and keepdims.
def reduce_mean(tensor, axis, keepdims=False):
    return torch.mean(tensor, dim=axis, keepdim=keepdims)

def global_avg_pool(x):
    pooled = reduce_mean(x, axis=[2, 3], keepdims=True)
    return pooled.squeeze(3).squeeze(2)
