# %% conv2d_two_kernels: F.conv2d with both kernels stacked as two output channels.
def sobel_edges(image):
    kx = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    kernels = torch.stack([kx, kx.T]).unsqueeze(1)
    g = F.conv2d(image[None, None], kernels)[0]
    return torch.sqrt(g[0] ** 2 + g[1] ** 2)

# %% uses_conv2d_manual: Uses the own conv2d_manual twice and torch.hypot.
def sobel_edges(image):
    kx = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]).reshape(1, 1, 3, 3)
    ky = kx.transpose(2, 3)
    x = image.reshape(1, 1, *image.shape)
    return torch.hypot(conv2d_manual(x, kx), conv2d_manual(x, ky))[0, 0]

# %% shifted_slices: Differences of shifted slices, no kernel at all.
def sobel_edges(image):
    a = image
    gx = (a[:-2, 2:] + 2 * a[1:-1, 2:] + a[2:, 2:]) - (a[:-2, :-2] + 2 * a[1:-1, :-2] + a[2:, :-2])
    gy = (a[2:, :-2] + 2 * a[2:, 1:-1] + a[2:, 2:]) - (a[:-2, :-2] + 2 * a[:-2, 1:-1] + a[:-2, 2:])
    return (gx * gx + gy * gy).sqrt()

# %% separable_smooth_and_difference: Separable: smooths with 1 2 1 and takes the difference of neighbours but one.
def sobel_edges(image):
    smooth_rows = image[:-2] + 2 * image[1:-1] + image[2:]
    smooth_cols = image[:, :-2] + 2 * image[:, 1:-1] + image[:, 2:]
    gx = smooth_rows[:, 2:] - smooth_rows[:, :-2]
    gy = smooth_cols[2:] - smooth_cols[:-2]
    return torch.stack((gx, gy)).norm(dim=0)

# %% double_loop: Two loops over the pixels in beginner style.
def sobel_edges(image):
    sobel_x = torch.tensor([[-1., 0., 1.], [-2., 0., 2.], [-1., 0., 1.]])
    sobel_y = sobel_x.t()
    height = image.shape[0] - 2
    width = image.shape[1] - 2
    edges = torch.zeros(height, width)
    for row in range(height):
        for col in range(width):
            patch = image[row:row + 3, col:col + 3]
            gx = (patch * sobel_x).sum()
            gy = (patch * sobel_y).sum()
            edges[row, col] = torch.sqrt(gx ** 2 + gy ** 2)
    # plt.imshow(edges)
    return edges

# %% complex_gradient: gx + i gy as a complex number and its absolute value.
def sobel_edges(image):
    k = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    kernel = torch.complex(k, k.T.contiguous())
    windows = image.unfold(0, 3, 1).unfold(1, 3, 1).to(torch.complex64)
    return (windows * kernel).sum((-2, -1)).abs()

# %% numpy_windows: numpy with sliding windows and einsum.
def sobel_edges(image):
    a = np.lib.stride_tricks.sliding_window_view(image.numpy(), (3, 3))
    k = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=np.float32)
    gx = np.einsum("hwij,ij->hw", a, k)
    gy = np.einsum("hwij,ji->hw", a, k)
    return torch.from_numpy(np.hypot(gx, gy))

# %% conv_module_frozen: Two frozen nn.Conv2d without bias, made under fork_rng.
def sobel_edges(image):
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        conv_x = nn.Conv2d(1, 1, 3, bias=False)
        conv_y = nn.Conv2d(1, 1, 3, bias=False)
        kernel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
        conv_x.weight.copy_(kernel.view(1, 1, 3, 3))
        conv_y.weight.copy_(kernel.t().reshape(1, 1, 3, 3))
        picture = image.unsqueeze(0).unsqueeze(0)
        gx, gy = conv_x(picture), conv_y(picture)
        return (gx.pow(2) + gy.pow(2)).sqrt().squeeze(0).squeeze(0)

