# %% kernel: Uses the kernel size instead of the stride.
def kept_by_pooling(kernel_size, stride):
    return 1 / kernel_size**2

# %% one_axis: Along one axis only.
def kept_by_pooling(kernel_size, stride):
    return 1 / stride

# %% product: kernel times stride.
def kept_by_pooling(kernel_size, stride):
    return 1 / (kernel_size * stride)

# %% percent: In percent.
def kept_by_pooling(kernel_size, stride):
    return 100 / stride**2

# %% lost: The share that is lost.
def kept_by_pooling(kernel_size, stride):
    return 1 - 1 / stride**2

# %% floor_division: An integer division: 0 for every stride above 1.
def kept_by_pooling(kernel_size, stride):
    return 1 // stride**2

# %% border: The share of a small map, whose border counts.
def kept_by_pooling(kernel_size, stride):
    size = 28
    out = (size - kernel_size) // stride + 1
    return out**2 / size**2

# %% rounded: Rounded to two digits.
def kept_by_pooling(kernel_size, stride):
    return round(1 / stride**2, 2)

# %% smaller_of_both: The smaller of kernel and stride counts.
def kept_by_pooling(kernel_size, stride):
    return 1 / min(kernel_size, stride) ** 2
