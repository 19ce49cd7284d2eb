# %% comprehension: A sum over the sizes.
def stacked_params(kernel_sizes, channels, bias=False):
    return sum(channels * channels * k * k + (channels if bias else 0) for k in kernel_sizes)

# %% numpy: A dot product; a numpy integer.
def stacked_params(kernel_sizes, channels, bias=False):
    k = np.array(kernel_sizes, dtype=int)
    return k @ k * channels**2 + bias * channels * len(k)

# %% recursive: Recursion over the list without a change of it.
def stacked_params(kernel_sizes, channels, bias=False):
    if len(kernel_sizes) == 0:
        return 0
    first, *rest = kernel_sizes
    return channels * (first * first * channels + int(bias)) + stacked_params(rest, channels, bias)
