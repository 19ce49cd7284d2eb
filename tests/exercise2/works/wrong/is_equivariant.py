# %% border_too: Compares the border, too.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift, dims=(2, 3))
    b = f(torch.roll(x, shift, dims=(2, 3)))
    return torch.allclose(a, b, rtol=1e-4, atol=1e-5)

# %% exact: Differences by rounding count.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift, dims=(2, 3))
    b = f(torch.roll(x, shift, dims=(2, 3)))
    H, W = x.shape[2:]
    h, w = H // 4, W // 4
    return torch.equal(a[:, :, h : H - h, w : W - w], b[:, :, h : H - h, w : W - w])

# %% invariant: Asks for the same map, not for the shifted one.
def is_equivariant(f, x, shift):
    a = f(x)
    b = f(torch.roll(x, shift, dims=(2, 3)))
    H, W = x.shape[2:]
    h, w = H // 4, W // 4
    return torch.allclose(a[:, :, h : H - h, w : W - w], b[:, :, h : H - h, w : W - w], rtol=1e-4, atol=1e-5)

# %% columns_rows: Reads the shift as (columns, rows).
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift, dims=(3, 2))
    b = f(torch.roll(x, shift, dims=(3, 2)))
    H, W = x.shape[2:]
    h, w = H // 4, W // 4
    return torch.allclose(a[:, :, h : H - h, w : W - w], b[:, :, h : H - h, w : W - w], rtol=1e-4, atol=1e-5)

# %% rows_only: Shifts the rows only.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift[0], dims=2)
    b = f(torch.roll(x, shift[0], dims=2))
    H, W = x.shape[2:]
    h, w = H // 4, W // 4
    return torch.allclose(a[:, :, h : H - h, w : W - w], b[:, :, h : H - h, w : W - w], rtol=1e-4, atol=1e-5)

# %% shifts_back_the_wrong_way: Shifts the map in the other direction than the image.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), (-shift[0], -shift[1]), dims=(2, 3))
    b = f(torch.roll(x, shift, dims=(2, 3)))
    H, W = x.shape[2:]
    h, w = H // 4, W // 4
    return torch.allclose(a[:, :, h : H - h, w : W - w], b[:, :, h : H - h, w : W - w], rtol=1e-4, atol=1e-5)

# %% in_place: Shifts x itself.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift, dims=(2, 3))
    x.copy_(torch.roll(x, shift, dims=(2, 3)))
    b = f(x)
    H, W = x.shape[2:]
    h, w = H // 4, W // 4
    return torch.allclose(a[:, :, h : H - h, w : W - w], b[:, :, h : H - h, w : W - w], rtol=1e-4, atol=1e-5)

# %% leaves_out_half: Leaves out half of the rows at each end, so nothing is compared.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift, dims=(2, 3))
    b = f(torch.roll(x, shift, dims=(2, 3)))
    H, W = x.shape[2:]
    h, w = H // 2, W // 2
    return torch.allclose(a[:, :, h : H - h, w : W - w], b[:, :, h : H - h, w : W - w], rtol=1e-4, atol=1e-5)

# %% height_for_both: Leaves out H // 4 columns, too.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift, dims=(2, 3))
    b = f(torch.roll(x, shift, dims=(2, 3)))
    H, W = x.shape[2:]
    h = H // 4
    return torch.allclose(a[:, :, h : H - h, h : W - h], b[:, :, h : H - h, h : W - h], rtol=1e-4, atol=1e-5)

# %% first_image_only: Compares the first image only.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift, dims=(2, 3))
    b = f(torch.roll(x, shift, dims=(2, 3)))
    H, W = x.shape[2:]
    h, w = H // 4, W // 4
    return torch.allclose(a[0, :, h : H - h, w : W - w], b[0, :, h : H - h, w : W - w], rtol=1e-4, atol=1e-5)

# %% first_channel_only: Compares the first channel only.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift, dims=(2, 3))
    b = f(torch.roll(x, shift, dims=(2, 3)))
    H, W = x.shape[2:]
    h, w = H // 4, W // 4
    return torch.allclose(a[:, 0, h : H - h, w : W - w], b[:, 0, h : H - h, w : W - w], rtol=1e-4, atol=1e-5)

# %% mean_difference: Compares the means of the maps only.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift, dims=(2, 3))
    b = f(torch.roll(x, shift, dims=(2, 3)))
    H, W = x.shape[2:]
    h, w = H // 4, W // 4
    return bool((a - b)[:, :, h : H - h, w : W - w].mean().abs() < 1e-5)

# %% leaves_out_shift: Leaves out as many rows and columns as the shift, not a quarter.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift, dims=(2, 3))
    b = f(torch.roll(x, shift, dims=(2, 3)))
    H, W = x.shape[2:]
    h, w = abs(shift[0]), abs(shift[1])
    return torch.allclose(a[:, :, h : H - h, w : W - w], b[:, :, h : H - h, w : W - w], rtol=1e-4, atol=1e-5)

# %% third: Leaves out a third instead of a quarter.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift, dims=(2, 3))
    b = f(torch.roll(x, shift, dims=(2, 3)))
    H, W = x.shape[2:]
    h, w = H // 3, W // 3
    return torch.allclose(a[:, :, h : H - h, w : W - w], b[:, :, h : H - h, w : W - w], rtol=1e-4, atol=1e-5)

# %% loose: Takes differences of up to a tenth for rounding.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift, dims=(2, 3))
    b = f(torch.roll(x, shift, dims=(2, 3)))
    H, W = x.shape[2:]
    h, w = H // 4, W // 4
    return torch.allclose(a[:, :, h : H - h, w : W - w], b[:, :, h : H - h, w : W - w], rtol=0.1, atol=0.1)

# %% right_border_kept: Leaves the quarter out at the top and on the left only.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift, dims=(2, 3))
    b = f(torch.roll(x, shift, dims=(2, 3)))
    h, w = x.shape[2] // 4, x.shape[3] // 4
    return torch.allclose(a[:, :, h:, w:], b[:, :, h:, w:], rtol=1e-4, atol=1e-5)
