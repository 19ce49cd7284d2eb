# %% written_out: The result written down.
def cross_response():
    return np.array([[5.0, 0, 5], [0, 5, 0], [5, 0, 5]])

# %% loops: Both arrays and two loops.
def cross_response():
    kernel = np.eye(3) + np.fliplr(np.eye(3))
    kernel[1, 1] = 1
    board = np.indices((5, 5)).sum(0) % 2 == 0
    out = np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            out[i, j] = (kernel * board[i : i + 3, j : j + 3]).sum()
    return out

# %% torch: torch's convolution, turned into numpy.
def cross_response():
    k = torch.tensor([[1.0, 0, 1], [0, 1, 0], [1, 0, 1]])
    b = torch.tensor([[float((i + j) % 2 == 0) for j in range(5)] for i in range(5)])
    return F.conv2d(b[None, None], k[None, None])[0, 0].numpy()

# %% integers: An integer array from sliding windows.
def cross_response():
    board = np.zeros((5, 5), dtype=int)
    board[::2, ::2] = board[1::2, 1::2] = 1
    X = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
    return np.einsum("ijab,ab->ij", np.lib.stride_tricks.sliding_window_view(board, (3, 3)), X)
