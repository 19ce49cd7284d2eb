# %% height_and_width_swapped: Returns the width before the height.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    def pair(v):
        return v if isinstance(v, tuple) else (v, v)
    n, c, h, w = input_shape
    k, s, p, d = pair(kernel_size), pair(stride), pair(padding), pair(dilation)
    h_out = conv_output_size(h, k[0], s[0], p[0], d[0])
    w_out = conv_output_size(w, k[1], s[1], p[1], d[1])
    return n, out_channels, w_out, h_out

# %% kernel_pair_is_width_height: Reads the pair kernel_size as (width, height), the other pairs are right.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    N, _, H, W = input_shape
    if isinstance(kernel_size, int): kernel_size = (kernel_size, kernel_size)
    if isinstance(stride, int): stride = (stride, stride)
    if isinstance(padding, int): padding = (padding, padding)
    if isinstance(dilation, int): dilation = (dilation, dilation)
    kw, kh = kernel_size
    H_out = (H + 2 * padding[0] - dilation[0] * (kh - 1) - 1) // stride[0] + 1
    W_out = (W + 2 * padding[1] - dilation[1] * (kw - 1) - 1) // stride[1] + 1
    return (N, out_channels, H_out, W_out)

# %% first_stride_for_both_axes: Takes stride[0] for the width too.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    to_pair = lambda x: (x, x) if isinstance(x, int) else tuple(x)
    kernel_size, stride, padding, dilation = map(to_pair, (kernel_size, stride, padding, dilation))
    n, _, h, w = input_shape
    out_h = conv_output_size(h, kernel_size[0], stride[0], padding[0], dilation[0])
    out_w = conv_output_size(w, kernel_size[1], stride[0], padding[1], dilation[1])
    return (n, out_channels, out_h, out_w)

# %% padding_pair_is_begin_and_end: Reads a padding pair as (before, after) and adds their sum to both axes.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    n, c, h, w = input_shape
    kh, kw = kernel_size if isinstance(kernel_size, tuple) else (kernel_size,) * 2
    sh, sw = stride if isinstance(stride, tuple) else (stride,) * 2
    dh, dw = dilation if isinstance(dilation, tuple) else (dilation,) * 2
    before, after = padding if isinstance(padding, tuple) else (padding,) * 2
    total = before + after
    return (
        n,
        out_channels,
        (h + total - dh * (kh - 1) - 1) // sh + 1,
        (w + total - dw * (kw - 1) - 1) // sw + 1,
    )

