# %% full_conv: Full convolution with the turned kernel.
def compose_kernels(first, second):
    h, w = second.shape
    return F.conv2d(first[None, None], second.flip(0, 1)[None, None], padding=(h - 1, w - 1))[0, 0]

# %% scatter: Adds scaled copies.
def compose_kernels(first, second):
    (h, w), (a, b) = first.shape, second.shape
    out = torch.zeros(h + a - 1, w + b - 1, dtype=first.dtype)
    for i in range(a):
        for j in range(b):
            out[i : i + h, j : j + w] += second[i, j] * first
    return out

# %% transpose_conv: Torch's transposed convolution.
def compose_kernels(first, second):
    return F.conv_transpose2d(first[None, None], second[None, None]).squeeze(0).squeeze(0)

# %% polynomials: Products of polynomials in two variables, with a dict.
def compose_kernels(first, second):
    from collections import defaultdict
    d = defaultdict(float)
    for i, row in enumerate(first.tolist()):
        for j, u in enumerate(row):
            for k, row2 in enumerate(second.tolist()):
                for m, v in enumerate(row2):
                    d[i + k, j + m] += u * v
    H = first.size(0) + second.size(0) - 1
    W = first.size(1) + second.size(1) - 1
    return torch.tensor([[d[i, j] for j in range(W)] for i in range(H)], dtype=first.dtype)

# %% impulse: The response to an impulse, turned.
def compose_kernels(first, second):
    H = first.shape[0] + second.shape[0] - 1
    W = first.shape[1] + second.shape[1] - 1
    x = torch.zeros(1, 1, 2 * H - 1, 2 * W - 1, dtype=first.dtype)
    x[0, 0, H - 1, W - 1] = 1
    return F.conv2d(F.conv2d(x, first[None, None]), second[None, None])[0, 0].flip((0, 1))
