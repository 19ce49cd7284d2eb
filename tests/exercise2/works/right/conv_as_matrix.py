# %% four_loops: Four loops.
def conv_as_matrix(kernel, input_shape):
    H, W = input_shape
    kh, kw = kernel.shape
    oh, ow = H - kh + 1, W - kw + 1
    M = torch.zeros(oh * ow, H * W, dtype=kernel.dtype)
    for i in range(oh):
        for j in range(ow):
            for a in range(kh):
                for b in range(kw):
                    M[i * ow + j, (i + a) * W + j + b] = kernel[a, b]
    return M

# %% place_in_image: Lays the kernel into an image for each row.
def conv_as_matrix(kernel, input_shape):
    h, w = kernel.shape
    rows = []
    for r in range(input_shape[0] - h + 1):
        for c in range(input_shape[1] - w + 1):
            canvas = torch.zeros(input_shape, dtype=kernel.dtype)
            canvas[r : r + h, c : c + w] = kernel
            rows.append(canvas.flatten())
    return torch.stack(rows)

# %% identity_images: Convolves each unit image; the responses are the columns.
def conv_as_matrix(kernel, input_shape):
    H, W = input_shape
    units = torch.eye(H * W, dtype=kernel.dtype).reshape(H * W, 1, H, W)
    return F.conv2d(units, kernel[None, None]).flatten(1).T

# %% jacobian: The Jacobian of the convolution.
def conv_as_matrix(kernel, input_shape):
    def f(v):
        return F.conv2d(v.reshape(1, 1, *input_shape), kernel[None, None]).flatten()
    return torch.autograd.functional.jacobian(f, torch.zeros(input_shape[0] * input_shape[1], dtype=kernel.dtype))

# %% kron: A sum of Kronecker products of shift matrices.
def conv_as_matrix(kernel, input_shape):
    (H, W), (kh, kw) = input_shape, kernel.shape
    total = 0
    for a in range(kh):
        R = torch.eye(H)[a : a + H - kh + 1]
        for b in range(kw):
            S = torch.eye(W)[b : b + W - kw + 1]
            total = total + kernel[a, b] * torch.kron(R, S)
    return total
