# %% formula: The formula.
def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    return (input_size + 2 * padding - kernel_size) // stride + 1

# %% slide: Slides the window and counts.
def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    count, start = 0, -padding
    while start + kernel_size <= input_size + padding:
        count += 1
        start += s
    return count

# %% numpy_arange: The length of an arange.
def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    return np.arange(0, input_size + 2 * padding - kernel_size + 1, stride).size

# %% ask_torch: Lets MaxPool2d tell the size.
def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    pool = nn.MaxPool2d(kernel_size, stride, padding)
    return pool(torch.zeros(1, 1, input_size, input_size)).shape[-1]
