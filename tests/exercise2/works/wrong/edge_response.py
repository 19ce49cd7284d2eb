# %% absolute: Loses the sign.
def edge_response(image, kernel, row, column):
    h, w = kernel.shape
    return abs(float((image[row : row + h, column : column + w] * kernel).sum()))

# %% relu: Sets negative values to 0.
def edge_response(image, kernel, row, column):
    h, w = kernel.shape
    return max(0.0, float((image[row : row + h, column : column + w] * kernel).sum()))

# %% centred: The window is centred at (row, column).
def edge_response(image, kernel, row, column):
    h, w = kernel.shape
    padded = np.pad(image, ((h // 2, h // 2), (w // 2, w // 2)))
    return float((padded[row : row + h, column : column + w] * kernel).sum())

# %% column_row: Row and column exchanged.
def edge_response(image, kernel, row, column):
    h, w = kernel.shape
    big = np.pad(image, ((0, 50), (0, 50)))
    return float((big[column : column + h, row : row + w] * kernel).sum())

# %% flipped: Turns the kernel by 180 degrees.
def edge_response(image, kernel, row, column):
    h, w = kernel.shape
    return float((image[row : row + h, column : column + w] * kernel[::-1, ::-1]).sum())

# %% transposed: Transposes a square kernel.
def edge_response(image, kernel, row, column):
    h, w = kernel.shape
    k = kernel.T if h == w else kernel
    return float((image[row : row + h, column : column + w] * k).sum())

# %% three_by_three: Always takes a window of 3 x 3.
def edge_response(image, kernel, row, column):
    return float((image[row : row + 3, column : column + 3] * kernel[:3, :3]).sum())

# %% square_kernel: Takes the kernel's height for its width.
def edge_response(image, kernel, row, column):
    k = kernel.shape[0]
    return float((image[row : row + k, column : column + k] * kernel).sum())

# %% mean: The mean of the products.
def edge_response(image, kernel, row, column):
    h, w = kernel.shape
    return float((image[row : row + h, column : column + w] * kernel).mean())

# %% integer: Rounds to a whole number.
def edge_response(image, kernel, row, column):
    h, w = kernel.shape
    return float(int((image[row : row + h, column : column + w] * kernel).sum()))

# %% array: Returns the products instead of their sum.
def edge_response(image, kernel, row, column):
    h, w = kernel.shape
    return image[row : row + h, column : column + w] * kernel

# %% window_in_place: Multiplies the window in the image itself, so the caller's image changes.
def edge_response(image, kernel, row, column):
    h, w = kernel.shape
    window = image[row : row + h, column : column + w]
    window *= kernel
    return float(window.sum())
