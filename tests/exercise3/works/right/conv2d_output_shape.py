# %% uses_conv_output_size_twice: Turns ints into pairs and calls conv_output_size per axis.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    def pair(v):
        return (v, v) if isinstance(v, int) else v
    k, s, p, d = pair(kernel_size), pair(stride), pair(padding), pair(dilation)
    n, _, h, w = input_shape
    return (n, out_channels,
            conv_output_size(h, k[0], s[0], p[0], d[0]),
            conv_output_size(w, k[1], s[1], p[1], d[1]))

# %% meta_tensor_conv: Lets torch compute the shape on the meta device.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    kernel = (kernel_size, kernel_size) if isinstance(kernel_size, int) else tuple(kernel_size)
    x = torch.empty(tuple(input_shape), device="meta")
    w = torch.empty((out_channels, input_shape[1], *kernel), device="meta")
    return tuple(F.conv2d(x, w, stride=stride, padding=padding, dilation=dilation).shape)

# %% numpy_broadcast: numpy broadcasts ints to pairs and computes both axes at once.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    k, s, p, d = (np.broadcast_to(np.asarray(v), (2,)) for v in (kernel_size, stride, padding, dilation))
    hw = np.array(input_shape[2:])
    out = (hw + 2 * p - d * (k - 1) - 1) // s + 1
    return (int(input_shape[0]), int(out_channels), *out.tolist())

# %% zip_star: Zips the settings of both axes and spreads the results into the tuple.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    settings = [v if isinstance(v, (tuple, list)) else (v,) * 2 for v in (kernel_size, stride, padding, dilation)]
    return (input_shape[0], out_channels, *(conv_output_size(*axis) for axis in zip(input_shape[-2:], *settings)))

# %% torch_utils_pair: Uses torch.nn.modules.utils._pair.
from torch.nn.modules.utils import _pair

def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1) -> tuple[int, int, int, int]:
    kernel_size, stride, padding, dilation = _pair(kernel_size), _pair(stride), _pair(padding), _pair(dilation)
    N, C, H, W = input_shape
    H_out = (H + 2 * padding[0] - dilation[0] * (kernel_size[0] - 1) - 1) // stride[0] + 1
    W_out = (W + 2 * padding[1] - dilation[1] * (kernel_size[1] - 1) - 1) // stride[1] + 1
    return N, out_channels, H_out, W_out

# %% match_statement: A match statement tells ints from pairs.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    def as_pair(value):
        match value:
            case int():
                return value, value
            case (height, width):
                return height, width
            case _:
                raise TypeError(f"int or pair expected: {value!r}")

    batch, _channels, height, width = input_shape
    (kh, kw), (sh, sw) = as_pair(kernel_size), as_pair(stride)
    (ph, pw), (dh, dw) = as_pair(padding), as_pair(dilation)
    return batch, out_channels, conv_output_size(height, kh, sh, ph, dh), conv_output_size(width, kw, sw, pw, dw)

# %% beginner_if_else_for_each: Verbose if-else for every setting and the formula written twice.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    batch_size = input_shape[0]
    height = input_shape[2]
    width = input_shape[3]
    if type(kernel_size) == int:
        kernel_h = kernel_size
        kernel_w = kernel_size
    else:
        kernel_h = kernel_size[0]
        kernel_w = kernel_size[1]
    if type(stride) == int:
        stride_h = stride
        stride_w = stride
    else:
        stride_h = stride[0]
        stride_w = stride[1]
    if type(padding) == int:
        pad_h = padding
        pad_w = padding
    else:
        pad_h = padding[0]
        pad_w = padding[1]
    if type(dilation) == int:
        dil_h = dilation
        dil_w = dilation
    else:
        dil_h = dilation[0]
        dil_w = dilation[1]
    new_h = height + 2 * pad_h - dil_h * (kernel_h - 1) - 1
    new_h = new_h // stride_h
    new_h = new_h + 1
    new_w = width + 2 * pad_w - dil_w * (kernel_w - 1) - 1
    new_w = new_w // stride_w
    new_w = new_w + 1
    # print(batch_size, out_channels, new_h, new_w)
    return (batch_size, out_channels, new_h, new_w)

# %% generator_helper: A generator yields the geometry of one axis after the other.
def _axes(shape, *settings):
    for axis in (0, 1):
        yield shape[axis + 2], *[s[axis] if hasattr(s, "__getitem__") else s for s in settings]

def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    h, w = [conv_output_size(*axis) for axis in _axes(input_shape, kernel_size, stride, padding, dilation)]
    return input_shape[0], out_channels, h, w

# %% meta_module_forward: Builds an nn.Conv2d on the meta device and asks for the shape of its output.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    conv = nn.Conv2d(input_shape[1], out_channels, kernel_size, stride, padding, dilation, device="meta")
    with torch.no_grad():
        shape = conv(torch.empty(*input_shape, device="meta")).shape
    return tuple(int(n) for n in shape)

# %% try_len_duck_typing: Duck typing with try and except TypeError.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    def get(v, i):
        try:
            return v[i]
        except TypeError:
            return v
    out = []
    for i in range(2):
        out.append(conv_output_size(input_size=input_shape[2 + i], kernel_size=get(kernel_size, i), stride=get(stride, i),
                                    padding=get(padding, i), dilation=get(dilation, i)))
    return tuple([input_shape[0], out_channels] + out)

# %% returns_a_list: Builds the shape in a list and returns the list, not a tuple.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    settings = [(v, v) if isinstance(v, int) else v for v in (kernel_size, stride, padding, dilation)]
    shape = [input_shape[0], out_channels]
    for axis in range(2):
        shape.append(conv_output_size(input_shape[2 + axis], *[s[axis] for s in settings]))
    return shape
