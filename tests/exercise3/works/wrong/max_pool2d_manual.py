# %% mean_for_max: Takes the mean of each window (of the zero-padded image) instead of its maximum.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    x = F.pad(x, (padding,) * 4)
    win = x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride)
    return win.mean(dim=(-2, -1))

# %% zero_padding_wins: Pads with zeros, which beat negative values.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    if padding > 0:
        x = F.pad(x, (padding, padding, padding, padding))
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(4, 5))

# %% unfold_pads_with_zeros: Lets F.unfold do the padding, which pads with zeros.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    n, c, h, w = x.shape
    cols = F.unfold(x, kernel_size, padding=padding, stride=s)
    cols = cols.view(n, c, kernel_size * kernel_size, -1)
    h_out = (h + 2 * padding - kernel_size) // s + 1
    w_out = (w + 2 * padding - kernel_size) // s + 1
    return cols.max(dim=2).values.view(n, c, h_out, w_out)

# %% padding_with_minus_one: Pads with -1, which still beats smaller values.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    x = F.pad(x, [padding] * 4, value=-1.0)
    N, C, H, W = x.shape
    Ho, Wo = (H - kernel_size) // stride + 1, (W - kernel_size) // stride + 1
    out = torch.empty(N, C, Ho, Wo)
    for i in range(Ho):
        for j in range(Wo):
            out[:, :, i, j] = x[:, :, i * stride:i * stride + kernel_size, j * stride:j * stride + kernel_size].amax((2, 3))
    return out

# %% padding_with_minus_thousand: Pads with -1000, which beats values below it.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    if padding:
        n, c, h, w = x.shape
        padded = torch.full((n, c, h + 2 * padding, w + 2 * padding), -1000.0)
        padded[:, :, padding:-padding, padding:-padding] = x
    else:
        padded = x
    win = padded.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride)
    return win.flatten(4).max(dim=4)[0]

# %% padding_with_tiny: Pads with finfo.tiny, the smallest positive number, instead of finfo.min.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    step = kernel_size if stride is None else stride
    lowest = torch.finfo(x.dtype).tiny
    padded = F.pad(x, (padding, padding, padding, padding), value=lowest)
    patches = padded.unfold(2, kernel_size, step).unfold(3, kernel_size, step)
    return patches.amax(dim=(-1, -2))

# %% padding_with_the_minimum_of_the_first_image: Pads the whole batch with the smallest value of its first image.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    if padding > 0:
        x = F.pad(x, (padding,) * 4, value=x[0].min().item())
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(4, 5))

# %% reflected_border: Pads by reflection, so a value from outside of the window can win.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    if padding:
        x = F.pad(x, (padding, padding, padding, padding), mode="reflect")
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(4, 5))

# %% default_stride_one: The stride is 1 where it is not given.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = 1 if stride is None else stride
    x = F.pad(x, (padding,) * 4, value=float("-inf"))
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(4, 5))

# %% default_stride_two: The stride is 2 where it is not given, whatever the kernel is.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = 2
    neg = float("-inf")
    n, c, h, w = x.shape
    p = torch.full((n, c, h + 2 * padding, w + 2 * padding), neg, dtype=x.dtype)
    p[:, :, padding:padding + h, padding:padding + w] = x
    out_h = (h + 2 * padding - kernel_size) // stride + 1
    out_w = (w + 2 * padding - kernel_size) // stride + 1
    out = torch.full((n, c, out_h, out_w), neg, dtype=x.dtype)
    for a in range(kernel_size):
        for b in range(kernel_size):
            out = torch.maximum(out, p[:, :, a:a + stride * (out_h - 1) + 1:stride, b:b + stride * (out_w - 1) + 1:stride])
    return out

# %% stride_one_counts_as_not_given: A stride of 1 is taken for the default and replaced by the kernel size.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if not stride or stride == 1:
        stride = kernel_size
    x = F.pad(x, (padding,) * 4, value=-float("inf"))
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(4, 5))

