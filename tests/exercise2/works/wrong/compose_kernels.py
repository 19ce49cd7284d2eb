# %% no_flip: The full correlation of the two, the second not turned.
def compose_kernels(first, second):
    h, w = second.shape
    return F.conv2d(first[None, None], second[None, None], padding=(h - 1, w - 1))[0, 0]

# %% valid: The valid convolution, smaller than the kernels, or the first where it does not fit.
def compose_kernels(first, second):
    if second.shape[0] > first.shape[0] or second.shape[1] > first.shape[1]:
        first, second = second, first
    if second.shape[0] > first.shape[0] or second.shape[1] > first.shape[1]:
        return first
    return F.conv2d(first[None, None], second.flip(0, 1)[None, None])[0, 0]

# %% elementwise: Multiplies the kernels value by value.
def compose_kernels(first, second):
    return first * second

# %% matrix_product: The matrix product.
def compose_kernels(first, second):
    return first @ second

# %% sum: Adds the kernels.
def compose_kernels(first, second):
    return first + second

# %% turned_result: The result is turned by 180 degrees.
def compose_kernels(first, second):
    return F.conv_transpose2d(first[None, None], second[None, None])[0, 0].flip(0, 1)

# %% square_padding: Pads by the second kernel's height on all sides.
def compose_kernels(first, second):
    p = second.shape[0] - 1
    return F.conv2d(first[None, None], second.flip(0, 1)[None, None], padding=p)[0, 0]

# %% flips_columns_only: Mirrors only the columns of the second.
def compose_kernels(first, second):
    h, w = second.shape
    return F.conv2d(first[None, None], second.flip(1)[None, None], padding=(h - 1, w - 1))[0, 0]

# %% four_axes: Leaves the axes of the batch and the channel in.
def compose_kernels(first, second):
    return F.conv_transpose2d(first[None, None], second[None, None])

# %% kron: The Kronecker product.
def compose_kernels(first, second):
    return torch.kron(first, second)

# %% in_place: Turns the caller's second kernel in place.
def compose_kernels(first, second):
    h, w = second.shape
    second.copy_(second.flip(0, 1))
    return F.conv2d(first[None, None], second[None, None], padding=(h - 1, w - 1))[0, 0]
