# %% range_list: list(range()).
def window_positions(size, kernel_size, stride=1, padding=0):
    return list(range(-padding, size + padding - kernel_size + 1, stride))

# %% while_loop: A while loop with append.
def window_positions(size, kernel_size, stride=1, padding=0):
    result = []
    start = -padding
    while start + kernel_size <= size + padding:
        result.append(start)
        start += stride
    return result

# %% numpy_tolist: arange and tolist.
def window_positions(size, kernel_size, stride=1, padding=0):
    n = (size + 2 * padding - kernel_size) // stride + 1
    return (np.arange(n) * stride - padding).tolist()

# %% numpy_ints: A list of numpy integers.
def window_positions(size, kernel_size, stride=1, padding=0):
    return [i for i in np.arange(-padding, size + padding) if (i + padding) % stride == 0 and i + kernel_size <= size + padding]

# %% comprehension: A comprehension over the outputs.
def window_positions(size, kernel_size, stride=1, padding=0):
    last = size + 2 * padding - kernel_size
    return [i * stride - padding for i in range(last // stride + 1)]