# %% ignores_dilation: Does not use the dilation.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    def two(a):
        if isinstance(a, int):
            return [a, a]
        return list(a)
    k = two(kernel_size)
    s = two(stride)
    p = two(padding)
    spatial = [(size + 2 * p[i] - k[i]) // s[i] + 1 for i, size in enumerate(input_shape[2:])]
    return (input_shape[0], out_channels, *spatial)

# %% first_dilation_for_both_axes: Uses dilation[0] for both axes.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    def as_pair(v):
        return (v, v) if isinstance(v, int) else v
    ks, st, pa = as_pair(kernel_size), as_pair(stride), as_pair(padding)
    dil = as_pair(dilation)[0]
    n, _, h, w = input_shape
    return (n, out_channels,
            conv_output_size(h, ks[0], st[0], pa[0], dil),
            conv_output_size(w, ks[1], st[1], pa[1], dil))

# %% keeps_the_input_channels: Returns the number of input channels instead of out_channels when the kernel is 1 x 1.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    n, c, h, w = input_shape
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    # a 1x1 convolution works pixel by pixel and changes nothing but the size
    channels = c if (kh, kw) == (1, 1) else out_channels
    return (n, channels, conv_output_size(h, kh, sh, ph, dh), conv_output_size(w, kw, sw, pw, dw))

# %% batch_lost: Returns (out_channels, H_out, W_out) without the batch.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    pair = lambda v: (v, v) if isinstance(v, int) else v
    k, s, p, d = pair(kernel_size), pair(stride), pair(padding), pair(dilation)
    h = conv_output_size(input_shape[-2], k[0], s[0], p[0], d[0])
    w = conv_output_size(input_shape[-1], k[1], s[1], p[1], d[1])
    return (out_channels, h, w)

# %% batch_times_channels: Multiplies out_channels by the input channels, as if every input channel made its own maps.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    n, c, h, w = input_shape
    args = []
    for v in (kernel_size, stride, padding, dilation):
        args.append(v if isinstance(v, tuple) else (v, v))
    heights, widths = zip(*args)
    return (n, c * out_channels, conv_output_size(h, *heights), conv_output_size(w, *widths))

# %% ceil_on_the_width: Rounds down for the height but up for the width.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    def pair(v):
        return v if isinstance(v, tuple) else (v, v)
    (kh, kw), (sh, sw), (ph, pw), (dh, dw) = map(pair, (kernel_size, stride, padding, dilation))
    n, _, h, w = input_shape
    h_out = math.floor((h + 2 * ph - dh * (kh - 1) - 1) / sh + 1)
    w_out = math.ceil((w + 2 * pw - dw * (kw - 1) - 1) / sw + 1)
    return (n, out_channels, h_out, w_out)

# %% int_stride_for_the_height_only: An int stride becomes (stride, 1), so the width keeps stride 1.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    kernel_size = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    stride = (stride, 1) if isinstance(stride, int) else stride
    padding = (padding, padding) if isinstance(padding, int) else padding
    dilation = (dilation, dilation) if isinstance(dilation, int) else dilation
    batch, _, height, width = input_shape
    return (
        batch,
        out_channels,
        conv_output_size(height, kernel_size[0], stride[0], padding[0], dilation[0]),
        conv_output_size(width, kernel_size[1], stride[1], padding[1], dilation[1]),
    )

# %% int_padding_for_the_width_only: An int padding becomes (0, padding).
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    n, _, h, w = input_shape
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size,) * 2
    if isinstance(stride, int):
        stride = (stride,) * 2
    if isinstance(padding, int):
        padding = (0, padding)
    if isinstance(dilation, int):
        dilation = (dilation,) * 2
    def size(length, i):
        return (length + 2 * padding[i] - dilation[i] * (kernel_size[i] - 1) - 1) // stride[i] + 1
    return (n, out_channels, size(h, 0), size(w, 1))

# %% pairs_only_when_the_kernel_is_a_pair: Where kernel_size is an int, takes the first entry of all other pairs for both axes.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    first = lambda v: v[0] if isinstance(v, tuple) else v
    pair = lambda v: v if isinstance(v, tuple) else (v, v)
    n, _, h, w = input_shape
    if isinstance(kernel_size, int):
        s, p, d = first(stride), first(padding), first(dilation)
        return (n, out_channels, conv_output_size(h, kernel_size, s, p, d), conv_output_size(w, kernel_size, s, p, d))
    s, p, d = pair(stride), pair(padding), pair(dilation)
    return (n, out_channels,
            conv_output_size(h, kernel_size[0], s[0], p[0], d[0]),
            conv_output_size(w, kernel_size[1], s[1], p[1], d[1]))

# %% runs_a_real_layer: Asks a fresh nn.Conv2d, whose random weights move the global random generator.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    conv = nn.Conv2d(input_shape[1], out_channels, kernel_size, stride, padding, dilation)
    with torch.no_grad():
        return tuple(conv(torch.zeros(input_shape)).shape)

