# %% counted_from_padding: Counts from the first value of the padded image.
def window_positions(size, kernel_size, stride=1, padding=0):
    return list(range(0, size + 2 * padding - kernel_size + 1, stride))

# %% one_short: Leaves the last window out.
def window_positions(size, kernel_size, stride=1, padding=0):
    return list(range(-padding, size + padding - kernel_size, stride))

# %% hangs_over: Keeps a last window that does not fit.
def window_positions(size, kernel_size, stride=1, padding=0):
    out = [-padding]
    while out[-1] + kernel_size < size + padding:
        out.append(out[-1] + stride)
    return out

# %% padding_at_front: Padding only before the image.
def window_positions(size, kernel_size, stride=1, padding=0):
    return list(range(-padding, size - kernel_size + 1, stride))

# %% padding_at_end: Padding only behind the image.
def window_positions(size, kernel_size, stride=1, padding=0):
    return list(range(0, size + padding - kernel_size + 1, stride))

# %% range_object: Returns a range, not a list.
def window_positions(size, kernel_size, stride=1, padding=0):
    return range(-padding, size + padding - kernel_size + 1, stride)

# %% centres: The middles of the windows.
def window_positions(size, kernel_size, stride=1, padding=0):
    return [i + kernel_size // 2 for i in range(-padding, size + padding - kernel_size + 1, stride)]

# %% stride_kernel: The stride defaults to the kernel size.
def window_positions(size, kernel_size, stride=None, padding=0):
    return list(range(-padding, size + padding - kernel_size + 1, stride or kernel_size))

# %% ignores_stride: Ignores the stride.
def window_positions(size, kernel_size, stride=1, padding=0):
    return list(range(-padding, size + padding - kernel_size + 1))

# %% no_negative: A window that begins in the padding gets index 0.
def window_positions(size, kernel_size, stride=1, padding=0):
    return [max(0, i) for i in range(-padding, size + padding - kernel_size + 1, stride)]

# %% multiples_of_stride: Stops at multiples of the stride counted from the image instead of the padded beginning.
def window_positions(size, kernel_size, stride=1, padding=0):
    return [i for i in range(-padding, size + padding - kernel_size + 1) if i % stride == 0]

# %% padding_default_same: Pads by half the kernel by default.
def window_positions(size, kernel_size, stride=1, padding=None):
    if padding is None:
        padding = (kernel_size - 1) // 2
    return list(range(-padding, size + padding - kernel_size + 1, stride))
