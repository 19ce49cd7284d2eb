# %% loops_sum: Two loops with a numpy sum.
def convolve2d(image, kernel, stride=1, padding=0):
    img = np.pad(image, padding)
    kh, kw = kernel.shape
    oh = (img.shape[0] - kh) // stride + 1
    ow = (img.shape[1] - kw) // stride + 1
    out = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            out[i, j] = (img[i * stride : i * stride + kh, j * stride : j * stride + kw] * kernel).sum()
    return out

# %% sliding_windows: sliding_window_view and einsum.
def convolve2d(image, kernel, stride=1, padding=0):
    padded = np.pad(image, ((padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)[::stride, ::stride]
    return np.einsum("ijkl,kl->ij", windows, kernel)

# %% pure_python: Six-fold pure Python without padding the image.
def convolve2d(image, kernel, stride=1, padding=0):
    H, W = image.shape
    KH, KW = kernel.shape
    rows = []
    for r in range(-padding, H + padding - KH + 1, stride):
        row = []
        for c in range(-padding, W + padding - KW + 1, stride):
            s = 0.0
            for a in range(KH):
                for b in range(KW):
                    if 0 <= r + a < H and 0 <= c + b < W:
                        s += float(image[r + a, c + b]) * float(kernel[a, b])
            row.append(s)
        rows.append(row)
    return np.array(rows)

# %% kernel_offsets: Loops over the kernel and adds shifted images.
def convolve2d(image, kernel, stride=1, padding=0):
    H, W = image.shape
    big = np.zeros((H + 2 * padding, W + 2 * padding))
    big[padding : padding + H, padding : padding + W] = image
    out = 0.0
    h, w = big.shape[0] - kernel.shape[0] + 1, big.shape[1] - kernel.shape[1] + 1
    for (a, b), weight in np.ndenumerate(kernel):
        out = out + weight * big[a : a + h, b : b + w]
    return out[::stride, ::stride]

# %% torch_unfold: Torch tensors and Tensor.unfold, which is no convolution.
def convolve2d(image, kernel, stride=1, padding=0):
    x = torch.from_numpy(np.pad(image, padding).astype(float))
    k = torch.from_numpy(np.array(kernel, dtype=float))
    windows = x.unfold(0, k.shape[0], stride).unfold(1, k.shape[1], stride)
    return (windows * k).sum((2, 3)).numpy()

# %% helper_positions: With window_positions of the same file and tensordot.
def convolve2d(image, kernel, stride=1, padding=0):
    kh, kw = kernel.shape
    rows = window_positions(image.shape[0], kh, stride, padding)
    cols = window_positions(image.shape[1], kw, stride, padding)
    p = np.pad(image, padding)
    return np.array([[np.tensordot(p[r + padding : r + padding + kh, c + padding : c + padding + kw], kernel) for c in cols] for r in rows])
