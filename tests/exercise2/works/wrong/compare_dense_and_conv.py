# %% with_biases: Counts biases.
def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    c, h, w = input_shape
    return {"dense": (c * h * w + 1) * hidden, "conv": out_channels * (c * kernel_size**2 + 1)}

# %% conv_bias_only: Counts the biases of the convolution only.
def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    c, h, w = input_shape
    return {"dense": c * h * w * hidden, "conv": out_channels * (c * kernel_size**2 + 1)}

# %% no_input_channels: Forgets the input channels of the convolution.
def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    return {"dense": math.prod(input_shape) * hidden, "conv": out_channels * kernel_size**2}

# %% dense_without_channels: Forgets the channels in the dense layer.
def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    c, h, w = input_shape
    return {"dense": h * w * hidden, "conv": out_channels * c * kernel_size**2}

# %% channels_last: Takes the shape for (H, W, C).
def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    h, w, c = input_shape
    return {"dense": c * h * w * hidden, "conv": out_channels * c * kernel_size**2}

# %% square: Takes the height for the width.
def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    c, h, _ = input_shape
    return {"dense": c * h * h * hidden, "conv": out_channels * c * kernel_size**2}

# %% kernel_once: The kernel has kernel_size weights only.
def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    c, h, w = input_shape
    return {"dense": c * h * w * hidden, "conv": out_channels * c * kernel_size}

# %% tuple: Returns a tuple instead of a dict.
def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    c, h, w = input_shape
    return c * h * w * hidden, out_channels * c * kernel_size**2

# %% swapped_keys: The two numbers under each other's key.
def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    c, h, w = input_shape
    return {"conv": c * h * w * hidden, "dense": out_channels * c * kernel_size**2}
