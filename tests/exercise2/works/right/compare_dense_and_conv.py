# %% unpack: Unpacks the shape.
def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    c, h, w = input_shape
    return {"dense": c * h * w * hidden, "conv": out_channels * c * kernel_size**2}

# %% prod_and_order: math.prod, and the keys in the other order.
def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    result = {}
    result["conv"] = math.prod((out_channels, input_shape[0], kernel_size, kernel_size))
    result["dense"] = math.prod(input_shape) * hidden
    return result

# %% numpy_int64: numpy integers inside the dict.
def compare_dense_and_conv(shape, units, maps, k):
    return dict(dense=np.prod(shape, dtype=np.int64) * units, conv=np.int64(maps) * shape[0] * k * k)

# %% loops_of_channels: Adds the weights channel by channel.
def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    dense = conv = 0
    for _ in range(input_shape[0]):
        dense += hidden * input_shape[1] * input_shape[2]
        conv += out_channels * kernel_size * kernel_size
    return {"dense": dense, "conv": conv}