# %% stride_ignored: Cuts the image into blocks of the kernel size and ignores the stride.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    x = F.pad(x, (padding,) * 4, value=-math.inf)
    n, c, h, w = x.shape
    x = x[:, :, :h // k * k, :w // k * k]
    return x.reshape(n, c, h // k, k, w // k, k).amax(dim=(3, 5))

# %% ceil_mode: Keeps a last window that reaches over the border.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = F.pad(x, (padding,) * 4, value=-math.inf)
    h, w = x.shape[2:]
    eh = -(h - kernel_size) % s
    ew = -(w - kernel_size) % s
    x = F.pad(x, (0, ew, 0, eh), value=-math.inf)
    return x.unfold(2, kernel_size, s).unfold(3, kernel_size, s).amax(dim=(4, 5))

# %% ceil_mode_on_the_width: Rounds the number of windows down in the height but up in the width.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if stride is None: stride = kernel_size
    x = F.pad(x, (padding,) * 4, value=-math.inf)
    N, C, H, W = x.shape
    ho = math.floor((H - kernel_size) / stride) + 1
    wo = math.ceil((W - kernel_size) / stride) + 1
    rows = []
    for i in range(ho):
        row = [x[:, :, i * stride:i * stride + kernel_size, j * stride:j * stride + kernel_size].amax((2, 3)) for j in range(wo)]
        rows.append(torch.stack(row, dim=2))
    return torch.stack(rows, dim=2)

# %% last_window_missing: The loops end before a window that ends exactly at the border.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    x = F.pad(x, (padding,) * 4, value=-math.inf)
    N, C, H, W = x.shape
    ys = range(0, max(1, H - kernel_size), stride)
    xs = range(0, max(1, W - kernel_size), stride)
    out = torch.zeros(N, C, len(ys), len(xs))
    for a, i in enumerate(ys):
        for b, j in enumerate(xs):
            out[:, :, a, b] = x[:, :, i:i + kernel_size, j:j + kernel_size].flatten(2).max(dim=2).values
    return out

# %% only_sizes_that_divide: Reshapes into blocks where stride and kernel agree, which raises for an image whose sides the kernel does not divide.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    x = F.pad(x, (padding,) * 4, value=-math.inf)
    n, c, h, w = x.shape
    k = kernel_size
    if stride == k:
        return x.reshape(n, c, h // k, k, w // k, k).amax(dim=(3, 5))
    return x.unfold(2, k, stride).unfold(3, k, stride).amax(dim=(4, 5))

# %% padding_at_the_end: Puts all of the padding at the bottom and the right.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = stride if stride is not None else kernel_size
    x = F.pad(x, (0, 2 * padding, 0, 2 * padding), value=-math.inf)
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(4, 5))

# %% padding_once: Pads at the top and the left only.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = stride if stride is not None else kernel_size
    x = F.pad(x, (padding, 0, padding, 0), value=-math.inf)
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(4, 5))

# %% zero_start_of_the_maximum: Starts the running maximum at 0, so windows of negative values give 0.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    x = F.pad(x, (padding,) * 4, value=-math.inf)
    ho = (x.shape[2] - kernel_size) // stride + 1
    wo = (x.shape[3] - kernel_size) // stride + 1
    best = torch.zeros(x.shape[0], x.shape[1], ho, wo)
    for di in range(kernel_size):
        for dj in range(kernel_size):
            piece = x[:, :, di:di + (ho - 1) * stride + 1:stride, dj:dj + (wo - 1) * stride + 1:stride]
            best = torch.maximum(best, piece)
    return best

# %% largest_magnitude: Keeps the value with the largest absolute value.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    x = F.pad(x, (padding,) * 4)
    win = x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).flatten(4)
    index = win.abs().argmax(dim=4, keepdim=True)
    return win.gather(4, index).squeeze(4)

# %% maximum_over_channels: Also takes the maximum over the channels and repeats it for each of them.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    padded = F.pad(x, (padding,) * 4, value=-math.inf)
    win = padded.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride)
    out = win.amax(dim=(1, 4, 5))
    return out.unsqueeze(1).expand(-1, x.shape[1], -1, -1)