# %% seeds_before_a_real_layer: Seeds the global generator so that the layer is reproducible, and leaves it so.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    torch.manual_seed(0)
    weight = torch.randn(out_channels, input_shape[1], *((kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size))
    out = F.conv2d(torch.randn(*input_shape), weight, stride=stride, padding=padding, dilation=dilation)
    return tuple(out.shape)

# %% assumes_square_images: Computes the size from the height and uses it for both axes where all settings are ints.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    n, c, h, w = input_shape
    if all(isinstance(v, int) for v in (kernel_size, stride, padding, dilation)) and h % 2 == w % 2 == 1:
        size = conv_output_size(h, kernel_size, stride, padding, dilation)
        return (n, out_channels, size, size)
    pair = lambda v: (v, v) if isinstance(v, int) else v
    k, s, p, d = pair(kernel_size), pair(stride), pair(padding), pair(dilation)
    return (n, out_channels) + tuple(conv_output_size(x, k[i], s[i], p[i], d[i]) for i, x in enumerate((h, w)))

# %% larger_kernel_side_for_both: Takes the larger side of the kernel for both axes.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    k = kernel_size if isinstance(kernel_size, int) else max(kernel_size)
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    n, _, h, w = input_shape
    return (n, out_channels, conv_output_size(h, k, sh, ph, dh), conv_output_size(w, k, sw, pw, dw))

# %% padding_pair_reversed: Zips the padding in the order of F.pad, last axis first.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    expand = lambda v: (v, v) if isinstance(v, int) else tuple(v)
    n, _, *hw = input_shape
    sizes = [
        conv_output_size(x, k, s, p, d)
        for x, k, s, p, d in zip(hw, expand(kernel_size), expand(stride), reversed(expand(padding)), expand(dilation))
    ]
    return (n, out_channels, sizes[0], sizes[1])

# %% padding_once: Adds the padding of an axis once instead of at both ends.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    k = np.broadcast_to(kernel_size, 2)
    s = np.broadcast_to(stride, 2)
    p = np.broadcast_to(padding, 2)
    d = np.broadcast_to(dilation, 2)
    hw = np.array(input_shape[2:])
    out = (hw + p - d * (k - 1) - 1) // s + 1
    return (input_shape[0], out_channels, int(out[0]), int(out[1]))

# %% two_axes_swapped_and_padding_once: Swaps stride's axes, and adds the padding at one end only.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    pair = lambda v: (v, v) if isinstance(v, int) else v
    kh, kw = pair(kernel_size)
    sw, sh = pair(stride)
    ph, pw = pair(padding)
    dh, dw = pair(dilation)
    n, _, h, w = input_shape
    return (n, out_channels,
            (h + ph - dh * (kh - 1) - 1) // sh + 1,
            (w + pw - dw * (kw - 1) - 1) // sw + 1)

# %% two_dilation_times_kernel_and_list: Takes dilation * kernel for the span, and returns a list.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    def both(v): return (v, v) if isinstance(v, int) else v
    res = list(input_shape)
    res[1] = out_channels
    for i in (0, 1):
        k, s, p, d = both(kernel_size)[i], both(stride)[i], both(padding)[i], both(dilation)[i]
        res[i + 2] = (res[i + 2] + 2 * p - k * d) // s + 1
    return res

# %% two_batch_one_and_width_dilation: Always reports a batch of 1, and takes dilation[1] for both axes.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    def pair(x):
        return x if isinstance(x, tuple) else (x, x)
    (kh, kw), (sh, sw), (ph, pw) = pair(kernel_size), pair(stride), pair(padding)
    _, d = pair(dilation)
    h, w = input_shape[2], input_shape[3]
    return (1, out_channels, conv_output_size(h, kh, sh, ph, d), conv_output_size(w, kw, sw, pw, d))

# %% two_pairs_cut_to_their_first_entry_and_ceil: Uses the first entry of a stride pair for both axes, and rounds up.
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    if isinstance(stride, tuple):
        stride = stride[0]
    pair = lambda v: (v, v) if isinstance(v, int) else v
    k, p, d = pair(kernel_size), pair(padding), pair(dilation)
    out = [math.ceil((input_shape[i + 2] + 2 * p[i] - d[i] * (k[i] - 1) - 1) / stride) + 1 for i in (0, 1)]
    return (input_shape[0], out_channels, out[0], out[1])
