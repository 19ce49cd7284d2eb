# %% pad_inf_unfold_amax: Pads with minus infinity, unfolds twice and takes amax.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    x = F.pad(x, (padding,) * 4, value=float("-inf"))
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(-2, -1))

# %% nested_loops_over_windows: Loops over pictures, channels and windows.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    n, c, h, w = x.shape
    padded = torch.full((n, c, h + 2 * padding, w + 2 * padding), -math.inf)
    padded[:, :, padding:padding + h, padding:padding + w] = x
    out_h = (h + 2 * padding - kernel_size) // stride + 1
    out_w = (w + 2 * padding - kernel_size) // stride + 1
    out = torch.empty(n, c, out_h, out_w)
    for a in range(n):
        for b in range(c):
            for i in range(out_h):
                for j in range(out_w):
                    out[a, b, i, j] = padded[a, b, i * stride:i * stride + kernel_size, j * stride:j * stride + kernel_size].max()
    return out

# %% clipped_windows_without_padding: No padding at all; windows are clipped to the picture.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    H, W = x.shape[2:]
    rows = []
    for top in range(-padding, H + padding - kernel_size + 1, stride):
        row = []
        for left in range(-padding, W + padding - kernel_size + 1, stride):
            window = x[:, :, max(top, 0):top + kernel_size, max(left, 0):left + kernel_size]
            row.append(window.flatten(2).max(dim=2).values)
        rows.append(torch.stack(row, dim=-1))
    return torch.stack(rows, dim=-2)

# %% maximum_of_shifts: torch.maximum over shifted and strided views.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    p = F.pad(x, [padding] * 4, value=-torch.inf)
    oh = (p.size(2) - kernel_size) // s + 1
    ow = (p.size(3) - kernel_size) // s + 1
    best = torch.full((*x.shape[:2], oh, ow), -torch.inf, dtype=x.dtype)
    for i in range(kernel_size):
        for j in range(kernel_size):
            best = torch.maximum(best, p[:, :, i:i + s * (oh - 1) + 1:s, j:j + s * (ow - 1) + 1:s])
    return best

# %% separable_rows_then_columns: The maximum is separable, so rows first and columns next.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if stride is None: stride = kernel_size
    x = F.pad(x, (padding, padding, padding, padding), mode="constant", value=-float("inf"))
    rows = x.unfold(3, kernel_size, stride).max(-1)[0]
    return rows.unfold(2, kernel_size, stride).max(-1)[0]

# %% f_unfold_columns: Uses F.unfold on a picture that was padded with minus infinity before.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = stride if stride is not None else kernel_size
    N, C, H, W = x.shape
    x = F.pad(x, (padding, padding, padding, padding), value=float('-inf'))
    cols = F.unfold(x, kernel_size, stride=stride)
    cols = cols.view(N, C, kernel_size * kernel_size, -1)
    h = (H + 2 * padding - kernel_size) // stride + 1
    w = (W + 2 * padding - kernel_size) // stride + 1
    return cols.max(dim=2)[0].view(N, C, h, w)

