# %% product: Multiplies kernel size and dilation, as if a gap followed the last value.
def effective_kernel_size(kernel_size, dilation=1):
    return kernel_size * dilation

# %% dilation_leaves_out_that_many: Dilation 1 already leaves out one value, dilation 2 two, and so on.
def effective_kernel_size(kernel_size, dilation=1):
    return kernel_size + (kernel_size - 1) * dilation

# %% default_two: The default of the dilation is 2.
def effective_kernel_size(kernel_size, dilation=2):
    return dilation * (kernel_size - 1) + 1

# %% gaps_after_each: Counts dilation - 1 left-out values after each kernel value, the last one too.
def effective_kernel_size(kernel_size, dilation=1):
    n = 0
    for i in range(kernel_size):
        n += 1
        n += dilation - 1
    return n

# %% doubling: Treats every dilation above 1 as dilation 2.
def effective_kernel_size(kernel_size, dilation=1):
    if dilation == 1:
        return kernel_size
    return 2 * kernel_size - 1

# %% ignores_dilation_for_large: Right for kernels of size 3, but assumes that size in the gaps.
def effective_kernel_size(kernel_size, dilation=1):
    return kernel_size + 2 * (dilation - 1)
