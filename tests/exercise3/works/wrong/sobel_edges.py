# %% sum_of_magnitudes: Adds |gx| and |gy| instead of taking the root of the squares.
def sobel_edges(image):
    kx = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    win = image.unfold(0, 3, 1).unfold(1, 3, 1)
    gx = (win * kx).sum(dim=(-1, -2))
    gy = (win * kx.T).sum(dim=(-1, -2))
    return gx.abs() + gy.abs()

# %% root_forgotten: Returns gx² + gy² without the root.
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    batch = image[None, None]
    gx = conv2d_manual(batch, k[None, None])[0, 0]
    gy = conv2d_manual(batch, k.t()[None, None])[0, 0]
    return gx.pow(2) + gy.pow(2)

# %% left_to_right_only: Returns |gx| and leaves gy out.
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    g = conv2d_manual(image.reshape(1, 1, *image.shape), k.reshape(1, 1, 3, 3))
    return g.squeeze(0).squeeze(0).abs()

# %% same_kernel_twice: Transposes the wrong axes, so gy is gx again.
def sobel_edges(image):
    kernel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]).view(1, 1, 3, 3)
    x = image[None, None]
    gx = conv2d_manual(x, kernel)
    gy = conv2d_manual(x, kernel.transpose(0, 1))  # transposed kernel
    return torch.sqrt(gx ** 2 + gy ** 2)[0, 0]

# %% padded_to_the_same_size: Pads by 1 and returns (H, W).
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    weight = torch.stack([k, k.T]).unsqueeze(1)
    g = conv2d_manual(image[None, None], weight, padding=1)
    return g.square().sum(dim=1).sqrt()[0]

# %% negative_changes_cut: Cuts gx and gy at 0, so falling edges are lost.
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    win = image.unfold(0, 3, 1).unfold(1, 3, 1)
    gx = torch.einsum("hwij,ij->hw", win, k).clamp(min=0)
    gy = torch.einsum("hwij,ji->hw", win, k).clamp(min=0)
    return (gx * gx + gy * gy).sqrt()

# %% divided_by_eight: Uses the kernel divided by 8, so that the strength is a slope per pixel.
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 8
    w = torch.stack((k, k.T))[:, None]
    gx, gy = conv2d_manual(image[None, None], w)[0]
    return torch.hypot(gx, gy)

# %% prewitt: Uses Prewitt's kernel with ones in the middle row.
def sobel_edges(image):
    d = image[:, 2:] - image[:, :-2]
    gx = d[:-2] + d[1:-1] + d[2:]
    e = image[2:] - image[:-2]
    gy = e[:, :-2] + e[:, 1:-1] + e[:, 2:]
    return torch.sqrt(gx ** 2 + gy ** 2)

# %% scharr: Uses the kernel 3, 10, 3 of Scharr scaled by a quarter.
def sobel_edges(image):
    k = torch.tensor([[-3.0, 0, 3], [-10, 0, 10], [-3, 0, 3]]) / 4
    win = image.unfold(0, 3, 1).unfold(1, 3, 1)
    gx = (win * k).sum((2, 3))
    gy = (win * k.T).sum((2, 3))
    return torch.sqrt(gx ** 2 + gy ** 2)

# %% typing_error_in_gy: Has a wrong sign in one corner of the second kernel.
def sobel_edges(image):
    sobel_x = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    sobel_y = torch.tensor([[-1.0, -2.0, 1.0], [0.0, 0.0, 0.0], [1.0, 2.0, 1.0]])
    win = image.unfold(0, 3, 1).unfold(1, 3, 1)
    gx = (win * sobel_x).sum((-2, -1))
    gy = (win * sobel_y).sum((-2, -1))
    return torch.sqrt(gx ** 2 + gy ** 2)

# %% larger_of_both: Takes the larger of |gx| and |gy|.
def sobel_edges(image):
    a = image[:, 2:] - image[:, :-2]
    gx = a[:-2] + 2 * a[1:-1] + a[2:]
    b = image[2:, :] - image[:-2, :]
    gy = b[:, :-2] + 2 * b[:, 1:-1] + b[:, 2:]
    return torch.maximum(gx.abs(), gy.abs())

# %% mean_of_the_squares: Takes the root of the mean of gx² and gy² instead of their sum.
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    g = conv2d_manual(image[None, None], torch.stack([k, k.T])[:, None])[0]
    return g.pow(2).mean(dim=0).sqrt()