# %% numpy_sliding_windows: numpy with sliding_window_view.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    from numpy.lib.stride_tricks import sliding_window_view
    step = kernel_size if stride is None else stride
    a = np.pad(x.detach().numpy(), ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    w = sliding_window_view(a, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::step, ::step]
    return torch.from_numpy(w.max(axis=(4, 5)))

# %% python_lists_max: Pure Python lists and the built-in max.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    N, C, H, W = x.shape
    OH = (H + 2 * padding - kernel_size) // stride + 1
    OW = (W + 2 * padding - kernel_size) // stride + 1

    def window(m, i, j):
        for r in range(i * stride - padding, i * stride - padding + kernel_size):
            for c in range(j * stride - padding, j * stride - padding + kernel_size):
                if 0 <= r < H and 0 <= c < W:
                    yield m[r][c]

    data = [[[[max(window(m, i, j)) for j in range(OW)] for i in range(OH)] for m in image] for image in x.tolist()]
    return torch.tensor(data, dtype=x.dtype)

# %% as_strided_windows: as_strided on a contiguous padded copy.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    y = F.pad(x, (padding,) * 4, value=-math.inf).contiguous()
    n, c, h, w = y.shape
    a, b, d, e = y.stride()
    k = kernel_size
    view = torch.as_strided(y, (n, c, (h - k) // s + 1, (w - k) // s + 1, k, k), (a, b, d * s, e * s, d, e))
    return view.flatten(-2).max(-1).values

# %% reshape_fast_path: Reshapes where stride equals the kernel and nothing is padded, else unfolds.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    stride = k if stride is None else stride
    if stride == k and padding == 0:
        n, c, h, w = x.shape
        x = x[:, :, :h // k * k, :w // k * k]
        return x.reshape(n, c, h // k, k, w // k, k).amax((3, 5))
    x = F.pad(x, (padding, padding, padding, padding), value=-float("inf"))
    return x.unfold(2, k, stride).unfold(3, k, stride).flatten(4).amax(4)

# %% sort_and_take_last: Sorts each window and takes the last value.
def max_pool2d_manual(x: Tensor, kernel_size: int, stride: int | None = None, padding: int = 0) -> Tensor:
    if stride is None:
        stride = kernel_size
    padded = nn.ConstantPad2d(padding, float("-inf"))(x)
    windows = padded.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride)
    windows = windows.reshape(*windows.shape[:4], kernel_size ** 2)
    ordered, _ = torch.sort(windows, dim=-1)
    return ordered[..., -1]

# %% index_grids: Advanced indexing by row and column grids.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    x = F.pad(x, (padding, padding, padding, padding), value=float("-inf"))
    grid = lambda n: torch.arange(0, n - kernel_size + 1, stride)[:, None] + torch.arange(kernel_size)
    r, c = grid(x.shape[2]), grid(x.shape[3])
    return x[:, :, r[:, None, :, None], c[None, :, None, :]].amax((-1, -2))

# %% vmap_per_map: torch.vmap twice over a function for one map.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    step = stride if stride else kernel_size

    def single(m):
        m = F.pad(m, (padding,) * 4, value=float("-inf"))
        return m.unfold(0, kernel_size, step).unfold(1, kernel_size, step).amax((-1, -2))

    return torch.vmap(torch.vmap(single))(x)

# %% partial_application: A keyword-only function with functools.partial for the padding value.
from functools import partial

pad_low = partial(F.pad, mode="constant", value=float("-inf"))

def _pool(x, *, size, step):
    heights = range(0, x.shape[-2] - size + 1, step)
    widths = range(0, x.shape[-1] - size + 1, step)
    return torch.stack([torch.stack([x[..., t:t + size, l:l + size].amax((-2, -1)) for l in widths], -1) for t in heights], -2)

def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    return _pool(pad_low(x, (padding,) * 4), size=kernel_size, step=stride or kernel_size)

# %% negated_minimum: The negated minimum of the negated picture, padded with plus infinity.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
  stride = stride if stride is not None else kernel_size
  negative = F.pad(-x, (padding, padding, padding, padding), value=math.inf)
  windows = negative.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride)
  return -windows.amin(dim=(4, 5))

# %% recursion_log_steps: Recursion builds the running maximum of width k from that of k // 2.
def _running(x, k, dim):
    if k == 1:
        return x
    half = k // 2
    m = _running(x, half, dim)
    n = x.size(dim) - k + 1
    y = torch.maximum(m.narrow(dim, 0, n), m.narrow(dim, half, n))
    return y if k % 2 == 0 else torch.maximum(y, m.narrow(dim, k - half, n))

def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    x = F.pad(x, (padding,) * 4, value=-torch.inf)
    for dim in (2, 3):
        x = _running(x, kernel_size, dim)
    return x[:, :, ::stride, ::stride]

# %% russian_identifiers_verbose: Russian identifiers, loops over windows for all pictures at once.
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    шаг = kernel_size if stride is None else stride
    ядро = kernel_size
    рамка = F.pad(x, (padding, padding, padding, padding), "constant", float("-inf"))
    высота = (рамка.shape[2] - ядро) // шаг + 1
    ширина = (рамка.shape[3] - ядро) // шаг + 1
    ответ = x.new_empty(x.shape[0], x.shape[1], высота, ширина)
    for и in range(высота):
        for й in range(ширина):
            окно = рамка[:, :, и * шаг:и * шаг + ядро, й * шаг:й * шаг + ядро]
            ответ[:, :, и, й] = torch.amax(окно, (2, 3))
    return ответ
