# %% formula: One line.
def full_padding(kernel_size, dilation=1):
    return dilation * (kernel_size - 1)

# %% helper: With effective_kernel_size.
def full_padding(kernel_size, dilation=1):
    return effective_kernel_size(kernel_size, dilation) - 1

# %% count: Sums the steps between neighbours.
def full_padding(kernel_size, dilation=1):
    p = 0
    for _ in range(1, kernel_size):
        p += dilation
    return p
