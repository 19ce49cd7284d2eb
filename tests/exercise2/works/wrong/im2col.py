# %% f_unfold: Uses torch.nn.functional.unfold.
def im2col(x, kernel_size, stride=1, padding=0):
    return F.unfold(x, kernel_size, stride=stride, padding=padding)

# %% module_unfold: Uses nn.Unfold, which is that function.
def im2col(x, kernel_size, stride=1, padding=0):
    return nn.Unfold(kernel_size, stride=stride, padding=padding)(x)

# %% channels_last_in_column: The channels alternate fastest in a column.
def im2col(x, kernel_size, stride=1, padding=0):
    n, c, h, w = x.shape
    k = kernel_size
    win = F.pad(x, (padding,) * 4).unfold(2, k, stride).unfold(3, k, stride)
    return win.permute(0, 4, 5, 1, 2, 3).reshape(n, c * k * k, -1)

# %% window_column_by_column: A window is read column by column.
def im2col(x, kernel_size, stride=1, padding=0):
    n, c, h, w = x.shape
    k = kernel_size
    win = F.pad(x, (padding,) * 4).unfold(2, k, stride).unfold(3, k, stride)
    return win.permute(0, 1, 5, 4, 2, 3).reshape(n, c * k * k, -1)

# %% windows_column_by_column: The windows come column by column.
def im2col(x, kernel_size, stride=1, padding=0):
    n, c, h, w = x.shape
    k = kernel_size
    win = F.pad(x, (padding,) * 4).unfold(2, k, stride).unfold(3, k, stride)
    return win.permute(0, 1, 4, 5, 3, 2).reshape(n, c * k * k, -1)

# %% transposed: A window per row: (N, L, C * k * k).
def im2col(x, kernel_size, stride=1, padding=0):
    n, c, h, w = x.shape
    k = kernel_size
    win = F.pad(x, (padding,) * 4).unfold(2, k, stride).unfold(3, k, stride)
    return win.permute(0, 2, 3, 1, 4, 5).reshape(n, -1, c * k * k)

# %% no_permute: Reshapes without moving the axes.
def im2col(x, kernel_size, stride=1, padding=0):
    n, c, h, w = x.shape
    k = kernel_size
    win = F.pad(x, (padding,) * 4).unfold(2, k, stride).unfold(3, k, stride)
    return win.reshape(n, c * k * k, -1)

# %% stride_kernel: The stride is the kernel size by default.
def im2col(x, kernel_size, stride=None, padding=0):
    n, c, h, w = x.shape
    k = kernel_size
    s = stride or k
    win = F.pad(x, (padding,) * 4).unfold(2, k, s).unfold(3, k, s)
    return win.permute(0, 1, 4, 5, 2, 3).reshape(n, c * k * k, -1)

# %% pads_width_only: Pads the left and the right side only.
def im2col(x, kernel_size, stride=1, padding=0):
    n, c, h, w = x.shape
    k = kernel_size
    win = F.pad(x, (padding, padding)).unfold(2, k, stride).unfold(3, k, stride)
    return win.permute(0, 1, 4, 5, 2, 3).reshape(n, c * k * k, -1)

# %% pads_replicate: Pads with the border's values instead of zeros.
def im2col(x, kernel_size, stride=1, padding=0):
    n, c, h, w = x.shape
    k = kernel_size
    win = F.pad(x, (padding,) * 4, mode="replicate").unfold(2, k, stride).unfold(3, k, stride)
    return win.permute(0, 1, 4, 5, 2, 3).reshape(n, c * k * k, -1)

# %% first_image: All images get the windows of the first.
def im2col(x, kernel_size, stride=1, padding=0):
    n, c, h, w = x.shape
    k = kernel_size
    win = F.pad(x[:1].expand_as(x), (padding,) * 4).unfold(2, k, stride).unfold(3, k, stride)
    return win.permute(0, 1, 4, 5, 2, 3).reshape(n, c * k * k, -1)

# %% ignores_stride: Ignores the stride.
def im2col(x, kernel_size, stride=1, padding=0):
    n, c, h, w = x.shape
    k = kernel_size
    win = F.pad(x, (padding,) * 4).unfold(2, k, 1).unfold(3, k, 1)
    return win.permute(0, 1, 4, 5, 2, 3).reshape(n, c * k * k, -1)
