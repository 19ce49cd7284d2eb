# %% if_chain: A chain of ifs.
def padding_name(kernel_size, padding):
    if padding == 0:
        return "valid"
    if 2 * padding == kernel_size - 1:
        return "same"
    if padding == kernel_size - 1:
        return "full"
    return "other"

# %% match_sizes: Looks at the change of the output size.
def padding_name(kernel_size, padding):
    change = 2 * padding - (kernel_size - 1)
    if not padding:
        return "valid"
    names = {0: "same", kernel_size - 1: "full"}
    return names.get(change, "other")

# %% with_try: Uses the other functions, catching the ValueError.
def padding_name(kernel_size, padding):
    if padding == 0:
        return "valid"
    try:
        if padding == same_padding(kernel_size):
            return "same"
    except ValueError:
        pass
    return "full" if padding == full_padding(kernel_size) else "other"
