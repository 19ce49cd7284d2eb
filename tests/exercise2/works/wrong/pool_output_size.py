# %% stride_one: The stride is 1 unless it is given.
def pool_output_size(input_size, kernel_size, stride=1, padding=0):
    return (input_size + 2 * padding - kernel_size) // stride + 1

# %% stride_two: The stride is 2 unless it is given.
def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    stride = stride or 2
    return (input_size + 2 * padding - kernel_size) // stride + 1

# %% stride_always_kernel: Ignores a given stride.
def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    stride = kernel_size
    return (input_size + 2 * padding - kernel_size) // stride + 1

# %% ceil: Rounds up, as with ceil_mode.
def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    return math.ceil((input_size + 2 * padding - kernel_size) / stride) + 1

# %% padding_once: The padding counts at one end only.
def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    return (input_size + padding - kernel_size) // stride + 1

# %% ignores_padding: Ignores the padding.
def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    return (input_size - kernel_size) // stride + 1

# %% size_over_stride: Divides the padded size by the stride, without the kernel.
def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    return (input_size + 2 * padding) // stride

# %% round: Rounds to the nearest.
def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    return round((input_size + 2 * padding - kernel_size) / stride) + 1

# %% float: Returns a float, and not rounded down.
def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    return (input_size + 2 * padding - kernel_size) / stride + 1