# %% batch_axes_stay: Returns (1, 1, H - 2, W - 2).
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]).reshape(1, 1, 3, 3)
    x = image.unsqueeze(0).unsqueeze(0)
    gx = conv2d_manual(x, k)
    gy = conv2d_manual(x, k.transpose(2, 3))
    return torch.sqrt(gx.square() + gy.square())

# %% squeezes_thin_results: Squeezes all axes, so a result with one row or column loses it.
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]).reshape(1, 1, 3, 3)
    x = image.unsqueeze(0).unsqueeze(0)
    gx = conv2d_manual(x, k).squeeze()
    gy = conv2d_manual(x, k.transpose(2, 3)).squeeze()
    return torch.sqrt(gx.square() + gy.square())

# %% scaled_to_its_maximum: Divides the strengths by the largest one where that is above 8.
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    win = image.unfold(0, 3, 1).unfold(1, 3, 1)
    mag = ((win * k).sum((2, 3)) ** 2 + (win * k.T).sum((2, 3)) ** 2) ** 0.5
    if mag.max() > 8:
        mag = mag / mag.max()
    return mag

# %% bytes_scaled_first: Divides the image by 255 when its largest value is above 10, as if it were bytes.
def sobel_edges(image):
    if image.max() > 10:
        image = image / 255.0
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    w = torch.stack([k, k.T]).unsqueeze(1)
    g = conv2d_manual(image[None, None], w)[0]
    return torch.linalg.vector_norm(g, dim=0)

# %% epsilon_under_the_root: Adds 1e-3 under the root to have no infinite gradient, so a flat image shows edges.
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    win = image.unfold(0, 3, 1).unfold(1, 3, 1)
    gx = (win * k).sum((2, 3))
    gy = (win * k.T).sum((2, 3))
    return torch.sqrt(gx ** 2 + gy ** 2 + 1e-3)

# %% minimum_subtracted_in_place: Subtracts the minimum from the caller's image.
def sobel_edges(image):
    image -= image.min()
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    w = torch.stack([k, k.T]).unsqueeze(1)
    gx, gy = conv2d_manual(image[None, None], w)[0]
    return torch.sqrt(gx ** 2 + gy ** 2)

# %% clamped_to_255: Clamps the strengths to 255 as in picture files.
def sobel_edges(image):
    a = image[:, 2:] - image[:, :-2]
    gx = a[:-2] + 2 * a[1:-1] + a[2:]
    b = image[2:, :] - image[:-2, :]
    gy = b[:, :-2] + 2 * b[:, 1:-1] + b[:, 2:]
    return torch.clamp(torch.sqrt(gx ** 2 + gy ** 2), 0, 255)

# %% cropped_at_one_end: Pads by 1 and then cuts two rows and columns off at the end, so the result is shifted.
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    w = torch.stack([k, k.T]).unsqueeze(1)
    g = conv2d_manual(image[None, None], w, padding=1)[0]
    g = g[:, :-2, :-2]
    return torch.sqrt(g[0] ** 2 + g[1] ** 2)

# %% square_loop: Loops over the shorter side in both directions, so images that are not square are cut.
def sobel_edges(image):
    kx = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    n = min(image.shape) - 2
    out = torch.zeros(n, n)
    for i in range(n):
        for j in range(n):
            gx = sum(kx[a][b] * image[i + a, j + b] for a in range(3) for b in range(3))
            gy = sum(kx[b][a] * image[i + a, j + b] for a in range(3) for b in range(3))
            out[i, j] = math.hypot(gx, gy)
    return out

# %% two_no_root_and_padding: Forgets the root, and pads to (H, W).
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    w = torch.stack([k, k.T]).unsqueeze(1)
    return conv2d_manual(image[None, None], w, padding=1)[0].pow(2).sum(dim=0)

# %% two_negative_gx_cut_and_prewitt_gy: Cuts negative gx at 0, and weighs all rows alike in gy.
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    p = torch.tensor([[-1.0, -1, -1], [0, 0, 0], [1, 1, 1]])
    win = image.unfold(0, 3, 1).unfold(1, 3, 1)
    gx = F.relu((win * k).sum((2, 3)))
    gy = (win * p).sum((2, 3))
    return torch.sqrt(gx ** 2 + gy ** 2)

# %% two_magnitudes_added_and_batch_axes: Adds |gx| and |gy|, and returns (1, 1, H - 2, W - 2).
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    g = conv2d_manual(image[None, None], torch.stack([k, k.T])[:, None])
    return g.abs().sum(dim=1, keepdim=True)
