# %% isinstance_pair: Tells int and pair apart by isinstance and multiplies.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    weights = out_channels * in_channels * kernel_size[0] * kernel_size[1]
    return weights + out_channels if bias else weights

# %% meta_module: Counts the parameters of an nn.Conv2d on the meta device.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    layer = nn.Conv2d(in_channels, out_channels, kernel_size, bias=bias, device="meta")
    return sum(p.numel() for p in layer.parameters())

# %% math_prod: math.prod over a list of factors, bias as an int.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    area = math.prod(kernel_size) if isinstance(kernel_size, (tuple, list)) else kernel_size ** 2
    return out_channels * (in_channels * area + int(bias))

# %% numpy_prod: numpy broadcasts the kernel and the product becomes an int.
def conv2d_params(in_channels: int, out_channels: int, kernel_size, bias: bool = True) -> int:
    kernel = np.broadcast_to(kernel_size, 2)
    return int(np.prod([out_channels, in_channels, *kernel]) + (out_channels if bias else 0))

# %% try_unpack: Tries to unpack the kernel and falls back on a square.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    try:
        height, width = kernel_size
    except TypeError:
        height = width = kernel_size
    per_output = in_channels * height * width
    if bias:
        per_output += 1
    return per_output * out_channels

# %% match_statement: A match statement on the kernel.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    match kernel_size:
        case (h, w):
            area = h * w
        case k:
            area = k * k
    return (in_channels * area + (1 if bias else 0)) * out_channels

# %% as_linear_layer: A convolution is a linear layer over its window.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    k = kernel_size if isinstance(kernel_size, tuple) else (kernel_size,) * 2
    return linear_params(in_features=in_channels * k[0] * k[1], out_features=out_channels, bias=bias)

# %% nested_loops_counting: Counts every weight one by one in nested comprehensions.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = (kernel_size, kernel_size) if type(kernel_size) is int else kernel_size
    count = 0
    for _o in range(out_channels):
        for _i in range(in_channels):
            count += sum(1 for _r in range(kh) for _c in range(kw))
        if bias:
            count += 1
    return count

# %% lambda_one_liner: One lambda with a conditional on hasattr.
conv2d_params = lambda in_channels, out_channels, kernel_size, bias=True: out_channels * (in_channels * (kernel_size[0] * kernel_size[1] if hasattr(kernel_size, "__len__") else kernel_size * kernel_size) + (bias and 1 or 0))

# %% empty_weight_numel: Makes an empty weight on the meta device with torch's _pair and counts its values.
from torch.nn.modules.utils import _pair

def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    weight = torch.empty(out_channels, in_channels, *_pair(kernel_size), device="meta")
    return weight.numel() + (weight.shape[0] if bias else 0)

# %% beginner_steps: Verbose beginner style with many temporaries.
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    # get kernel height and width
    if type(kernel_size) == tuple:
        kernel_height = kernel_size[0]
        kernel_width = kernel_size[1]
    else:
        kernel_height = kernel_size
        kernel_width = kernel_size
    weights_of_one_kernel = kernel_height * kernel_width
    weights_of_one_filter = weights_of_one_kernel * in_channels
    weights_of_all_filters = weights_of_one_filter * out_channels
    # print(weights_of_all_filters)
    number_of_biases = 0
    if bias == True:
        number_of_biases = out_channels
    total = weights_of_all_filters + number_of_biases
    return total
