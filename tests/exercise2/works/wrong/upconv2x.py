# %% f_transpose: Uses torch's transposed convolution.
def upconv2x(x, weight):
    return F.conv_transpose2d(x, weight, stride=2)

# %% module_transpose: Uses nn.ConvTranspose2d.
def upconv2x(x, weight):
    layer = nn.ConvTranspose2d(weight.shape[0], weight.shape[1], 2, 2, bias=False)
    layer.weight = nn.Parameter(weight)
    return layer(x)

# %% flipped: The kernels turned by 180 degrees.
def upconv2x(x, weight):
    n, _, h, w = x.shape
    y = torch.einsum("ncij,coab->noiajb", x, weight.flip(2, 3))
    return y.reshape(n, weight.shape[1], 2 * h, 2 * w)

# %% kernel_transposed: Rows and columns of the kernels exchanged.
def upconv2x(x, weight):
    n, _, h, w = x.shape
    y = torch.einsum("ncij,coab->noibja", x, weight)
    return y.reshape(n, weight.shape[1], 2 * h, 2 * w)

# %% no_interleave: Lays whole maps side by side instead of squares.
def upconv2x(x, weight):
    n, _, h, w = x.shape
    y = torch.einsum("ncij,coab->noaibj", x, weight)
    return y.reshape(n, weight.shape[1], 2 * h, 2 * w)

# %% out_in: Takes weight for (C_out, C_in, 2, 2) where it fits.
def upconv2x(x, weight):
    n, c, h, w = x.shape
    if weight.shape[0] == weight.shape[1]:
        weight = weight.transpose(0, 1)
    y = torch.einsum("ncij,coab->noiajb", x, weight)
    return y.reshape(n, weight.shape[1], 2 * h, 2 * w)

# %% mean_channels: The mean over the input channels.
def upconv2x(x, weight):
    n, c, h, w = x.shape
    y = torch.einsum("ncij,coab->noiajb", x, weight) / c
    return y.reshape(n, weight.shape[1], 2 * h, 2 * w)

# %% last_channel: Overwrites instead of summing, so only the last input channel counts.
def upconv2x(x, weight):
    n, cin, h, w = x.shape
    out = torch.zeros(n, weight.shape[1], 2 * h, 2 * w)
    for c in range(cin):
        for a in (0, 1):
            for b in (0, 1):
                out[:, :, a::2, b::2] = x[:, c : c + 1] * weight[c, :, a, b][None, :, None, None]
    return out

# %% nearest_then_conv: Enlarges by repeating and convolves, so windows overlap.
def upconv2x(x, weight):
    big = F.interpolate(x, scale_factor=2)
    return F.conv2d(F.pad(big, (1, 0, 1, 0)), weight.transpose(0, 1))

# %% stride_one: Squares overlap, as with stride 1, and zeros fill the rest.
def upconv2x(x, weight):
    n, cin, h, w = x.shape
    out = torch.zeros(n, weight.shape[1], 2 * h, 2 * w)
    for a in (0, 1):
        for b in (0, 1):
            out[:, :, a : a + h, b : b + w] += torch.einsum("ncij,co->noij", x, weight[:, :, a, b])
    return out

# %% first_image: Computes the first image only.
def upconv2x(x, weight):
    n, _, h, w = x.shape
    y = torch.einsum("ncij,coab->noiajb", x[:1], weight)
    return y.reshape(1, weight.shape[1], 2 * h, 2 * w)

# %% square_maps: Takes the height for the width.
def upconv2x(x, weight):
    n, _, h, w = x.shape
    y = torch.einsum("ncij,coab->noiajb", x, weight)
    return y.reshape(n, weight.shape[1], 2 * h, 2 * h)
