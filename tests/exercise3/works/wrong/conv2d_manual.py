# %% kernel_flipped: Flips the kernel along both axes as in the mathematical convolution.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    n = x.shape[0]
    o, c, kh, kw = weight.shape
    kernel = torch.flip(weight, dims=(2, 3))
    cols = F.unfold(x, (kh, kw), dilation=(dh, dw), padding=(ph, pw), stride=(sh, sw))
    out = kernel.reshape(o, -1) @ cols
    h_out = (x.shape[2] + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    w_out = (x.shape[3] + 2 * pw - dw * (kw - 1) - 1) // sw + 1
    out = out.reshape(n, o, h_out, w_out)
    if bias is not None:
        out = out + bias.reshape(1, -1, 1, 1)
    return out

# %% kernel_flipped_on_the_width: Flips the kernel along the width only.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    to_pair = lambda v: v if isinstance(v, tuple) else (v, v)
    s, p, d = to_pair(stride), to_pair(padding), to_pair(dilation)
    x = F.pad(x, (p[1], p[1], p[0], p[0]))
    N, C, H, W = x.shape
    O, _, KH, KW = weight.shape
    HO = (H - d[0] * (KH - 1) - 1) // s[0] + 1
    WO = (W - d[1] * (KW - 1) - 1) // s[1] + 1
    out = torch.zeros(N, O, HO, WO)
    for i in range(KH):
        for j in range(KW):
            part = x[:, :, i * d[0]: i * d[0] + s[0] * (HO - 1) + 1: s[0],
                     j * d[1]: j * d[1] + s[1] * (WO - 1) + 1: s[1]]
            out = out + torch.einsum("nchw,oc->nohw", part, weight[:, :, i, KW - 1 - j])
    return out if bias is None else out + bias[None, :, None, None]

# %% transposed_kernel: Reads the kernel as (width, height) where it is square.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    o, c, kh, kw = weight.shape
    k = weight.permute(0, 1, 3, 2) if kh == kw else weight
    xp = F.pad(x, (pw, pw, ph, ph))
    h_out = (xp.shape[2] - dh * (kh - 1) - 1) // sh + 1
    w_out = (xp.shape[3] - dw * (kw - 1) - 1) // sw + 1
    rows = []
    for i in range(h_out):
        row = []
        for j in range(w_out):
            win = xp[:, :, i * sh:i * sh + dh * (kh - 1) + 1:dh, j * sw:j * sw + dw * (kw - 1) + 1:dw]
            row.append((win.unsqueeze(1) * k.unsqueeze(0)).sum(dim=(2, 3, 4)))
        rows.append(torch.stack(row, dim=-1))
    y = torch.stack(rows, dim=-2)
    if bias is not None:
        y = y + bias.view(1, -1, 1, 1)
    return y

# %% mean_over_input_channels: Averages over the input channels instead of summing.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    def pair(v):
        return (v, v) if isinstance(v, int) else v
    (sh, sw), (ph, pw), (dh, dw) = pair(stride), pair(padding), pair(dilation)
    kh, kw = weight.shape[-2:]
    x = F.pad(x, (pw, pw, ph, ph))
    win = x.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    per_channel = torch.einsum("nchwij,ocij->nochw", win, weight)
    out = per_channel.mean(dim=2)
    if bias is not None:
        out = out + bias.view(-1, 1, 1)
    return out

# %% first_input_channel_only: Uses only the first input channel of the image and of the kernel.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    def pair(v):
        return (v, v) if isinstance(v, int) else v
    (sh, sw), (ph, pw), (dh, dw) = pair(stride), pair(padding), pair(dilation)
    O, C, kh, kw = weight.shape
    img = F.pad(x, (pw, pw, ph, ph))
    oh = (img.shape[2] - dh * (kh - 1) - 1) // sh + 1
    ow = (img.shape[3] - dw * (kw - 1) - 1) // sw + 1
    out = torch.zeros(x.shape[0], O, oh, ow)
    for n in range(x.shape[0]):
        for o in range(O):
            for i in range(oh):
                for j in range(ow):
                    patch = img[n, 0, i * sh:i * sh + dh * (kh - 1) + 1:dh, j * sw:j * sw + dw * (kw - 1) + 1:dw]
                    out[n, o, i, j] = torch.sum(patch * weight[o, 0])
            if bias is not None:
                out[n, o] += bias[o]
    return out

# %% at_most_three_channels: Loops over the three colour channels and leaves out any further ones.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if isinstance(stride, int): stride = (stride, stride)
    if isinstance(padding, int): padding = (padding, padding)
    if isinstance(dilation, int): dilation = (dilation, dilation)
    sh, sw = stride
    dh, dw = dilation
    xp = F.pad(x, (padding[1], padding[1], padding[0], padding[0]))
    O, C, kh, kw = weight.shape
    H = (xp.shape[2] - dh * (kh - 1) - 1) // sh + 1
    W = (xp.shape[3] - dw * (kw - 1) - 1) // sw + 1
    out = xp.new_zeros(x.shape[0], O, H, W)
    for c in range(min(C, 3)):
        for a in range(kh):
            for b in range(kw):
                piece = xp[:, c, a * dh:a * dh + (H - 1) * sh + 1:sh, b * dw:b * dw + (W - 1) * sw + 1:sw]
                out = out + piece.unsqueeze(1) * weight[:, c, a, b].view(1, O, 1, 1)
    if bias is not None:
        out = out + bias.view(1, O, 1, 1)
    return out

# %% bias_forgotten: The bias is never added.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    out_channels, in_channels, kh, kw = weight.shape
    shape = conv2d_shape(x.shape, out_channels, (kh, kw), stride, padding, dilation)
    columns = F.unfold(x, (kh, kw), dilation, padding, stride)  # (N, C*kh*kw, L)
    result = torch.einsum("ok,nkl->nol", weight.flatten(1), columns)
    return result.reshape(shape)

def conv2d_shape(shape, out_channels, k, stride, padding, dilation):
    pair = lambda v: (v, v) if isinstance(v, int) else v
    s, p, d = pair(stride), pair(padding), pair(dilation)
    hw = [(shape[2 + i] + 2 * p[i] - d[i] * (k[i] - 1) - 1) // s[i] + 1 for i in range(2)]
    return (shape[0], out_channels, *hw)

# %% bias_added_per_input_channel: Adds the bias inside of the loop over the input channels, so it counts C_in times.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride,) * 2 if isinstance(stride, int) else stride
    ph, pw = (padding,) * 2 if isinstance(padding, int) else padding
    dh, dw = (dilation,) * 2 if isinstance(dilation, int) else dilation
    N, C, H, W = x.shape
    O, _, kh, kw = weight.shape
    padded = torch.zeros(N, C, H + 2 * ph, W + 2 * pw, dtype=x.dtype)
    padded[:, :, ph:ph + H, pw:pw + W] = x
    Ho = (H + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    Wo = (W + 2 * pw - dw * (kw - 1) - 1) // sw + 1
    out = torch.zeros(N, O, Ho, Wo, dtype=x.dtype)
    for o in range(O):
        for c in range(C):
            for i in range(Ho):
                for j in range(Wo):
                    r, s = i * sh, j * sw
                    window = padded[:, c, r:r + dh * (kh - 1) + 1:dh, s:s + dw * (kw - 1) + 1:dw]
                    out[:, o, i, j] += (window * weight[o, c]).sum(dim=(1, 2))
            if bias is not None:
                out[:, o] += bias[o]
    return out

# %% first_bias_for_all: Adds the first bias to every output channel.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    def pair(v):
        return (v, v) if isinstance(v, int) else v
    (sh, sw), (ph, pw), (dh, dw) = pair(stride), pair(padding), pair(dilation)
    kh, kw = weight.shape[-2:]
    x = F.pad(x, (pw, pw, ph, ph))
    win = x.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    out = torch.tensordot(win, weight, dims=([1, 4, 5], [1, 2, 3])).permute(0, 3, 1, 2)
    if bias is not None:
        out = out + bias[0]
    return out

# %% bias_along_the_width: Adds the bias without reshaping when it broadcasts, that is along the width where the output is as wide as it has channels.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    def pair(v):
        return (v, v) if isinstance(v, int) else v
    (sh, sw), (ph, pw), (dh, dw) = pair(stride), pair(padding), pair(dilation)
    kh, kw = weight.shape[-2:]
    x = F.pad(x, (pw, pw, ph, ph))
    win = x.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    out = torch.einsum("nchwij,ocij->nohw", win, weight)
    if bias is not None:
        try:
            out = out + bias
        except RuntimeError:
            out = out + bias[:, None, None]
    return out

# %% truth_value_of_the_bias: Asks `if bias`, which raises for more than one output channel.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    n, _, h, w = x.shape
    o, _, kh, kw = weight.shape
    cols = F.unfold(x, (kh, kw), (dh, dw), (ph, pw), (sh, sw))
    out = weight.view(o, -1).matmul(cols)
    out = out.view(n, o, (h + 2 * ph - dh * (kh - 1) - 1) // sh + 1, -1)
    if bias:
        out = out + bias.view(1, o, 1, 1)
    return out

# %% stride_on_the_height_only: Moves by the stride in the height, but always by one in the width.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    s = stride if isinstance(stride, int) else stride[0]
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    xp = F.pad(x, (pw, pw, ph, ph))
    N, C, H, W = xp.shape
    O, _, kh, kw = weight.shape
    span_h, span_w = dh * (kh - 1) + 1, dw * (kw - 1) + 1
    rows = []
    for i in range(0, H - span_h + 1, s):
        cells = []
        for j in range(W - span_w + 1):
            patch = xp[:, :, i:i + span_h:dh, j:j + span_w:dw].reshape(N, -1)
            cells.append(patch @ weight.reshape(O, -1).T)
        rows.append(torch.stack(cells, dim=2))
    out = torch.stack(rows, dim=2)
    if bias is not None:
        out = out + bias.reshape(1, O, 1, 1)
    return out

# %% stride_pair_swapped: Reads a stride pair as (width, height).
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sw, sh = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    n, _, h, w = x.shape
    o, _, kh, kw = weight.shape
    cols = F.unfold(x, (kh, kw), (dh, dw), (ph, pw), (sh, sw))
    out = (weight.reshape(1, o, -1) @ cols).reshape(n, o, (h + 2 * ph - dh * (kh - 1) - 1) // sh + 1, -1)
    return out if bias is None else out + bias.reshape(1, o, 1, 1)

# %% first_stride_of_the_pair: Reduces a stride pair to its first entry.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if isinstance(stride, tuple):
        stride = stride[0]
    if isinstance(padding, int):
        padding = (padding, padding)
    if isinstance(dilation, int):
        dilation = (dilation, dilation)
    k = weight.shape[2:]
    x = F.pad(x, (padding[1], padding[1], padding[0], padding[0]))
    span = [dilation[a] * (k[a] - 1) + 1 for a in (0, 1)]
    patches = x.unfold(2, span[0], stride).unfold(3, span[1], stride)
    patches = patches[:, :, :, :, ::dilation[0], ::dilation[1]]
    out = (patches.unsqueeze(1) * weight[None, :, :, None, None]).sum(dim=(2, 5, 6))
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% default_stride_is_the_kernel: The stride is the kernel size where it is left at its default, as in pooling.
def conv2d_manual(x, weight, bias=None, stride=None, padding=0, dilation=1):
    k = tuple(weight.shape[2:])
    if stride is None:
        stride = k
    s = (stride, stride) if isinstance(stride, int) else stride
    p = (padding, padding) if isinstance(padding, int) else padding
    d = (dilation, dilation) if isinstance(dilation, int) else dilation
    cols = F.unfold(x, k, d, p, s)
    h = (x.shape[2] + 2 * p[0] - d[0] * (k[0] - 1) - 1) // s[0] + 1
    out = torch.einsum("ok,nkl->nol", weight.flatten(1), cols).unflatten(2, (h, -1))
    return out if bias is None else out + bias.view(1, -1, 1, 1)

# %% padding_at_the_end_only: Pads twice as much at the bottom and the right instead of at both ends.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    N, C, H, W = x.shape
    big = torch.zeros(N, C, H + 2 * ph, W + 2 * pw)
    big[:, :, :H, :W] = x
    kh, kw = weight.shape[2], weight.shape[3]
    win = big.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    y = torch.einsum("bchwuv,ocuv->bohw", win, weight)
    if bias is not None:
        y = y + bias.view(1, -1, 1, 1)
    return y

# %% padding_once: Pads at the top and the left only, so the output is too small.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    x = F.pad(x, (pw, 0, ph, 0))
    kh, kw = weight.shape[2:]
    win = x.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    y = torch.einsum("bchwuv,ocuv->bohw", win, weight)
    if bias is not None:
        y = y + bias.view(1, -1, 1, 1)
    return y

# %% padding_pair_in_the_order_of_pad: Hands the padding pair to F.pad in the order height, width, although F.pad begins with the last axis.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    pair = lambda a: a if isinstance(a, tuple) else (a, a)
    s, p, d = pair(stride), pair(padding), pair(dilation)
    xp = F.pad(x, (p[0], p[0], p[1], p[1]))
    N, C, H, W = xp.shape
    O, _, K1, K2 = weight.shape
    Ho = (H - d[0] * (K1 - 1) - 1) // s[0] + 1
    Wo = (W - d[1] * (K2 - 1) - 1) // s[1] + 1
    rows = (torch.arange(Ho) * s[0])[:, None] + (torch.arange(K1) * d[0])[None]
    cols = (torch.arange(Wo) * s[1])[:, None] + (torch.arange(K2) * d[1])[None]
    win = xp[:, :, rows[:, None, :, None], cols[None, :, None, :]]
    out = torch.einsum("nchwij,ocij->nohw", win, weight)
    if bias is not None:
        out = out + bias[:, None, None]
    return out

# %% int_padding_on_the_width_only: An int padding goes to the left and the right only.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    if isinstance(padding, int):
        xp = F.pad(x, (padding, padding))
    else:
        xp = F.pad(x, (padding[1], padding[1], padding[0], padding[0]))
    kh, kw = weight.shape[2:]
    win = xp.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    out = torch.einsum("nchwij,ocij->nohw", win, weight)
    return out if bias is None else out + bias.view(1, -1, 1, 1)

# %% replicated_border: Pads by repeating the border pixels instead of zeros.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    xp = F.pad(x, (pw, pw, ph, ph), mode="replicate")
    n, o = x.shape[0], weight.shape[0]
    kh, kw = weight.shape[2:]
    cols = F.unfold(xp, (kh, kw), dilation=(dh, dw), stride=(sh, sw))
    out = (weight.reshape(o, -1) @ cols).reshape(n, o, (xp.shape[2] - dh * (kh - 1) - 1) // sh + 1, -1)
    if bias is not None:
        out = out + bias.reshape(1, o, 1, 1)
    return out

# %% padding_only_without_stride: Pads only where the stride is 1.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    pair = lambda v: (v, v) if isinstance(v, int) else tuple(v)
    stride, padding, dilation = pair(stride), pair(padding), pair(dilation)
    if stride == (1, 1):
        x = F.pad(x, (padding[1], padding[1], padding[0], padding[0]))
    kh, kw = weight.shape[2:]
    dh, dw = dilation
    win = x.unfold(2, dh * (kh - 1) + 1, stride[0]).unfold(3, dw * (kw - 1) + 1, stride[1])[..., ::dh, ::dw]
    out = torch.einsum("nchwij,ocij->nohw", win, weight)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% dilation_ignored: The argument dilation is accepted but not used.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    xp = np.pad(x.detach().numpy(), ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    w = weight.detach().numpy()
    N, C, H, W = xp.shape
    O, _, kh, kw = w.shape
    Ho, Wo = (H - kh) // sh + 1, (W - kw) // sw + 1
    out = np.zeros((N, O, Ho, Wo), dtype=np.float32)
    for i in range(Ho):
        for j in range(Wo):
            patch = xp[:, :, i * sh:i * sh + kh, j * sw:j * sw + kw]
            out[:, :, i, j] = np.tensordot(patch, w, axes=([1, 2, 3], [1, 2, 3]))
    out = torch.from_numpy(out)
    if bias is not None:
        out = out + bias.detach().view(1, -1, 1, 1)
    return out

# %% first_dilation_for_both_axes: Uses dilation[0] for both axes.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    d = dilation if isinstance(dilation, int) else dilation[0]
    kh, kw = weight.shape[2:]
    x = F.pad(x, (pw, pw, ph, ph))
    win = x.unfold(2, d * (kh - 1) + 1, sh).unfold(3, d * (kw - 1) + 1, sw)[..., ::d, ::d]
    out = torch.einsum("nchwij,ocij->nohw", win, weight)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% dilated_kernel_too_long: Blows the kernel up to dilation * k with zeros, so the span has trailing zeros that count in the output size.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    o, c, kh, kw = weight.shape
    big = weight.new_zeros(o, c, kh * dh, kw * dw)
    big[:, :, ::dh, ::dw] = weight
    x = F.pad(x, (pw, pw, ph, ph))
    win = x.unfold(2, kh * dh, sh).unfold(3, kw * dw, sw)
    out = torch.einsum("nchwij,ocij->nohw", win, big)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% last_row_and_column_missing: The loops stop one window before the border.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    xp = F.pad(x, (pw, pw, ph, ph))
    N, C, H, W = xp.shape
    O, _, kh, kw = weight.shape
    eh, ew = dh * (kh - 1) + 1, dw * (kw - 1) + 1
    tops = range(0, max(H - eh, 1), sh)
    lefts = range(0, max(W - ew, 1), sw)
    out = torch.zeros(N, O, len(tops), len(lefts))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            patch = xp[:, None, :, top:top + eh:dh, left:left + ew:dw]
            out[:, :, i, j] = (patch * weight).sum(dim=(2, 3, 4))
    if bias is not None:
        out += bias.view(1, O, 1, 1)
    return out

# %% even_kernels_lose_a_window: Runs over the centres of the windows, which for an even kernel leaves out the last window.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    xp = F.pad(x, (pw, pw, ph, ph))
    N, C, H, W = xp.shape
    O, _, kh, kw = weight.shape
    eh, ew = dh * (kh - 1) + 1, dw * (kw - 1) + 1
    rows = []
    for ci in range(eh // 2, max(H - eh // 2, eh // 2 + 1), sh):
        row = []
        for cj in range(ew // 2, max(W - ew // 2, ew // 2 + 1), sw):
            t, l = ci - eh // 2, cj - ew // 2
            window = xp[:, :, t:t + eh:dh, l:l + ew:dw]
            row.append(torch.einsum("ncij,ocij->no", window, weight))
        rows.append(torch.stack(row, -1))
    out = torch.stack(rows, -2)
    if bias is not None:
        out = out + bias.view(1, O, 1, 1)
    return out

# %% only_the_first_image: Computes the first image of the batch and repeats it.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    image = F.pad(x[0], (pw, pw, ph, ph))
    O, C, kh, kw = weight.shape
    win = image.unfold(1, dh * (kh - 1) + 1, sh).unfold(2, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    out = torch.einsum("chwij,ocij->ohw", win, weight)
    if bias is not None:
        out = out + bias.view(O, 1, 1)
    return out.unsqueeze(0).repeat(x.shape[0], 1, 1, 1)

# %% batch_and_channels_mixed: Multiplies all images at once and reshapes (C_out, N * L) to (N, C_out, ...) without moving the axes, right only for one image or one output channel.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    pair = lambda v: (v, v) if isinstance(v, int) else v
    s, p, d = pair(stride), pair(padding), pair(dilation)
    n = x.size(0)
    o, _, kh, kw = weight.shape
    ho = (x.size(2) + 2 * p[0] - d[0] * (kh - 1) - 1) // s[0] + 1
    wo = (x.size(3) + 2 * p[1] - d[1] * (kw - 1) - 1) // s[1] + 1
    cols = F.unfold(x, (kh, kw), d, p, s)            # N, K, L
    cols = cols.permute(1, 0, 2).reshape(cols.size(1), -1)  # K, N*L
    out = weight.reshape(o, -1) @ cols
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(n, o, ho, wo)

# %% output_reshaped_width_first: Reshapes the windows to (W_out, H_out) and transposes, which scrambles outputs.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    pair = lambda v: (v, v) if isinstance(v, int) else v
    s, p, d = pair(stride), pair(padding), pair(dilation)
    k = weight.shape[2:]
    ho, wo = [(x.shape[2 + i] + 2 * p[i] - d[i] * (k[i] - 1) - 1) // s[i] + 1 for i in (0, 1)]
    cols = F.unfold(x, tuple(k), d, p, s)
    out = weight.flatten(1) @ cols
    out = out.reshape(x.shape[0], weight.shape[0], wo, ho).transpose(2, 3)
    if bias is not None:
        out = out + bias.reshape(-1, 1, 1)
    return out

# %% square_kernel_assumed: Takes the shorter side of the kernel for both axes and cuts the rest of it off.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    k = min(weight.shape[2], weight.shape[3])
    w = weight[:, :, :k, :k]
    x = F.pad(x, (pw, pw, ph, ph))
    win = x.unfold(2, dh * (k - 1) + 1, sh).unfold(3, dw * (k - 1) + 1, sw)[..., ::dh, ::dw]
    out = torch.einsum("nchwij,ocij->nohw", win, w)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% square_image_assumed: Takes the output height for the output width, too.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    N, C, H, W = x.shape
    O, _, kh, kw = weight.shape
    size = (H + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    out = torch.zeros(N, O, size, size)
    xp = F.pad(x, (pw, pw, ph, ph))
    for i in range(size):
        for j in range(size):
            patch = xp[:, :, i * sh:i * sh + dh * (kh - 1) + 1:dh, j * sw:j * sw + dw * (kw - 1) + 1:dw]
            if patch.shape[-1] == kw:
                out[:, :, i, j] = torch.einsum("ncab,ocab->no", patch, weight)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% channels_last_in_the_window: Flattens the windows as (kh, kw, C) but the weight as (C, kh, kw), right only for one input channel.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    kh, kw = weight.shape[2:]
    xp = F.pad(x, (pw, pw, ph, ph))
    win = xp.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    win = win.permute(0, 2, 3, 4, 5, 1).flatten(3)      # N, Ho, Wo, kh*kw*C
    out = (win @ weight.flatten(1).T).permute(0, 3, 1, 2)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% depthwise_for_equal_channels: With as many input as output channels it convolves each channel on its own.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    O, C, kh, kw = weight.shape
    xp = F.pad(x, (pw, pw, ph, ph))
    win = xp.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    if O == C:
        diagonal = weight[torch.arange(O), torch.arange(O)]
        out = torch.einsum("nchwij,cij->nchw", win, diagonal)
    else:
        out = torch.einsum("nchwij,ocij->nohw", win, weight)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% one_by_one_shortcut: A shortcut for 1 x 1 kernels forgets stride and padding.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    kh, kw = weight.shape[2:]
    if kh == kw == 1:
        out = torch.einsum("nchw,oc->nohw", x, weight[:, :, 0, 0])
    else:
        xp = F.pad(x, (pw, pw, ph, ph))
        win = xp.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
        out = torch.einsum("nchwij,ocij->nohw", win, weight)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% stride_rounds_up: Counts the output sizes with ceil and fills the last, incomplete window with zeros.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    kh, kw = weight.shape[2:]
    N, C, H, W = x.shape
    ho = math.ceil((H + 2 * ph - dh * (kh - 1) - 1) / sh) + 1
    wo = math.ceil((W + 2 * pw - dw * (kw - 1) - 1) / sw) + 1
    extra_h = (ho - 1) * sh + dh * (kh - 1) + 1 - H - 2 * ph
    extra_w = (wo - 1) * sw + dw * (kw - 1) + 1 - W - 2 * pw
    xp = F.pad(x, (pw, pw + extra_w, ph, ph + extra_h))
    win = xp.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    out = torch.einsum("nchwij,ocij->nohw", win, weight)
    return out if bias is None else out + bias.view(1, -1, 1, 1)

# %% contiguous_strides_assumed: Computes the strides for as_strided from the shape, which is wrong for an image that is not contiguous.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    if ph or pw:
        x = F.pad(x, (pw, pw, ph, ph)).contiguous()
    N, C, H, W = x.shape
    O, _, kh, kw = weight.shape
    ho = (H - dh * (kh - 1) - 1) // sh + 1
    wo = (W - dw * (kw - 1) - 1) // sw + 1
    win = torch.as_strided(x, (N, C, ho, wo, kh, kw), (C * H * W, H * W, sh * W, sw, dh * W, dw))
    out = torch.einsum("nchwij,ocij->nohw", win, weight)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% numpy_without_detach: Calls .numpy() on the tensors, which raises for a weight that requires a gradient.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    a = np.pad(x.numpy(), [(0, 0), (0, 0), (ph, ph), (pw, pw)])
    k = weight.numpy()
    kh, kw = k.shape[2:]
    win = np.lib.stride_tricks.sliding_window_view(a, (dh * (kh - 1) + 1, dw * (kw - 1) + 1), axis=(2, 3))
    win = win[:, :, ::sh, ::sw, ::dh, ::dw]
    out = torch.from_numpy(np.einsum("nchwij,ocij->nohw", win, k))
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% calls_torch_conv2d: Calls F.conv2d, which is forbidden here.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    return F.conv2d(x, weight, bias, stride=stride, padding=padding, dilation=dilation)

# %% hides_a_conv3d: Adds an axis and calls F.conv3d, a convolution of torch as well.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    def triple(v, first):
        return (first, v, v) if isinstance(v, int) else (first, *v)
    volume = x.unsqueeze(2)
    kernel = weight.unsqueeze(2)
    y = F.conv3d(volume, kernel, None, triple(stride, 1), triple(padding, 0), triple(dilation, 1))
    y = y.squeeze(2)
    if bias is not None:
        y = y + bias.view(1, -1, 1, 1)
    return y

# %% weight_reshaped_in_place: Flattens the weight in place, so the caller's weight has two axes afterwards.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    o, c, kh, kw = weight.shape
    cols = F.unfold(x, (kh, kw), (dh, dw), (ph, pw), (sh, sw))
    ho = (x.shape[2] + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    weight.data = weight.data.reshape(o, c * kh * kw)
    out = (weight @ cols).reshape(x.shape[0], o, ho, -1)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% bias_gets_new_axes_in_place: Uses unsqueeze_ on the bias, which then has the shape (C_out, 1, 1).
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    kh, kw = weight.shape[2:]
    xp = F.pad(x, (pw, pw, ph, ph))
    win = xp.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    out = torch.einsum("nchwij,ocij->nohw", win, weight)
    if bias is not None:
        while bias.dim() < 3:
            bias.unsqueeze_(-1)
        out = out + bias
    return out

# %% gradient_flag_switched_off: Switches requires_grad of the weight off to be able to use numpy and leaves it off.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    weight.requires_grad_(False)
    b = 0 if bias is None else bias.detach().numpy()[:, None, None]
    a = np.pad(x.detach().numpy(), [(0, 0), (0, 0), (ph, ph), (pw, pw)])
    kh, kw = weight.shape[2:]
    win = np.lib.stride_tricks.sliding_window_view(a, (dh * (kh - 1) + 1, dw * (kw - 1) + 1), axis=(2, 3))
    out = np.einsum("nchwij,ocij->nohw", win[:, :, ::sh, ::sw, ::dh, ::dw], weight.numpy()) + b
    return torch.from_numpy(out)

# %% memory_of_the_input_reused: Where the output has the shape of the image it is written into the caller's image.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    pair = lambda v: (v, v) if isinstance(v, int) else v
    s, p, d = pair(stride), pair(padding), pair(dilation)
    xp = F.pad(x, (p[1], p[1], p[0], p[0])) if any(p) else x
    kh, kw = weight.shape[2:]
    win = xp.unfold(2, d[0] * (kh - 1) + 1, s[0]).unfold(3, d[1] * (kw - 1) + 1, s[1])[..., ::d[0], ::d[1]]
    out = torch.einsum("nchwij,ocij->nohw", win, weight)
    if out.shape == x.shape and not x.requires_grad:
        x.copy_(out)  # reuse the memory
        out = x
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% bfloat16_products: Multiplies in bfloat16 and loses digits.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    kh, kw = weight.shape[2:]
    xp = F.pad(x, (pw, pw, ph, ph)).bfloat16()
    win = xp.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    out = (win.unsqueeze(1) * weight.bfloat16()[None, :, :, None, None]).float().sum(dim=(2, 5, 6))
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% fft_without_conjugate: Multiplies the Fourier transforms without conjugating the kernel's, which flips the kernel.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    o, c, kh, kw = weight.shape
    eh, ew = dh * (kh - 1) + 1, dw * (kw - 1) + 1
    kernel = torch.zeros(o, c, eh, ew)
    kernel[:, :, ::dh, ::dw] = weight
    xp = F.pad(x, (pw, pw, ph, ph))
    H, W = xp.shape[2:]
    fx = torch.fft.rfft2(xp)
    fk = torch.fft.rfft2(kernel, s=(H, W))
    full = torch.fft.irfft2(torch.einsum("nchw,ochw->nohw", fx, fk), s=(H, W))
    out = full[:, :, eh - 1::sh, ew - 1::sw]
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% relu_with_bias: With a bias it cuts negative outputs to 0.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    pair = lambda v: (v, v) if isinstance(v, int) else v
    (sh, sw), (ph, pw), (dh, dw) = map(pair, (stride, padding, dilation))
    kh, kw = weight.shape[2:]
    xp = F.pad(x, (pw, pw, ph, ph))
    win = xp.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    out = torch.einsum("nchwij,ocij->nohw", win, weight)
    if bias is not None:
        out = F.relu(out + bias.view(1, -1, 1, 1))  # activation of the layer
    return out

# %% two_no_channel_sum_and_no_bias: Keeps the last input channel's result only, and forgets the bias.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    xp = F.pad(x, (pw, pw, ph, ph))
    N, C, H, W = xp.shape
    O, _, kh, kw = weight.shape
    Ho = (H - dh * (kh - 1) - 1) // sh + 1
    Wo = (W - dw * (kw - 1) - 1) // sw + 1
    out = torch.zeros(N, O, Ho, Wo)
    for c in range(C):
        for i in range(Ho):
            for j in range(Wo):
                p = xp[:, c, i * sh:i * sh + dh * (kh - 1) + 1:dh, j * sw:j * sw + dw * (kw - 1) + 1:dw]
                out[:, :, i, j] = torch.einsum("nij,oij->no", p, weight[:, c])
    return out

# %% two_flipped_and_padding_one_axis: Flips the kernel, and pads the height only.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph = padding if isinstance(padding, int) else padding[0]
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    w = weight.flip(-1, -2)
    kh, kw = w.shape[2:]
    xp = F.pad(x, (0, 0, ph, ph))
    win = xp.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    out = torch.einsum("nchwij,ocij->nohw", win, w)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% two_stride_swapped_and_dilation_swapped: Reads the pairs of stride and of dilation as (width, height).
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    pair = lambda v: (v, v) if isinstance(v, int) else v
    (sw, sh), (ph, pw), (dw, dh) = map(pair, (stride, padding, dilation))
    kh, kw = weight.shape[2:]
    xp = F.pad(x, (pw, pw, ph, ph))
    win = xp.unfold(2, dh * (kh - 1) + 1, sh).unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    out = torch.einsum("nchwij,ocij->nohw", win, weight)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out

# %% two_last_window_missing_and_bias_summed: Leaves out the last column of windows, and adds the sum of all biases to each channel.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    xp = F.pad(x, (pw, pw, ph, ph))
    N, C, H, W = xp.shape
    O, _, kh, kw = weight.shape
    eh, ew = dh * (kh - 1) + 1, dw * (kw - 1) + 1
    ys = list(range(0, H - eh + 1, sh))
    xs = list(range(0, max(1, W - ew), sw))
    out = torch.stack([torch.stack([
        torch.einsum("ncij,ocij->no", xp[:, :, a:a + eh:dh, b:b + ew:dw], weight) for b in xs], -1) for a in ys], -2)
    if bias is not None:
        out = out + bias.sum()
    return out

# %% two_bias_per_channel_loop_and_stride_one_axis: Adds the bias for each input channel, and moves by the stride in the width only.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    s = stride if isinstance(stride, int) else stride[1]
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    kh, kw = weight.shape[2:]
    xp = F.pad(x, (pw, pw, ph, ph))
    win = xp.unfold(2, dh * (kh - 1) + 1, 1).unfold(3, dw * (kw - 1) + 1, s)[..., ::dh, ::dw]
    out = 0
    for c in range(x.shape[1]):
        out = out + torch.einsum("nhwij,oij->nohw", win[:, c], weight[:, c])
        if bias is not None:
            out = out + bias.view(1, -1, 1, 1)
    return out

# %% two_dilation_ignored_and_padding_swapped: Ignores the dilation, and pads the axes the wrong way round.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    n = x.shape[0]
    o, c, kh, kw = weight.shape
    xp = F.pad(x, (ph, ph, pw, pw))
    h_out = (xp.shape[2] - kh) // sh + 1
    w_out = (xp.shape[3] - kw) // sw + 1
    out = torch.zeros(n, o, h_out, w_out)
    for b in range(n):
        for k in range(o):
            for i in range(h_out):
                for j in range(w_out):
                    out[b, k, i, j] = (xp[b, :, i * sh:i * sh + kh, j * sw:j * sw + kw] * weight[k]).sum()
    return out if bias is None else out + bias.view(1, -1, 1, 1)

# %% two_batch_of_one_and_last_row_missing: Computes the first image only, and leaves out the last row of windows where the stride is 1.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    pair = lambda v: (v, v) if isinstance(v, int) else v
    (sh, sw), (ph, pw), (dh, dw) = map(pair, (stride, padding, dilation))
    o, _, kh, kw = weight.shape
    img = F.pad(x[:1], (pw, pw, ph, ph))
    ys = range(0, max(img.shape[2] - dh * (kh - 1) - 1, 1), sh)
    xs = range(0, img.shape[3] - dw * (kw - 1), sw)
    out = torch.zeros(1, o, len(ys), len(xs))
    for i, y in enumerate(ys):
        for j, z in enumerate(xs):
            patch = img[0, :, y:y + dh * (kh - 1) + 1:dh, z:z + dw * (kw - 1) + 1:dw]
            out[0, :, i, j] = (weight * patch).sum(dim=(1, 2, 3))
    return out if bias is None else out + bias.view(1, -1, 1, 1)

# %% two_replicated_border_and_float64: Repeats the border pixels as padding, and returns float64.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    pair = lambda v: (v, v) if isinstance(v, int) else v
    (sh, sw), (ph, pw), (dh, dw) = map(pair, (stride, padding, dilation))
    a = np.pad(x.detach().numpy().astype(float), ((0, 0), (0, 0), (ph, ph), (pw, pw)), mode="edge")
    k = weight.detach().numpy()
    kh, kw = k.shape[2:]
    win = np.lib.stride_tricks.sliding_window_view(a, (dh * (kh - 1) + 1, dw * (kw - 1) + 1), axis=(2, 3))
    out = torch.tensor(np.einsum("nchwij,ocij->nohw", win[:, :, ::sh, ::sw, ::dh, ::dw], k))
    if bias is not None:
        out = out + bias.detach().view(1, -1, 1, 1)
    return out

# %% dilation_before_stride: The parameters are in the order dilation, padding, stride.
def conv2d_manual(x, weight, bias=None, dilation=1, padding=0, stride=1):
    pair = lambda s: (s, s) if isinstance(s, int) else tuple(s)
    (sh, sw), (ph, pw), (dh, dw) = map(pair, (stride, padding, dilation))
    x = F.pad(x, (pw, pw, ph, ph))
    O, C, h, w = weight.shape
    H = (x.shape[2] - dh * (h - 1) - 1) // sh + 1
    W = (x.shape[3] - dw * (w - 1) - 1) // sw + 1
    columns = F.unfold(x, (h, w), dilation=(dh, dw), stride=(sh, sw))
    y = (weight.reshape(O, -1) @ columns).reshape(len(x), O, H, W)
    return y if bias is None else y + bias.view(-1, 1, 1)

# %% none_is_no_bias: The bias may be left out, but bias=None raises.
def conv2d_manual(x, weight, bias="none", stride=1, padding=0, dilation=1):
    pair = lambda s: (s, s) if isinstance(s, int) else tuple(s)
    (sh, sw), (ph, pw), (dh, dw) = map(pair, (stride, padding, dilation))
    x = F.pad(x, (pw, pw, ph, ph))
    O, C, h, w = weight.shape
    H = (x.shape[2] - dh * (h - 1) - 1) // sh + 1
    W = (x.shape[3] - dw * (w - 1) - 1) // sw + 1
    columns = F.unfold(x, (h, w), dilation=(dh, dw), stride=(sh, sw))
    y = (weight.reshape(O, -1) @ columns).reshape(len(x), O, H, W)
    return y if isinstance(bias, str) else y + bias.view(-1, 1, 1)
