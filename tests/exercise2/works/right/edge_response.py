# %% sum_of_products: One window.
def edge_response(image, kernel, row, column):
    h, w = kernel.shape
    return float((image[row : row + h, column : column + w] * kernel).sum())

# %% numpy_float: vdot; a numpy float.
def edge_response(image, kernel, row, column):
    window = image[row:, column:][: kernel.shape[0], : kernel.shape[1]]
    return np.vdot(window, kernel)

# %% loops: Two loops.
def edge_response(image, kernel, row, column):
    total = 0.0
    for (a, b), k in np.ndenumerate(kernel):
        total += k * image[row + a, column + b]
    return total

# %% torch_all: The whole convolution with torch, one value of it.
def edge_response(image, kernel, row, column):
    x = torch.tensor(image, dtype=torch.float64)[None, None]
    k = torch.tensor(kernel, dtype=torch.float64)[None, None]
    return F.conv2d(x, k)[0, 0, row, column].item()
