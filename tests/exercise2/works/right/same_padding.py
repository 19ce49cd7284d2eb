# %% divmod_style: Uses divmod and raises for an odd rest.
def same_padding(kernel_size, dilation=1):
    half, rest = divmod(dilation * (kernel_size - 1), 2)
    if rest:
        raise ValueError("no symmetric padding keeps the size")
    return half

# %% helper: Calls effective_kernel_size of the same file.
def same_padding(kernel_size: int, dilation: int = 1) -> int:
    k = effective_kernel_size(kernel_size, dilation)
    if k % 2 == 0:
        raise ValueError(f"effective size {k} is even")
    return (k - 1) // 2

# %% search: Tries paddings until the size is kept.
def same_padding(kernel_size, dilation=1):
    size = 1000
    span = dilation * (kernel_size - 1) + 1
    for p in range(span + 1):
        if size + 2 * p - span + 1 == size:
            return p
    raise ValueError

# %% own_error: Raises a subclass of ValueError.
class NoSamePadding(ValueError):
    pass

def same_padding(kernel_size, dilation=1):
    total = np.int64(dilation) * (kernel_size - 1)
    if total & 1:
        raise NoSamePadding(kernel_size, dilation)
    return int(total >> 1)
