# %% formula: One over the stride squared.
def kept_by_pooling(kernel_size, stride):
    return 1 / stride**2

# %% power: Negative power of a float.
def kept_by_pooling(kernel_size, stride):
    return float(stride) ** -2

# %% limit: Rounded share of a very large map, exact for the limit.
def kept_by_pooling(kernel_size, stride):
    n = 10**9
    side = stride * n + kernel_size
    out = (side - kernel_size) // stride
    return out * out / (stride * n) ** 2

# %% numpy_float: numpy.
def kept_by_pooling(kernel_size, stride):
    return np.reciprocal(np.square(np.float64(stride)))
