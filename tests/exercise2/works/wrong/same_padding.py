# %% no_error: Rounds down instead of raising ValueError.
def same_padding(kernel_size, dilation=1):
    return dilation * (kernel_size - 1) // 2

# %% error_for_even_kernel: Raises for every even kernel, although an even dilation makes the span odd.
def same_padding(kernel_size, dilation=1):
    if kernel_size % 2 == 0:
        raise ValueError("even kernel")
    return dilation * (kernel_size - 1) // 2

# %% floor_before_dilation: Halves K - 1 with rounding before it multiplies with the dilation.
def same_padding(kernel_size, dilation=1):
    if (dilation * (kernel_size - 1)) % 2:
        raise ValueError("impossible")
    return dilation * ((kernel_size - 1) // 2)

# %% ignores_dilation: Ignores the dilation.
def same_padding(kernel_size, dilation=1):
    if (kernel_size - 1) % 2:
        raise ValueError("even kernel")
    return (kernel_size - 1) // 2

# %% assertion: Raises AssertionError instead of ValueError.
def same_padding(kernel_size, dilation=1):
    span = dilation * (kernel_size - 1) + 1
    assert span % 2 == 1, "no same padding"
    return span // 2

# %% returns_none: Returns None where a ValueError is asked for.
def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    if total % 2 == 0:
        return total // 2
    return None

# %% returns_the_error: Returns a ValueError instead of raising it.
def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2 if total % 2 == 0 else ValueError("odd")

# %% both_ends: Gives the zeros at both ends together.
def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    if total % 2:
        raise ValueError("odd")
    return total

# %% raises_only_without_dilation: Raises only for dilation 1; kernel 2 with dilation 3 passes.
def same_padding(kernel_size, dilation=1):
    if dilation == 1 and kernel_size % 2 == 0:
        raise ValueError("even kernel")
    return dilation * (kernel_size - 1) // 2

# %% error_for_kernel_one: Also raises for a kernel of size 1, where 0 zeros keep the size.
def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    if total % 2 or total == 0:
        raise ValueError("no padding")
    return total // 2
