# %% formula: The formula from the sheet.
def effective_kernel_size(kernel_size, dilation=1):
    return dilation * (kernel_size - 1) + 1

# %% positions: Counts from the first to the last position of a range.
def effective_kernel_size(kernel_size: int, dilation: int = 1) -> int:
    positions = list(range(0, kernel_size * dilation, dilation))
    return positions[-1] - positions[0] + 1

# %% numpy_kron: Spreads a kernel of ones with numpy and counts what remains after trimming; a numpy integer.
def effective_kernel_size(kernel_size, dilation=1):
    spread = np.kron(np.ones(kernel_size, dtype=int), np.eye(1, dilation, dtype=int)[0])
    where = np.nonzero(spread)[0]
    return where.max() + 1

# %% values_and_gaps: Kernel values plus the gaps between them, with keyword names kept.
def effective_kernel_size(kernel_size, dilation=1):
    gaps = kernel_size - 1
    values_in_each_gap = dilation - 1
    return kernel_size + gaps * values_in_each_gap
