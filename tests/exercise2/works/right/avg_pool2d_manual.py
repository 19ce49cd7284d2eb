# %% unfold_mean: Tensor.unfold and a mean.
def avg_pool2d_manual(x, kernel_size, stride=None):
    s = stride or kernel_size
    return x.unfold(2, kernel_size, s).unfold(3, kernel_size, s).mean((-1, -2))

# %% loops: Two loops.
def avg_pool2d_manual(x, kernel_size, stride=None):
    if stride is None:
        stride = kernel_size
    N, C, H, W = x.shape
    oh, ow = (H - kernel_size) // stride + 1, (W - kernel_size) // stride + 1
    out = torch.zeros(N, C, oh, ow, dtype=x.dtype)
    for i in range(oh):
        for j in range(ow):
            a, b = i * stride, j * stride
            out[:, :, i, j] = x[:, :, a : a + kernel_size, b : b + kernel_size].mean(dim=(2, 3))
    return out

# %% depthwise: A depthwise convolution, which is no pooling.
def avg_pool2d_manual(x, kernel_size, stride=None):
    c = x.shape[1]
    w = torch.full((c, 1, kernel_size, kernel_size), 1 / kernel_size**2, dtype=x.dtype)
    return F.conv2d(x, w, stride=kernel_size if stride is None else stride, groups=c)

# %% cumsum: Summed-area table in double precision.
def avg_pool2d_manual(x, kernel_size, stride=None):
    s = stride if stride is not None else kernel_size
    n, c, h, w = x.shape
    t = x.new_zeros(n, c, h + 1, w + 1, dtype=torch.float64)
    t[:, :, 1:, 1:] = x.double().cumsum(2).cumsum(3)
    k = kernel_size
    total = t[:, :, k:, k:] - t[:, :, :-k, k:] - t[:, :, k:, :-k] + t[:, :, :-k, :-k]
    return (total[:, :, ::s, ::s] / k**2).to(x.dtype)

# %% shifted_sum: Adds shifted slices.
def avg_pool2d_manual(x, kernel_size, stride=None):
    s = kernel_size if stride is None else stride
    h = x.shape[2] - kernel_size + 1
    w = x.shape[3] - kernel_size + 1
    acc = sum(x[:, :, a : a + h : s, b : b + w : s] for a in range(kernel_size) for b in range(kernel_size))
    return acc / (kernel_size * kernel_size)
