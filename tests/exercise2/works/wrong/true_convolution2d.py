# %% no_flip: Does not turn the kernel.
def true_convolution2d(image, kernel):
    return convolve2d(image, kernel)

# %% rows_only: Mirrors the rows only.
def true_convolution2d(image, kernel):
    return convolve2d(image, kernel[::-1])

# %% columns_only: Mirrors the columns only.
def true_convolution2d(image, kernel):
    return convolve2d(image, kernel[:, ::-1])

# %% transpose: Transposes a square kernel, mirrors another.
def true_convolution2d(image, kernel):
    if kernel.shape[0] == kernel.shape[1]:
        return convolve2d(image, kernel.T)
    return convolve2d(image, kernel[::-1, ::-1])

# %% rot90_once: Turns a square kernel by 90 degrees.
def true_convolution2d(image, kernel):
    if kernel.shape[0] == kernel.shape[1]:
        return convolve2d(image, np.rot90(kernel))
    return convolve2d(image, kernel[::-1, ::-1])

# %% in_place: Turns the caller's kernel in place.
def true_convolution2d(image, kernel):
    kernel[:] = kernel[::-1, ::-1].copy()
    return convolve2d(image, kernel)

# %% image_turned: Turns the image instead of the kernel.
def true_convolution2d(image, kernel):
    return convolve2d(image[::-1, ::-1], kernel)

# %% full: The full convolution, as with padding.
def true_convolution2d(image, kernel):
    H, W = image.shape
    h, w = kernel.shape
    shape = (H + h - 1, W + w - 1)
    return np.fft.irfft2(np.fft.rfft2(image, shape) * np.fft.rfft2(kernel, shape), shape)

# %% torch_conv: Uses torch's convolution with a turned kernel.
def true_convolution2d(image, kernel):
    k = torch.tensor(kernel.copy()).flip(0, 1)
    return F.conv2d(torch.tensor(image)[None, None], k[None, None])[0, 0].numpy()

# %% negative: Negates the kernel.
def true_convolution2d(image, kernel):
    return convolve2d(image, -kernel)

# %% image_in_place: Turns the caller's image in place, convolves and leaves it turned.
def true_convolution2d(image, kernel):
    image[:] = image[::-1, ::-1].copy()
    return convolve2d(image, kernel)[::-1, ::-1]

# %% tensor: A torch tensor, not a numpy array.
def true_convolution2d(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return torch.tensor(np.einsum("ijkl,kl->ij", windows, kernel[::-1, ::-1]))

# %% quarter_turn_of_squares: A kernel of 3 × 3 is turned by 90° only.
def true_convolution2d(image, kernel):
    w = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (w * np.rot90(kernel, 2 if kernel.shape != (3, 3) else 1)).sum((2, 3))
