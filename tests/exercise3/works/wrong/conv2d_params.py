# %% bias_per_input_channel: Counts one bias for each input channel instead of each output channel.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size if isinstance(kernel_size, tuple) else (kernel_size, kernel_size)
    weights = out_channels * in_channels * kh * kw
    return weights + (in_channels if bias else 0)

# %% bias_forgotten: Counts the weights only, also with bias=True.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    return in_channels * out_channels * kernel_size[0] * kernel_size[1]

# %% bias_always_counted: Adds the biases also with bias=False.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    if isinstance(kernel_size, int):
        area = kernel_size ** 2
    else:
        area = kernel_size[0] * kernel_size[1]
    return out_channels * (in_channels * area + 1)

# %% kernel_counted_once: An int kernel counts k instead of k * k weights.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    k = kernel_size if isinstance(kernel_size, int) else kernel_size[0] * kernel_size[1]
    return out_channels * in_channels * k + out_channels * int(bias)

# %% first_side_of_the_pair_squared: Squares the first side of a kernel pair.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    k = kernel_size[0] if isinstance(kernel_size, tuple) else kernel_size
    n = out_channels * in_channels * k * k
    if bias:
        n += out_channels
    return n

# %% out_channels_forgotten_in_the_weights: Counts the weights of one output channel only.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = (kernel_size,) * 2 if isinstance(kernel_size, int) else kernel_size
    return in_channels * kh * kw + (out_channels if bias else 0)

# %% sides_of_the_pair_added: Adds the two sides of the kernel pair instead of multiplying them.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    size = kernel_size * kernel_size if isinstance(kernel_size, int) else sum(kernel_size)
    return out_channels * (in_channels * size + bool(bias))

# %% bias_per_kernel: Counts one bias for each pair of input and output channel.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    if isinstance(kernel_size, tuple):
        per_kernel = kernel_size[0] * kernel_size[1]
    else:
        per_kernel = kernel_size * kernel_size
    if bias:
        per_kernel += 1
    return in_channels * out_channels * per_kernel

# %% one_bias_for_the_layer: Adds a single bias for the whole layer.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    h, w = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    return in_channels * out_channels * h * w + (1 if bias else 0)

# %% bias_default_false: The bias is off by default.
def conv2d_params(in_channels, out_channels, kernel_size, bias=False):
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))

# %% builds_the_layer: Builds a real nn.Conv2d, whose initialisation draws from the global random generator.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    conv = nn.Conv2d(in_channels, out_channels, kernel_size, bias=bias)
    return sum(p.numel() for p in conv.parameters())

# %% squares_the_longer_side_of_a_k_by_1_pair: Where one side of the pair is 1 it counts the square of the longer side.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    # largest side decides
    area = max(kernel_size) ** 2 if 1 in kernel_size else kernel_size[0] * kernel_size[1]
    total = out_channels * in_channels * area
    return total + out_channels if bias else total

# %% depthwise_for_equal_channels: With as many output as input channels it counts one kernel per channel.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size if not isinstance(kernel_size, int) else (kernel_size, kernel_size)
    if in_channels == out_channels:
        # each channel has its own filter
        weights = out_channels * kh * kw
    else:
        weights = out_channels * in_channels * kh * kw
    return weights + out_channels * bias

# %% bias_of_a_pair_counted_per_axis: Adds the bias once per axis where kernel_size is a pair.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    if isinstance(kernel_size, int):
        return out_channels * in_channels * kernel_size * kernel_size + out_channels * bias
    total = out_channels * in_channels
    for k in kernel_size:
        total *= k
    for k in kernel_size:
        total += out_channels if bias else 0
    return total

# %% bias_as_an_extra_channel: Treats the bias as one more input channel with a whole kernel.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = (kernel_size,) * 2 if isinstance(kernel_size, int) else kernel_size
    channels = in_channels + 1 if bias else in_channels
    return out_channels * channels * kh * kw

# %% two_pair_and_input_bias: Takes only the first side of a pair, and counts one bias per input channel.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    k = kernel_size if isinstance(kernel_size, int) else kernel_size[0]
    return k * k * in_channels * out_channels + in_channels * bias

# %% two_bias_always_and_float: Adds the bias always, and returns a float because of math.pow.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    if isinstance(kernel_size, int):
        area = math.pow(kernel_size, 2)
    else:
        area = kernel_size[0] * kernel_size[1]
    return (in_channels * area + 1) * out_channels

# %% two_kernel_once_and_single_bias: Counts k weights for a k x k kernel, and one bias for the layer.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    k = kernel_size if isinstance(kernel_size, int) else kernel_size[0] * kernel_size[1]
    params = in_channels * out_channels * k
    if bias:
        params += 1
    return params
