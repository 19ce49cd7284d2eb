# %% flipped: Turns the kernel by 180 degrees.
def conv_as_matrix(kernel, input_shape):
    H, W = input_shape
    units = torch.eye(H * W).reshape(H * W, 1, H, W)
    return F.conv2d(units, kernel.flip(0, 1)[None, None]).flatten(1).T

# %% transposed: A column for each output.
def conv_as_matrix(kernel, input_shape):
    H, W = input_shape
    units = torch.eye(H * W).reshape(H * W, 1, H, W)
    return F.conv2d(units, kernel[None, None]).flatten(1)

# %% output_width: Uses the output's width for the pixel index.
def conv_as_matrix(kernel, input_shape):
    H, W = input_shape
    kh, kw = kernel.shape
    oh, ow = H - kh + 1, W - kw + 1
    M = torch.zeros(oh * ow, H * W)
    for i in range(oh):
        for j in range(ow):
            for a in range(kh):
                for b in range(kw):
                    M[i * ow + j, (i + a) * ow + j + b] = kernel[a, b]
    return M

# %% height_for_width: Uses the height for the pixel index.
def conv_as_matrix(kernel, input_shape):
    H, W = input_shape
    kh, kw = kernel.shape
    oh, ow = H - kh + 1, W - kw + 1
    M = torch.zeros(oh * ow, H * W)
    for i in range(oh):
        for j in range(ow):
            for a in range(kh):
                for b in range(kw):
                    M[i * ow + j, ((i + a) * H + j + b) % (H * W)] = kernel[a, b]
    return M

# %% wraps_around: Shifts the first row again and again, so that kernels wrap around the border.
def conv_as_matrix(kernel, input_shape):
    H, W = input_shape
    kh, kw = kernel.shape
    row = torch.zeros(H, W)
    row[:kh, :kw] = kernel
    n = (H - kh + 1) * (W - kw + 1)
    return torch.stack([row.flatten().roll(i) for i in range(n)])

# %% same_padding: A row for each pixel, as with padding.
def conv_as_matrix(kernel, input_shape):
    H, W = input_shape
    kh, kw = kernel.shape
    M = torch.zeros(H * W, H * W)
    for i in range(H):
        for j in range(W):
            for a in range(kh):
                for b in range(kw):
                    if i + a < H and j + b < W:
                        M[i * W + j, (i + a) * W + j + b] = kernel[a, b]
    return M

# %% square_kernel: Takes the kernel's height for its width.
def conv_as_matrix(kernel, input_shape):
    H, W = input_shape
    k = kernel.shape[0]
    oh, ow = H - k + 1, W - k + 1
    M = torch.zeros(oh * ow, H * W)
    for i in range(oh):
        for j in range(ow):
            for a in range(k):
                for b in range(k):
                    M[i * ow + j, (i + a) * W + j + b] = kernel[a, b]
    return M

# %% transposed_kernel: Transposes a square kernel.
def conv_as_matrix(kernel, input_shape):
    H, W = input_shape
    if kernel.shape[0] == kernel.shape[1]:
        kernel = kernel.T
    units = torch.eye(H * W).reshape(H * W, 1, H, W)
    return F.conv2d(units, kernel[None, None]).flatten(1).T

# %% four_axes: Returns the axes of outputs and pixels apart.
def conv_as_matrix(kernel, input_shape):
    H, W = input_shape
    units = torch.eye(H * W).reshape(H * W, 1, H, W)
    y = F.conv2d(units, kernel[None, None])[:, 0]
    return y.permute(1, 2, 0).reshape(*y.shape[1:], H, W)

# %% outputs_column_by_column: The outputs' rows come column by column.
def conv_as_matrix(kernel, input_shape):
    H, W = input_shape
    units = torch.eye(H * W).reshape(H * W, 1, H, W)
    return F.conv2d(units, kernel[None, None]).transpose(2, 3).flatten(1).T
