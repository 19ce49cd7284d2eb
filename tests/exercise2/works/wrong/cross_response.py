# %% centre_two: The centre of the X counts twice.
def cross_response():
    board = (np.indices((5, 5)).sum(0) % 2 == 0) * 1.0
    X = np.eye(3) + np.fliplr(np.eye(3))
    return np.einsum("ijab,ab->ij", np.lib.stride_tricks.sliding_window_view(board, (3, 3)), X)

# %% black_corner: The board begins with a 0.
def cross_response():
    board = np.indices((5, 5)).sum(0) % 2 * 1.0
    X = np.array([[1.0, 0, 1], [0, 1, 0], [1, 0, 1]])
    return np.einsum("ijab,ab->ij", np.lib.stride_tricks.sliding_window_view(board, (3, 3)), X)

# %% plus: A plus instead of an X.
def cross_response():
    board = (np.indices((5, 5)).sum(0) % 2 == 0) * 1.0
    X = np.array([[0.0, 1, 0], [1, 1, 1], [0, 1, 0]])
    return np.einsum("ijab,ab->ij", np.lib.stride_tricks.sliding_window_view(board, (3, 3)), X)

# %% padded: With same padding: 5 x 5.
def cross_response():
    board = np.pad((np.indices((5, 5)).sum(0) % 2 == 0) * 1.0, 1)
    X = np.array([[1.0, 0, 1], [0, 1, 0], [1, 0, 1]])
    return np.einsum("ijab,ab->ij", np.lib.stride_tricks.sliding_window_view(board, (3, 3)), X)

# %% stripes: Stripes instead of a checkerboard.
def cross_response():
    board = np.zeros((5, 5))
    board[::2] = 1
    X = np.array([[1.0, 0, 1], [0, 1, 0], [1, 0, 1]])
    return np.einsum("ijab,ab->ij", np.lib.stride_tricks.sliding_window_view(board, (3, 3)), X)

# %% one_diagonal: A kernel with one diagonal only.
def cross_response():
    board = (np.indices((5, 5)).sum(0) % 2 == 0) * 1.0
    return np.einsum("ijab,ab->ij", np.lib.stride_tricks.sliding_window_view(board, (3, 3)), np.eye(3))

# %% mean: Divides by the sum of the kernel.
def cross_response():
    return np.array([[1.0, 0, 1], [0, 1, 0], [1, 0, 1]])

# %% nested_list: Returns nested lists, not an array.
def cross_response():
    return [[5.0, 0.0, 5.0], [0.0, 5.0, 0.0], [5.0, 0.0, 5.0]]

# %% sparse_board: Ones only where row and column are both even.
def cross_response():
    board = np.zeros((5, 5))
    board[::2, ::2] = 1
    X = np.array([[1.0, 0, 1], [0, 1, 0], [1, 0, 1]])
    return np.einsum("ijab,ab->ij", np.lib.stride_tricks.sliding_window_view(board, (3, 3)), X)

# %% tensor: A torch tensor, not a numpy array.
def cross_response():
    kernel = torch.tensor([[1.0, 0, 1], [0, 1, 0], [1, 0, 1]])
    board = torch.tensor([[float((i + j) % 2 == 0) for j in range(5)] for i in range(5)])
    return torch.nn.functional.conv2d(board[None, None], kernel[None, None])[0, 0]
