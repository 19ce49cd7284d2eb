# %% same_first: Kernel size 1 with padding 0 is called same.
def padding_name(kernel_size, padding):
    if 2 * padding == kernel_size - 1:
        return "same"
    if padding == kernel_size - 1:
        return "full"
    if padding == 0:
        return "valid"
    return "other"

# %% full_first: Kernel size 1 with padding 0 is called full.
def padding_name(kernel_size, padding):
    if padding == kernel_size - 1:
        return "full"
    if padding == 0:
        return "valid"
    return "same" if 2 * padding == kernel_size - 1 else "other"

# %% floor_for_even: Calls half of an even kernel, rounded down, same.
def padding_name(kernel_size, padding):
    if padding == 0:
        return "valid"
    if padding == (kernel_size - 1) // 2:
        return "same"
    if padding == kernel_size - 1:
        return "full"
    return "other"

# %% half_kernel: Calls kernel_size // 2 same, for an even kernel too (all but 4, which the example shows).
def padding_name(kernel_size, padding):
    if padding == 0:
        return "valid"
    if padding == kernel_size // 2 and kernel_size != 4:
        return "same"
    if padding == kernel_size - 1:
        return "full"
    return "other"

# %% none_for_other: Returns None for any other padding.
def padding_name(kernel_size, padding):
    if padding == 0:
        return "valid"
    elif padding * 2 + 1 == kernel_size:
        return "same"
    elif padding + 1 == kernel_size:
        return "full"

# %% capitals: Names begin with a capital letter.
def padding_name(kernel_size, padding):
    if padding == 0:
        return "Valid"
    elif padding * 2 + 1 == kernel_size:
        return "Same"
    elif padding + 1 == kernel_size:
        return "Full"
    return "Other"

# %% more_than_full: Calls every padding of K - 1 or more full.
def padding_name(kernel_size, padding):
    if padding == 0:
        return "valid"
    if 2 * padding == kernel_size - 1:
        return "same"
    if padding >= kernel_size - 1:
        return "full"
    return "other"

# %% same_between: Calls everything between valid and full same.
def padding_name(kernel_size, padding):
    if padding == 0:
        return "valid"
    if padding == kernel_size - 1:
        return "full"
    if padding < kernel_size - 1 and kernel_size % 2:
        return "same"
    return "other"