# %% unfold_matrix_product: F.unfold and one matrix product with the 2 x 9 kernel matrix.
_SOBEL = torch.tensor([[-1.0, 0, 1, -2, 0, 2, -1, 0, 1], [-1, -2, -1, 0, 0, 0, 1, 2, 1]])

def sobel_edges(image):
    h, w = image.shape
    g = _SOBEL @ F.unfold(image[None, None], 3)[0]
    return torch.linalg.vector_norm(g, dim=0).reshape(h - 2, w - 2)

# %% outer_product_kernel: The kernel as an outer product of 1 2 1 and -1 0 1.
def sobel_edges(image):
    smooth, slope = torch.tensor([1.0, 2.0, 1.0]), torch.tensor([-1.0, 0.0, 1.0])
    gx = F.conv2d(image.view(1, 1, *image.shape) if image.is_contiguous() else image.contiguous()[None, None], torch.outer(smooth, slope)[None, None])
    gy = F.conv2d(image[None, None], torch.outer(slope, smooth)[None, None])
    return torch.sqrt(gx.square() + gy.square()).flatten(0, 2)

# %% pure_python: Lists of lists and math.hypot.
def sobel_edges(image):
    a = image.tolist()
    K = ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1))
    out = []
    for i in range(len(a) - 2):
        line = []
        for j in range(len(a[0]) - 2):
            gx = sum(K[u][v] * a[i + u][j + v] for u in range(3) for v in range(3))
            gy = sum(K[v][u] * a[i + u][j + v] for u in range(3) for v in range(3))
            line.append(math.hypot(gx, gy))
        out.append(line)
    return torch.tensor(out)

# %% conv1d_twice: Two one-dimensional convolutions along rows and columns.
def sobel_edges(image):
    smooth = torch.tensor([[[1.0, 2, 1]]])
    slope = torch.tensor([[[-1.0, 0, 1]]])

    def along_rows(m, kernel):
        return F.conv1d(m.unsqueeze(1), kernel).squeeze(1)

    def along_columns(m, kernel):
        return along_rows(m.T, kernel).T

    gx = along_columns(along_rows(image, slope), smooth)
    gy = along_columns(along_rows(image, smooth), slope)
    return (gx ** 2 + gy ** 2) ** 0.5

# %% float64_intermediate: Computes in float64 and returns float32.
def sobel_edges(image: Tensor) -> Tensor:
    kernel = torch.tensor([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=torch.float64)
    batch = image.double().unsqueeze(0).unsqueeze(0)
    gx = F.conv2d(batch, kernel.reshape(1, 1, 3, 3))
    gy = F.conv2d(batch, kernel.T.reshape(1, 1, 3, 3))
    return torch.sqrt(gx * gx + gy * gy).reshape(image.shape[0] - 2, image.shape[1] - 2).to(image.dtype)

# %% yields_gradients: A generator yields gx and gy, whose squares are summed.
def _gradients(bild):
    for k in ((-1.0, 0.0, 1.0, -2.0, 0.0, 2.0, -1.0, 0.0, 1.0), (-1.0, -2.0, -1.0, 0.0, 0.0, 0.0, 1.0, 2.0, 1.0)):
        h, w = bild.shape
        yield sum(f * bild[i:h - 2 + i, j:w - 2 + j] for f, (i, j) in zip(k, np.ndindex(3, 3)))

def sobel_edges(image):
    return sum(g ** 2 for g in _gradients(image)).sqrt()

# %% scipy_convolve2d_or_slices: Uses scipy.signal.convolve2d with the flipped kernel if it is there, otherwise a loop of slices in numpy.
try:
    from scipy.signal import convolve2d
    def correlate(a, k):
        return convolve2d(a, k[::-1, ::-1], mode="valid")
except ImportError:
    def correlate(a, k):
        h, w = a.shape
        return sum(k[i, j] * a[i:h - 2 + i, j:w - 2 + j] for i in range(3) for j in range(3))

def sobel_edges(image):
    a = image.detach().numpy().astype(np.float64)
    kernel = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    return torch.from_numpy(np.hypot(correlate(a, kernel), correlate(a, kernel.T))).float()
