# %% bias_default_true: Counts biases by default.
def stacked_params(kernel_sizes, channels, bias=True):
    return sum(channels * channels * k * k + (channels if bias else 0) for k in kernel_sizes)

# %% one_bias_per_layer: One bias per layer instead of one per channel.
def stacked_params(kernel_sizes, channels, bias=False):
    return sum(channels * channels * k * k + int(bias) for k in kernel_sizes)

# %% bias_once: The biases of one layer only.
def stacked_params(kernel_sizes, channels, bias=False):
    return sum(channels**2 * k * k for k in kernel_sizes) + (channels if bias else 0)

# %% channels_once: channels instead of channels squared.
def stacked_params(kernel_sizes, channels, bias=False):
    return sum(channels * k * k + (channels if bias else 0) for k in kernel_sizes)

# %% first_kernel_for_all: All layers get the first kernel size.
def stacked_params(kernel_sizes, channels, bias=False):
    return len(kernel_sizes) * (channels**2 * kernel_sizes[0] ** 2 + (channels if bias else 0))

# %% unique_sizes: Each size counts once.
def stacked_params(kernel_sizes, channels, bias=False):
    return sum(channels**2 * k * k + (channels if bias else 0) for k in set(kernel_sizes))

# %% first_layer_one_channel: The first layer takes one input channel.
def stacked_params(kernel_sizes, channels, bias=False):
    total, c = 0, 1
    for k in kernel_sizes:
        total += c * channels * k * k + (channels if bias else 0)
        c = channels
    return total

# %% ignores_bias: Ignores bias.
def stacked_params(kernel_sizes, channels, bias=False):
    return sum(channels**2 * k * k for k in kernel_sizes)

# %% bias_per_pair: A bias for each pair of channels.
def stacked_params(kernel_sizes, channels, bias=False):
    return sum(channels**2 * (k * k + bool(bias)) for k in kernel_sizes)

# %% pops_the_list: Takes the sizes out of the caller's list.
def stacked_params(kernel_sizes, channels, bias=False):
    total = 0
    while kernel_sizes:
        k = kernel_sizes.pop()
        total += channels**2 * k * k + (channels if bias else 0)
    return total
