# %% helper_flip: Turns the kernel and calls convolve2d.
def true_convolution2d(image, kernel):
    return convolve2d(image, np.flip(kernel))

# %% rot90: rot90 twice.
def true_convolution2d(image, kernel):
    return convolve2d(image, np.rot90(kernel, 2))

# %% definition: The sum of the definition with negative indices.
def true_convolution2d(image, kernel):
    H, W = image.shape
    h, w = kernel.shape
    out = np.zeros((H - h + 1, W - w + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            for a in range(h):
                for b in range(w):
                    out[i, j] += image[i + h - 1 - a, j + w - 1 - b] * kernel[a, b]
    return out

# %% fft: The product of Fourier transforms, cut to the valid part.
def true_convolution2d(image, kernel):
    H, W = image.shape
    h, w = kernel.shape
    shape = (H + h - 1, W + w - 1)
    full = np.fft.irfft2(np.fft.rfft2(image, shape) * np.fft.rfft2(kernel, shape), shape)
    return full[h - 1 : H, w - 1 : W]
