# %% allclose: roll, slices and allclose.
def is_equivariant(f, x, shift):
    a = torch.roll(f(x), shift, dims=(2, 3))
    b = f(torch.roll(x, shift, dims=(2, 3)))
    h, w = x.shape[2] // 4, x.shape[3] // 4
    H, W = x.shape[2:]
    return torch.allclose(a[:, :, h : H - h, w : W - w], b[:, :, h : H - h, w : W - w], rtol=1e-4, atol=1e-5)

# %% max_difference: The largest difference relative to the largest value.
def is_equivariant(f, x, shift):
    with torch.no_grad():
        shifted_map = f(x.clone()).roll(shifts=tuple(shift), dims=(-2, -1))
        map_of_shifted = f(x.roll(shifts=tuple(shift), dims=(-2, -1)))
    H, W = x.shape[-2:]
    rows = slice(H // 4, H - H // 4)
    cols = slice(W // 4, W - W // 4)
    d = (shifted_map - map_of_shifted)[..., rows, cols].abs().max()
    return bool(d <= 1e-5 * (1 + shifted_map.abs().max()))

# %% mask: A mask of the middle, and two rolls, one axis each.
def is_equivariant(f, x, shift):
    def move(t):
        return t.roll(shift[0], 2).roll(shift[1], 3)
    n, c, h, w = x.shape
    inside = torch.zeros(h, w, dtype=torch.bool)
    inside[h // 4 : h - h // 4, w // 4 : w - w // 4] = True
    one, two = move(f(x)), f(move(x))
    return bool(torch.isclose(one[:, :, inside], two[:, :, inside], atol=1e-5, rtol=1e-4).all())

# %% numpy_roll: numpy's roll and allclose.
def is_equivariant(f, x, shift):
    y = np.roll(f(x).detach().numpy(), shift, axis=(2, 3))
    z = f(torch.tensor(np.roll(x.detach().numpy(), shift, axis=(2, 3)))).detach().numpy()
    m = [slice(None)] * 2 + [slice(n // 4, n - n // 4) for n in x.shape[2:]]
    return np.allclose(y[tuple(m)], z[tuple(m)], rtol=1e-4, atol=1e-5)
