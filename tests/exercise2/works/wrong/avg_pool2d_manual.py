# %% f_avg_pool: Uses torch's pooling.
def avg_pool2d_manual(x, kernel_size, stride=None):
    return F.avg_pool2d(x, kernel_size, stride)

# %% module: Uses nn.AvgPool2d.
def avg_pool2d_manual(x, kernel_size, stride=None):
    return nn.AvgPool2d(kernel_size, stride)(x)

# %% stride_one: The stride is 1 by default.
def avg_pool2d_manual(x, kernel_size, stride=1):
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).mean((-1, -2))

# %% stride_two: The stride is 2 by default.
def avg_pool2d_manual(x, kernel_size, stride=2):
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).mean((-1, -2))

# %% ignores_stride: Ignores the stride.
def avg_pool2d_manual(x, kernel_size, stride=None):
    return x.unfold(2, kernel_size, kernel_size).unfold(3, kernel_size, kernel_size).mean((-1, -2))

# %% max: The largest instead of the mean.
def avg_pool2d_manual(x, kernel_size, stride=None):
    s = stride or kernel_size
    return x.unfold(2, kernel_size, s).unfold(3, kernel_size, s).amax((-1, -2))

# %% sum: The sum instead of the mean.
def avg_pool2d_manual(x, kernel_size, stride=None):
    s = stride or kernel_size
    return x.unfold(2, kernel_size, s).unfold(3, kernel_size, s).sum((-1, -2))

# %% over_channels: The mean over the channels, too, in every channel.
def avg_pool2d_manual(x, kernel_size, stride=None):
    s = stride or kernel_size
    y = x.unfold(2, kernel_size, s).unfold(3, kernel_size, s).mean((-1, -2))
    return y.mean(1, keepdim=True).expand_as(y)

# %% partial_windows: Keeps a last window that does not fit, with the mean of what is there.
def avg_pool2d_manual(x, kernel_size, stride=None):
    s = stride or kernel_size
    N, C, H, W = x.shape
    rows, cols = range(0, H, s), range(0, W, s)
    return torch.stack([torch.stack([x[:, :, i : i + kernel_size, j : j + kernel_size].mean((2, 3)) for j in cols], -1) for i in rows], -2)

# %% square: Takes the output's height for its width.
def avg_pool2d_manual(x, kernel_size, stride=None):
    s = stride or kernel_size
    n = (x.shape[2] - kernel_size) // s + 1
    m = min(n, (x.shape[3] - kernel_size) // s + 1)
    out = torch.zeros(*x.shape[:2], n, n)
    for i in range(n):
        for j in range(m):
            out[:, :, i, j] = x[:, :, i * s : i * s + kernel_size, j * s : j * s + kernel_size].mean((2, 3))
    return out

# %% divides_by_kernel: Divides the sum by kernel_size only.
def avg_pool2d_manual(x, kernel_size, stride=None):
    s = stride or kernel_size
    return x.unfold(2, kernel_size, s).unfold(3, kernel_size, s).sum((-1, -2)) / kernel_size

# %% median: The median of the window.
def avg_pool2d_manual(x, kernel_size, stride=None):
    s = stride or kernel_size
    return x.unfold(2, kernel_size, s).unfold(3, kernel_size, s).flatten(-2).median(-1).values

# %% reshape_crop_stride: Right only for a stride that is the kernel size; with another it shifts by the kernel and keeps too few.
def avg_pool2d_manual(x, kernel_size, stride=None):
    s = stride or kernel_size
    n, c, h, w = x.shape
    oh, ow = (h - kernel_size) // s + 1, (w - kernel_size) // s + 1
    oh, ow = min(oh, h // kernel_size), min(ow, w // kernel_size)
    y = x[:, :, : oh * kernel_size, : ow * kernel_size]
    return y.reshape(n, c, oh, kernel_size, ow, kernel_size).mean((3, 5))
