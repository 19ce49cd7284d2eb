# %% einsum: einsum and reshape.
def upconv2x(x, weight):
    n, _, h, w = x.shape
    y = torch.einsum("ncij,coab->noiajb", x, weight)
    return y.reshape(n, weight.shape[1], 2 * h, 2 * w)

# %% slices: Four strided slices.
def upconv2x(x, weight):
    N, C, H, W = x.shape
    out = torch.zeros(N, weight.size(1), 2 * H, 2 * W, dtype=x.dtype)
    for a in (0, 1):
        for b in (0, 1):
            out[:, :, a::2, b::2] = torch.tensordot(x, weight[:, :, a, b], dims=([1], [0])).permute(0, 3, 1, 2)
    return out

# %% pixel_shuffle: A 1 x 1 convolution and a pixel shuffle.
def upconv2x(x, weight):
    w = weight.permute(1, 2, 3, 0).reshape(-1, weight.shape[0], 1, 1)
    return F.pixel_shuffle(F.conv2d(x, w), 2)

# %% loops: Loops over everything.
def upconv2x(x, weight):
    n, cin, h, w = x.shape
    cout = weight.shape[1]
    out = torch.zeros(n, cout, 2 * h, 2 * w)
    for c in range(cin):
        for i in range(h):
            for j in range(w):
                out[:, :, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2] += x[:, c, i, j][:, None, None, None] * weight[c]
    return out

# %% kron: Kronecker products, channel by channel.
def upconv2x(x, weight):
    return torch.stack([
        torch.stack([sum(torch.kron(img[c], weight[c, o]) for c in range(len(img))) for o in range(weight.shape[1])])
        for img in x
    ])
