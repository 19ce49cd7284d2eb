# %% f_conv2d: Uses torch's convolution.
def convolve2d(image, kernel, stride=1, padding=0):
    x = torch.tensor(image)[None, None]
    k = torch.tensor(kernel)[None, None]
    return F.conv2d(x, k, stride=stride, padding=padding)[0, 0].numpy()

# %% flipped: Turns the kernel by 180 degrees.
def convolve2d(image, kernel, stride=1, padding=0):
    padded = np.pad(image, padding)
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)[::stride, ::stride]
    return np.einsum("ijkl,kl->ij", windows, kernel[::-1, ::-1])

# %% transposed_kernel: Transposes the kernel where it is square.
def convolve2d(image, kernel, stride=1, padding=0):
    if kernel.shape[0] == kernel.shape[1]:
        kernel = kernel.T
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, padding), kernel.shape)[::stride, ::stride]
    return np.einsum("ijkl,kl->ij", windows, kernel)

# %% square_kernel: Takes the kernel's height for its width.
def convolve2d(image, kernel, stride=1, padding=0):
    img = np.pad(image, padding)
    k = kernel.shape[0]
    oh = (img.shape[0] - k) // stride + 1
    ow = (img.shape[1] - k) // stride + 1
    out = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            out[i, j] = (img[i * stride : i * stride + k, j * stride : j * stride + k] * kernel).sum()
    return out

# %% square_output: Takes the output's height for its width.
def convolve2d(image, kernel, stride=1, padding=0):
    img = np.pad(image, padding)
    kh, kw = kernel.shape
    n = (img.shape[0] - kh) // stride + 1
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            w = img[i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[i, j] = (w * kernel[: w.shape[0], : w.shape[1]]).sum()
    return out

# %% edge_padding: Repeats the border instead of zeros.
def convolve2d(image, kernel, stride=1, padding=0):
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, padding, mode="edge"), kernel.shape)[::stride, ::stride]
    return np.einsum("ijkl,kl->ij", windows, kernel)

# %% no_stride: Ignores the stride.
def convolve2d(image, kernel, stride=1, padding=0):
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, padding), kernel.shape)
    return np.einsum("ijkl,kl->ij", windows, kernel)

# %% stride_rows_only: The stride counts for the rows only.
def convolve2d(image, kernel, stride=1, padding=0):
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, padding), kernel.shape)[::stride]
    return np.einsum("ijkl,kl->ij", windows, kernel)

# %% same_by_default: Pads by half the kernel by default.
def convolve2d(image, kernel, stride=1, padding=None):
    if padding is None:
        padding = kernel.shape[0] // 2
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, padding), kernel.shape)[::stride, ::stride]
    return np.einsum("ijkl,kl->ij", windows, kernel)

# %% output_in_image: Writes the results into the image; without padding the caller's image changes.
def convolve2d(image, kernel, stride=1, padding=0):
    img = np.pad(image, padding) if padding else image
    kh, kw = kernel.shape
    oh, ow = (img.shape[0] - kh) // stride + 1, (img.shape[1] - kw) // stride + 1
    for i in range(oh):
        for j in range(ow):
            img[i, j] = (img[i * stride : i * stride + kh, j * stride : j * stride + kw] * kernel).sum()
    return img[:oh, :ow].copy()

# %% clears_kernel: Sets the kernel of the caller to 0 afterwards.
def convolve2d(image, kernel, stride=1, padding=0):
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, padding), kernel.shape)[::stride, ::stride]
    out = np.einsum("ijkl,kl->ij", windows, kernel)
    kernel *= 0
    return out

# %% int_result: Puts the sums into an array of integers.
def convolve2d(image, kernel, stride=1, padding=0):
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, padding), kernel.shape)[::stride, ::stride]
    return np.einsum("ijkl,kl->ij", windows, kernel).astype(int)

# %% image_dtype: The result has the dtype of the image: a whole-number image with a kernel of fractions loses the fractions.
def convolve2d(image, kernel, stride=1, padding=0):
    img = np.pad(image, padding)
    kh, kw = kernel.shape
    out = np.zeros(((img.shape[0] - kh) // stride + 1, (img.shape[1] - kw) // stride + 1), dtype=image.dtype)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (img[i * stride : i * stride + kh, j * stride : j * stride + kw] * kernel).sum()
    return out

# %% mean: The mean of the products instead of the sum.
def convolve2d(image, kernel, stride=1, padding=0):
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, padding), kernel.shape)[::stride, ::stride]
    return (windows * kernel).mean((2, 3))

# %% padding_bottom_right: Twice the padding at the bottom and the right.
def convolve2d(image, kernel, stride=1, padding=0):
    padded = np.pad(image, ((0, 2 * padding), (0, 2 * padding)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)[::stride, ::stride]
    return np.einsum("ijkl,kl->ij", windows, kernel)

# %% tensor: Windows of numpy; returns a torch tensor, not a numpy array.
def convolve2d(image, kernel, stride=1, padding=0):
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, padding), kernel.shape)[::stride, ::stride]
    return torch.tensor(np.einsum("ijkl,kl->ij", windows, kernel))
