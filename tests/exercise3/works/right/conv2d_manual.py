# %% unfold_and_matmul: F.unfold makes columns and a matrix product applies the filters.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    def pair(v):
        return (v, v) if isinstance(v, int) else tuple(v)
    (sh, sw), (ph, pw), (dh, dw) = pair(stride), pair(padding), pair(dilation)
    N, C, H, W = x.shape
    O, _, kh, kw = weight.shape
    H_out = (H + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    W_out = (W + 2 * pw - dw * (kw - 1) - 1) // sw + 1
    columns = F.unfold(x, (kh, kw), dilation=(dh, dw), padding=(ph, pw), stride=(sh, sw))
    out = weight.reshape(O, -1) @ columns
    if bias is not None:
        out = out + bias.view(1, -1, 1)
    return out.view(N, O, H_out, W_out)

# %% four_loops_with_slices: Loops over pictures, filters and positions, with strided slices for the dilation.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if isinstance(stride, int):
        stride = (stride, stride)
    if isinstance(padding, int):
        padding = (padding, padding)
    if isinstance(dilation, int):
        dilation = (dilation, dilation)
    x = F.pad(x, (padding[1], padding[1], padding[0], padding[0]))
    n, c, h, w = x.shape
    o, _, kh, kw = weight.shape
    eh = dilation[0] * (kh - 1) + 1
    ew = dilation[1] * (kw - 1) + 1
    out_h = (h - eh) // stride[0] + 1
    out_w = (w - ew) // stride[1] + 1
    out = torch.zeros(n, o, out_h, out_w, dtype=x.dtype)
    for b in range(n):
        for f in range(o):
            for i in range(out_h):
                for j in range(out_w):
                    top, left = i * stride[0], j * stride[1]
                    window = x[b, :, top:top + eh:dilation[0], left:left + ew:dilation[1]]
                    out[b, f, i, j] = (window * weight[f]).sum()
                    if bias is not None:
                        out[b, f, i, j] += bias[f]
    return out

# %% einsum_over_strided_windows: Makes windows with as_strided and contracts them by einsum.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    kh, kw = weight.shape[2:]
    padded = F.pad(x, (pw, pw, ph, ph)).contiguous()
    N, C, H, W = padded.shape
    oh, ow = (H - dh * (kh - 1) - 1) // sh + 1, (W - dw * (kw - 1) - 1) // sw + 1
    a, b, c, d = padded.stride()
    windows = padded.as_strided((N, C, oh, ow, kh, kw), (a, b, c * sh, d * sw, c * dh, d * dw))
    result = torch.einsum("nchwij,ocij->nohw", windows, weight)
    return result if bias is None else result + bias[:, None, None]

# %% sum_over_kernel_offsets: Loops over the kernel's positions only and adds shifted, weighted pictures.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    two = lambda v: [v, v] if not hasattr(v, "__iter__") else list(v)
    s, p, d = two(stride), two(padding), two(dilation)
    kh, kw = weight.shape[-2:]
    x = F.pad(x, [p[1], p[1], p[0], p[0]])
    oh = (x.shape[2] - d[0] * (kh - 1) - 1) // s[0] + 1
    ow = (x.shape[3] - d[1] * (kw - 1) - 1) // s[1] + 1
    out = 0
    for i in range(kh):
        for j in range(kw):
            part = x[:, :, i * d[0]:i * d[0] + (oh - 1) * s[0] + 1:s[0], j * d[1]:j * d[1] + (ow - 1) * s[1] + 1:s[1]]
            out = out + torch.einsum("nchw,oc->nohw", part, weight[:, :, i, j])
    if bias is not None:
        out = out + bias.reshape(1, -1, 1, 1)
    return out

# %% numpy_sliding_window_view: numpy only, with sliding_window_view and tensordot.
from numpy.lib.stride_tricks import sliding_window_view

def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = np.broadcast_to(stride, 2)
    ph, pw = np.broadcast_to(padding, 2)
    dh, dw = np.broadcast_to(dilation, 2)
    a = np.pad(x.detach().numpy(), ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    k = weight.detach().numpy()
    eh, ew = dh * (k.shape[2] - 1) + 1, dw * (k.shape[3] - 1) + 1
    windows = sliding_window_view(a, (eh, ew), axis=(2, 3))[:, :, ::sh, ::sw, ::dh, ::dw]
    out = np.tensordot(windows, k, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
    if bias is not None:
        out = out + bias.detach().numpy()[None, :, None, None]
    return torch.from_numpy(np.ascontiguousarray(out))

# %% fft_in_double_precision: Correlation by FFT in float64 with a dilated kernel, then strided and cast back.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    pair = lambda v: (v, v) if isinstance(v, int) else v
    (sh, sw), (ph, pw), (dh, dw) = map(pair, (stride, padding, dilation))
    O, C, kh, kw = weight.shape
    image = F.pad(x, (pw, pw, ph, ph)).to(torch.float64)
    kernel = torch.zeros(O, C, dh * (kh - 1) + 1, dw * (kw - 1) + 1, dtype=torch.float64)
    kernel[:, :, ::dh, ::dw] = weight.to(torch.float64)
    size = image.shape[-2:]
    spectrum = torch.einsum("nchw,ochw->nohw", torch.fft.rfft2(image), torch.fft.rfft2(kernel, s=size).conj())
    full = torch.fft.irfft2(spectrum, s=size)
    valid = full[:, :, :size[0] - kernel.shape[2] + 1:sh, :size[1] - kernel.shape[3] + 1:sw]
    if bias is not None:
        valid = valid + bias.to(torch.float64)[:, None, None]
    return valid.to(x.dtype)

# %% pure_python_lists: Everything in nested Python lists, padding by an index check.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    def pair(v):
        if isinstance(v, int):
            return v, v
        return v[0], v[1]
    sh, sw = pair(stride)
    ph, pw = pair(padding)
    dh, dw = pair(dilation)
    N, C, H, W = x.shape
    O, _, KH, KW = weight.shape
    xs, ws = x.tolist(), weight.tolist()
    bs = bias.tolist() if bias is not None else [0.0] * O
    OH = (H + 2 * ph - dh * (KH - 1) - 1) // sh + 1
    OW = (W + 2 * pw - dw * (KW - 1) - 1) // sw + 1
    out = []
    for n in range(N):
        maps = []
        for o in range(O):
            rows = []
            for i in range(OH):
                row = []
                for j in range(OW):
                    total = bs[o]
                    for c in range(C):
                        for u in range(KH):
                            r = i * sh + u * dh - ph
                            if r < 0 or r >= H:
                                continue
                            for v in range(KW):
                                q = j * sw + v * dw - pw
                                if 0 <= q < W:
                                    total += xs[n][c][r][q] * ws[o][c][u][v]
                    row.append(total)
                rows.append(row)
            maps.append(rows)
        out.append(maps)
    return torch.tensor(out, dtype=x.dtype).reshape(N, O, OH, OW)

# %% tensor_unfold_twice: Tensor.unfold twice over the span of the kernel, every d-th value kept.
def conv2d_manual(x: Tensor, weight: Tensor, bias: Tensor | None = None, stride=1, padding=0, dilation=1) -> Tensor:
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    dh, dw = dilation if isinstance(dilation, (tuple, list)) else (dilation, dilation)
    kh, kw = weight.size(2), weight.size(3)
    windows = (
        F.pad(x, (pw, pw, ph, ph))
        .unfold(2, dh * (kh - 1) + 1, sh)
        .unfold(3, dw * (kw - 1) + 1, sw)[..., ::dh, ::dw]
    )
    out = torch.tensordot(windows, weight, dims=([1, 4, 5], [1, 2, 3])).permute(0, 3, 1, 2)
    return out.contiguous() if bias is None else out + bias.view(-1, 1, 1)

# %% index_grid_gather: Advanced indexing with row and column index grids.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    as2 = lambda v: torch.as_tensor(v).expand(2).tolist()
    (s0, s1), (p0, p1), (d0, d1) = as2(stride), as2(padding), as2(dilation)
    n, c, h, w = x.shape
    o, _, kh, kw = weight.shape
    xp = x.new_zeros(n, c, h + 2 * p0, w + 2 * p1)
    xp[:, :, p0:p0 + h, p1:p1 + w] = x
    rows = torch.arange((h + 2 * p0 - d0 * (kh - 1) - 1) // s0 + 1)[:, None] * s0 + torch.arange(kh) * d0
    cols = torch.arange((w + 2 * p1 - d1 * (kw - 1) - 1) // s1 + 1)[:, None] * s1 + torch.arange(kw) * d1
    patches = xp[:, :, rows[:, None, :, None], cols[None, :, None, :]]      # n c oh ow kh kw
    y = (patches.permute(0, 2, 3, 1, 4, 5).flatten(3) @ weight.flatten(1).T).movedim(-1, 1)
    if bias is not None:
        y = y + bias[None, :, None, None]
    return y

# %% vmap_over_batch_and_filters: torch.vmap over pictures and filters of a function for one picture and one filter.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride,) * 2 if isinstance(stride, int) else stride
    ph, pw = (padding,) * 2 if isinstance(padding, int) else padding
    dh, dw = (dilation,) * 2 if isinstance(dilation, int) else dilation
    kh, kw = weight.shape[2:]
    x = F.pad(x, (pw, pw, ph, ph))
    oh = (x.shape[2] - dh * (kh - 1) - 1) // sh + 1
    ow = (x.shape[3] - dw * (kw - 1) - 1) // sw + 1

    def one(image, kernel):
        total = torch.zeros(oh, ow, dtype=x.dtype)
        for i in range(kh):
            for j in range(kw):
                view = image[:, i * dh:i * dh + sh * (oh - 1) + 1:sh, j * dw:j * dw + sw * (ow - 1) + 1:sw]
                total = total + (view * kernel[:, i, j, None, None]).sum(0)
        return total

    out = torch.vmap(torch.vmap(one, (None, 0)), (0, None))(x, weight)
    if bias is not None:
        out = out + bias[:, None, None]
    return out

# %% scipy_or_numpy_fallback: Uses scipy.signal.correlate2d if it is there, otherwise a numpy loop.
try:
    from scipy.signal import correlate2d as _correlate
except ImportError:
    def _correlate(a, k, mode="valid"):
        h, w = a.shape[0] - k.shape[0] + 1, a.shape[1] - k.shape[1] + 1
        out = np.zeros((h, w), dtype=a.dtype)
        for i in range(k.shape[0]):
            for j in range(k.shape[1]):
                out += k[i, j] * a[i:i + h, j:j + w]
        return out


def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    def pair(v):
        return (v, v) if np.isscalar(v) else tuple(v)
    s, p, d = pair(stride), pair(padding), pair(dilation)
    a = np.pad(x.detach().cpu().numpy().astype(np.float64), ((0, 0), (0, 0), (p[0], p[0]), (p[1], p[1])))
    w = weight.detach().cpu().numpy().astype(np.float64)
    O, C, kh, kw = w.shape
    kernel = np.zeros((O, C, d[0] * (kh - 1) + 1, d[1] * (kw - 1) + 1))
    kernel[:, :, ::d[0], ::d[1]] = w
    out = np.stack([
        np.stack([sum(_correlate(image[c], kernel[o, c], mode="valid") for c in range(C)) for o in range(O)])
        for image in a
    ])[:, :, ::s[0], ::s[1]]
    result = torch.tensor(np.ascontiguousarray(out), dtype=x.dtype)
    return result if bias is None else result + bias.detach().reshape(1, -1, 1, 1)

# %% toeplitz_matrix: Builds the big matrix of the convolution and multiplies flattened pictures by it.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    pair = lambda v: v if isinstance(v, tuple) else (v, v)
    (sh, sw), (ph, pw), (dh, dw) = pair(stride), pair(padding), pair(dilation)
    N, C, H, W = x.shape
    O, _, kh, kw = weight.shape
    oh = (H + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    ow = (W + 2 * pw - dw * (kw - 1) - 1) // sw + 1
    matrix = torch.zeros(O, oh, ow, C, H, W, dtype=x.dtype)
    with torch.no_grad():
        for i in range(oh):
            for u in range(kh):
                r = i * sh - ph + u * dh
                if not 0 <= r < H:
                    continue
                for j in range(ow):
                    for v in range(kw):
                        q = j * sw - pw + v * dw
                        if 0 <= q < W:
                            matrix[:, i, j, :, r, q] = weight[:, :, u, v]
    y = x.reshape(N, -1) @ matrix.reshape(O * oh * ow, -1).T
    y = y.reshape(N, O, oh, ow)
    return y if bias is None else y + bias.reshape(O, 1, 1)

# %% separate_per_input_channel: Unfolds one input channel after the other and adds their parts up, channels moved last.
def _kanal(bild, kerne, oh, ow, s, d):
    ergebnis = 0
    for u, v in np.ndindex(*kerne.shape[1:]):
        stück = bild[:, u * d[0]:, v * d[1]:][:, ::s[0], ::s[1]][:, :oh, :ow]
        ergebnis = ergebnis + stück[..., None] * kerne[:, u, v]
    return ergebnis

def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    paar = lambda wert: (wert, wert) if isinstance(wert, int) else tuple(wert)
    s, p, d = paar(stride), paar(padding), paar(dilation)
    x = F.pad(x, (p[1],) * 2 + (p[0],) * 2)
    größe = [(x.shape[2 + a] - d[a] * (weight.shape[2 + a] - 1) - 1) // s[a] + 1 for a in (0, 1)]
    y = sum(_kanal(x[:, c], weight[:, c], *größe, s, d) for c in range(x.shape[1]))
    if bias is not None:
        y = y + bias
    return y.permute(0, 3, 1, 2)

# %% autograd_function: A torch.autograd.Function that unfolds forward and folds backward.
class _ManualConv(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, weight, geometry):
        kernel = tuple(weight.shape[2:])
        cols = F.unfold(x, kernel, **geometry)
        ctx.save_for_backward(cols, weight)
        ctx.geometry, ctx.size, ctx.kernel = geometry, tuple(x.shape[2:]), kernel
        return weight.flatten(1) @ cols

    @staticmethod
    def backward(ctx, grad):
        cols, weight = ctx.saved_tensors
        gx = F.fold(weight.flatten(1).t() @ grad, ctx.size, ctx.kernel, **ctx.geometry)
        gw = (grad @ cols.transpose(1, 2)).sum(0).view_as(weight)
        return gx, gw, None


def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    t = lambda v: (v, v) if isinstance(v, int) else tuple(v)
    stride, padding, dilation = t(stride), t(padding), t(dilation)
    y = _ManualConv.apply(x, weight, dict(stride=stride, padding=padding, dilation=dilation))
    h = (x.shape[2] + 2 * padding[0] - dilation[0] * (weight.shape[2] - 1) - 1) // stride[0] + 1
    y = y.reshape(x.shape[0], weight.shape[0], h, -1)
    return y if bias is None else y + bias[:, None, None]

# %% broadcasting_multiply_and_sum: Broadcasts windows against filters and sums three axes, without any matrix product.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    stride, padding, dilation = [(v, v) if type(v) is int else v for v in (stride, padding, dilation)]
    KH, KW = weight.shape[2], weight.shape[3]
    span_h, span_w = dilation[0] * (KH - 1) + 1, dilation[1] * (KW - 1) + 1
    x = nn.ZeroPad2d((padding[1], padding[1], padding[0], padding[0]))(x)
    win = x.unfold(2, span_h, stride[0]).unfold(3, span_w, stride[1])
    win = win[:, :, :, :, ::dilation[0], ::dilation[1]].unsqueeze(1)        # N 1 C OH OW KH KW
    ker = weight[None, :, :, None, None]                                    # 1 O C 1 1 KH KW
    y = (win * ker).sum(dim=(2, 5, 6))
    if bias is not None:
        y = y + bias[None, :, None, None]
    return y

# %% flip_and_reuse_of_polynomials: Correlates every pair of rows by numpy.convolve with the reversed kernel row.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    (sh, sw), (ph, pw), (dh, dw) = [tuple(np.broadcast_to(v, 2).tolist()) for v in (stride, padding, dilation)]
    a = np.pad(x.detach().numpy().astype("float64"), [(0, 0), (0, 0), (ph, ph), (pw, pw)])
    k = weight.detach().numpy().astype("float64")
    N, C, H, W = a.shape
    O, _, kh, kw = k.shape
    stretched = np.zeros((O, C, kh, dw * (kw - 1) + 1))
    stretched[..., ::dw] = k
    oh = (H - dh * (kh - 1) - 1) // sh + 1
    ow = (W - dw * (kw - 1) - 1) // sw + 1
    out = np.zeros((N, O, oh, ow))
    for n, o, i in np.ndindex(N, O, oh):
        for c, u in np.ndindex(C, kh):
            out[n, o, i] += np.convolve(a[n, c, i * sh + u * dh], stretched[o, c, u][::-1], mode="valid")[::sw]
        if bias is not None:
            out[n, o, i] += float(bias[o])
    return torch.from_numpy(out).to(x.dtype)

# %% class_namespace_with_steps: A namespace class with static methods pad, windows and apply.
class Conv:
	@staticmethod
	def both(value):
		return (value, value) if isinstance(value, int) else (value[0], value[1])

	@staticmethod
	def pad(x, ph, pw):
		n, c, h, w = x.shape
		top = torch.zeros(n, c, ph, w, dtype=x.dtype)
		x = torch.cat([top, x, top], dim=2)
		side = torch.zeros(n, c, h + 2 * ph, pw, dtype=x.dtype)
		return torch.cat([side, x, side], dim=3)

	@staticmethod
	def windows(x, kernel, stride, dilation):
		spans = [d * (k - 1) + 1 for k, d in zip(kernel, dilation)]
		for top in range(0, x.shape[2] - spans[0] + 1, stride[0]):
			for left in range(0, x.shape[3] - spans[1] + 1, stride[1]):
				yield x[:, :, top:top + spans[0]:dilation[0], left:left + spans[1]:dilation[1]]


def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
	stride, padding, dilation = Conv.both(stride), Conv.both(padding), Conv.both(dilation)
	x = Conv.pad(x, *padding)
	kernel = weight.shape[2:]
	answers = [torch.einsum('ncij,ocij->no', w, weight) for w in Conv.windows(x, kernel, stride, dilation)]
	height = (x.shape[2] - dilation[0] * (kernel[0] - 1) - 1) // stride[0] + 1
	y = torch.stack(answers, dim=-1).unflatten(-1, (height, -1))
	if bias is not None:
		y = y + bias.reshape(1, -1, 1, 1)
	return y

# %% linear_on_columns: F.linear on unfolded columns, which adds the bias on its own.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    columns = F.unfold(x, weight.shape[2:], dilation, padding, stride).mT
    y = F.linear(columns, weight.flatten(1), bias).mT
    size = conv_size(x, weight, stride, padding, dilation)
    return F.fold(y, size, (1, 1))

def conv_size(x, weight, stride, padding, dilation):
    size = []
    for axis in range(2):
        s, p, d = (v if isinstance(v, int) else v[axis] for v in (stride, padding, dilation))
        size.append((x.size(axis + 2) + 2 * p - d * (weight.size(axis + 2) - 1) - 1) // s + 1)
    return size

# %% prefix_of_roll: Rolls the padded picture for every offset of the kernel and cuts the valid corner.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    p2 = lambda v: (v, v) if isinstance(v, int) else v
    (sh, sw), (ph, pw), (dh, dw) = p2(stride), p2(padding), p2(dilation)
    kh, kw = weight.shape[2:]
    z = F.pad(x, (pw, pw, ph, ph))
    eh, ew = z.shape[2] - dh * (kh - 1), z.shape[3] - dw * (kw - 1)
    planes = torch.stack([torch.roll(z, (-i * dh, -j * dw), (2, 3))[:, :, :eh:sh, :ew:sw] for i in range(kh) for j in range(kw)], 2)
    y = torch.einsum("nckhw,ock->nohw", planes, weight.reshape(*weight.shape[:2], -1))
    return y if bias is None else y + bias[:, None, None]

# %% jit_script_kernel: The inner loop over kernel offsets is a torch.jit.script function.
@torch.jit.script
def _offsets(x: torch.Tensor, weight: torch.Tensor, sh: int, sw: int, dh: int, dw: int) -> torch.Tensor:
    kh, kw = weight.size(2), weight.size(3)
    oh = (x.size(2) - dh * (kh - 1) - 1) // sh + 1
    ow = (x.size(3) - dw * (kw - 1) - 1) // sw + 1
    out = torch.zeros([x.size(0), weight.size(0), oh, ow], dtype=x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = x[:, :, i * dh:i * dh + (oh - 1) * sh + 1:sh, j * dw:j * dw + (ow - 1) * sw + 1:sw]
            out = out + torch.einsum("nchw,oc->nohw", [part, weight[:, :, i, j]])
    return out

def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    (sh, sw), (ph, pw), (dh, dw) = [(v, v) if isinstance(v, int) else v for v in (stride, padding, dilation)]
    y = _offsets(F.pad(x, (pw, pw, ph, ph)), weight, sh, sw, dh, dw)
    return y if bias is None else y + bias.view(1, -1, 1, 1)

# %% double_precision_result: Collects the result in a numpy array of float64 and returns a float64 tensor.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    a = np.pad(x.detach().numpy(), [(0, 0), (0, 0), (ph, ph), (pw, pw)])
    k = weight.detach().numpy()
    o, c, kh, kw = k.shape
    ho = (a.shape[2] - dh * (kh - 1) - 1) // sh + 1
    wo = (a.shape[3] - dw * (kw - 1) - 1) // sw + 1
    out = np.zeros((a.shape[0], o, ho, wo))
    for i in range(ho):
        for j in range(wo):
            patch = a[:, :, i * sh:i * sh + dh * (kh - 1) + 1:dh, j * sw:j * sw + dw * (kw - 1) + 1:dw]
            out[:, :, i, j] = np.einsum("nckl,ockl->no", patch, k)
    if bias is not None:
        out += bias.detach().numpy()[None, :, None, None]
    return torch.tensor(out)

# %% returns_numpy: Returns a numpy array, not a tensor.
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    a = np.pad(x.detach().numpy(), [(0, 0), (0, 0), (ph, ph), (pw, pw)])
    k = weight.detach().numpy()
    kh, kw = k.shape[2:]
    win = np.lib.stride_tricks.sliding_window_view(a, (dh * (kh - 1) + 1, dw * (kw - 1) + 1), axis=(2, 3))
    out = np.einsum("nchwij,ocij->nohw", win[:, :, ::sh, ::sw, ::dh, ::dw], k)
    if bias is not None:
        out = out + bias.detach().numpy().reshape(1, -1, 1, 1)
    return out
