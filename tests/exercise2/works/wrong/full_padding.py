# %% ignores_dilation: Ignores the dilation.
def full_padding(kernel_size, dilation=1):
    return kernel_size - 1

# %% whole_kernel: One zero too many: the first window meets only zeros.
def full_padding(kernel_size, dilation=1):
    return dilation * (kernel_size - 1) + 1

# %% kernel_times_dilation: K * D - 1.
def full_padding(kernel_size, dilation=1):
    return kernel_size * dilation - 1

# %% both_ends: Gives the sum over both ends.
def full_padding(kernel_size, dilation=1):
    return 2 * dilation * (kernel_size - 1)

# %% at_least_one: Never less than one zero, so kernel size 1 is padded.
def full_padding(kernel_size, dilation=1):
    return max(1, dilation * (kernel_size - 1))

# %% same_instead: Returns same padding.
def full_padding(kernel_size, dilation=1):
    return dilation * (kernel_size - 1) // 2