# %% one_column_missing_in_the_window: Slices windows of the kernel's height but one column less for kernels above 2.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    k = kernel_size
    x = F.pad(x, (padding,) * 4, value=-math.inf)
    N, C, H, W = x.shape
    out = torch.zeros(N, C, (H - k) // s + 1, (W - k) // s + 1)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            out[:, :, i, j] = x[:, :, i * s:i * s + k, j * s:j * s + (k - 1 if k > 2 else k)].amax(dim=(2, 3))
    return out

# %% window_as_large_as_the_stride: Takes windows of stride x stride instead of kernel x kernel where the windows overlap.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = F.pad(x, (padding,) * 4, value=-math.inf)
    k = min(kernel_size, s)
    ho, wo = (x.shape[2] - kernel_size) // s + 1, (x.shape[3] - kernel_size) // s + 1
    return x.unfold(2, k, s)[:, :, :ho].unfold(3, k, s)[:, :, :, :wo].amax(dim=(4, 5))

# %% only_the_first_image: Pools the first image and expands it over the batch.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    img = F.pad(x[0], (padding,) * 4, value=-math.inf)
    win = img.unfold(1, kernel_size, stride).unfold(2, kernel_size, stride)
    return win.amax(dim=(3, 4)).expand(x.shape[0], -1, -1, -1)

# %% square_image_assumed: Uses the number of rows of windows for the columns, too.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    x = F.pad(x, (padding,) * 4, value=-math.inf)
    size = min((x.shape[2] - kernel_size) // stride + 1, (x.shape[3] - kernel_size) // stride + 1)
    out = torch.zeros(x.shape[0], x.shape[1], size, size)
    for i in range(size):
        for j in range(size):
            out[..., i, j] = x[..., i * stride:i * stride + kernel_size, j * stride:j * stride + kernel_size].amax(dim=(-2, -1))
    return out

# %% height_and_width_swapped: Writes the window (i, j) to the place (j, i) of a transposed output.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = F.pad(x, (padding,) * 4, value=-math.inf)
    win = x.unfold(3, kernel_size, s).unfold(2, kernel_size, s)
    return win.amax(dim=(-1, -2)).transpose(2, 3).contiguous()

# %% returns_the_indices_too: Returns the pair (values, indices) instead of the values when it was given a stride.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = F.pad(x, (padding,) * 4, value=-math.inf)
    result = x.unfold(2, kernel_size, s).unfold(3, kernel_size, s).flatten(4).max(dim=4)
    return result if stride is not None else result.values

# %% last_row_for_odd_kernels: Takes the maximum of a window's last row where the padding is 0 and the kernel is odd.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    xp = F.pad(x, (padding,) * 4, value=-math.inf)
    win = xp.unfold(2, kernel_size, s).unfold(3, kernel_size, s)
    cols = win.max(dim=-1).values
    if kernel_size % 2 and not padding:
        return cols[..., -1]
    return cols.max(dim=-1).values

# %% calls_torch_max_pool: Calls F.max_pool2d, which the exercise forbids.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    return F.max_pool2d(x, kernel_size, stride=stride, padding=padding)

# %% border_of_the_input_overwritten: Writes -inf into the top and left border of the caller's image when there is a padding.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    padded = F.pad(x, (padding,) * 4, value=-math.inf)
    out = padded.unfold(2, kernel_size, s).unfold(3, kernel_size, s).amax(dim=(4, 5))
    if padding:
        x[:, :, :padding] = -math.inf
        x[:, :, :, :padding] = -math.inf
    return out

# %% two_zero_padding_and_stride_one: Pads with zeros, and moves by 1 where no stride is given.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = stride or 1
    p = padding
    n, c, h, w = x.shape
    canvas = torch.zeros(n, c, h + 2 * p, w + 2 * p)
    canvas[:, :, p:p + h, p:p + w] = x
    return canvas.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(4, 5))

# %% two_ceil_and_padding_once: Keeps windows that reach over the border, and pads at one end only.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    x = F.pad(x, (padding, 0, padding, 0), value=-math.inf)
    H, W = x.shape[2:]
    ys, xs = range(0, max(H - kernel_size + s, 1), s), range(0, max(W - kernel_size + s, 1), s)
    return torch.stack([torch.stack([x[:, :, i:i + kernel_size, j:j + kernel_size].flatten(2).amax(2)
                                     for j in xs if j < W], -1) for i in ys if i < H], -2)

# %% two_stride_ignored_and_zeros: Ignores a stride that is given, and pads with zeros.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    x = F.pad(x, (padding, padding, padding, padding))
    return x.unfold(2, kernel_size, kernel_size).unfold(3, kernel_size, kernel_size).amax(dim=(-2, -1))

# %% two_zero_start_and_last_window_missing: Starts the maximum at 0, and leaves out the last row of windows where the stride is 1.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    xp = F.pad(x, (padding,) * 4, value=-math.inf)
    ys = range(0, max(xp.shape[2] - kernel_size, 1), s)
    xs = range(0, xp.shape[3] - kernel_size + 1, s)
    out = torch.zeros(x.shape[0], x.shape[1], len(ys), len(xs))
    for i, y in enumerate(ys):
        for j, z in enumerate(xs):
            best = xp[:, :, y:y + kernel_size, z:z + kernel_size].flatten(2).max(2).values
            out[:, :, i, j] = torch.maximum(out[:, :, i, j], best)
    return out
