# %% tensor_unfold: The method Tensor.unfold, which is another function than F.unfold.
def im2col(x, kernel_size, stride=1, padding=0):
    n, c, h, w = x.shape
    k = kernel_size
    xp = F.pad(x, (padding,) * 4)
    win = xp.unfold(2, k, stride).unfold(3, k, stride)
    return win.permute(0, 1, 4, 5, 2, 3).reshape(n, c * k * k, -1)

# %% loop_windows: A loop over the windows, stacked as columns.
def im2col(x, kernel_size, stride=1, padding=0):
    N, C, H, W = x.shape
    padded = x.new_zeros(N, C, H + 2 * padding, W + 2 * padding)
    padded[:, :, padding : padding + H, padding : padding + W] = x
    columns = []
    for i in range(0, H + 2 * padding - kernel_size + 1, stride):
        for j in range(0, W + 2 * padding - kernel_size + 1, stride):
            columns.append(padded[:, :, i : i + kernel_size, j : j + kernel_size].flatten(1))
    return torch.stack(columns, dim=2)

# %% loop_kernel: A loop over the kernel's positions, row after row of the result.
def im2col(x, kernel_size, stride=1, padding=0):
    x = nn.ZeroPad2d(padding)(x)
    n, c, h, w = x.shape
    k, s = kernel_size, stride
    oh, ow = (h - k) // s + 1, (w - k) // s + 1
    out = torch.empty(n, c, k * k, oh * ow, dtype=x.dtype)
    for a in range(k):
        for b in range(k):
            out[:, :, a * k + b] = x[:, :, a : a + s * (oh - 1) + 1 : s, b : b + s * (ow - 1) + 1 : s].reshape(n, c, -1)
    return out.view(n, c * k * k, oh * ow)

# %% one_hot_conv: A convolution with one-hot kernels.
def im2col(x, kernel_size, stride=1, padding=0):
    n, c, _, _ = x.shape
    k2 = kernel_size**2
    eye = torch.eye(k2, dtype=x.dtype).reshape(k2, 1, kernel_size, kernel_size).repeat(c, 1, 1, 1)
    return F.conv2d(x, eye, stride=stride, padding=padding, groups=c).flatten(2)

# %% gather: Index arithmetic and advanced indexing.
def im2col(x, kernel_size, stride=1, padding=0):
    n, c, h, w = x.shape
    p = torch.zeros(n, c, h + 2 * padding, w + 2 * padding, dtype=x.dtype)
    p[..., padding : padding + h, padding : padding + w] = x
    r = torch.arange(0, p.shape[2] - kernel_size + 1, stride)
    q = torch.arange(0, p.shape[3] - kernel_size + 1, stride)
    t = torch.arange(kernel_size)
    rows = (t[:, None, None, None] + r[None, None, :, None]).expand(kernel_size, kernel_size, len(r), len(q))
    cols = (t[None, :, None, None] + q[None, None, None, :]).expand_as(rows)
    return p[:, :, rows, cols].reshape(n, c * kernel_size**2, -1)
