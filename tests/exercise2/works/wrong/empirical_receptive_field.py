# %% weights_get_gradients: backward leaves gradients in the weights.
def empirical_receptive_field(model, input_size):
    x = torch.ones(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    y[0, 0, y.shape[2] // 2, y.shape[3] // 2].backward()
    rows = x.grad[0, 0].sum(1).nonzero().flatten()
    return int(rows[-1] - rows[0] + 1)

# %% freezes: Sets requires_grad of the weights to False and leaves it so.
def empirical_receptive_field(model, input_size):
    model.requires_grad_(False)
    x = torch.ones(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    y[0, 0, y.shape[2] // 2, y.shape[3] // 2].backward()
    rows = x.grad[0, 0].sum(1).nonzero().flatten()
    return int(rows[-1] - rows[0] + 1)

# %% counts_rows: Counts the rows with a gradient, so the gaps of a dilated kernel are missing.
def empirical_receptive_field(model, input_size):
    x = torch.ones(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    (g,) = torch.autograd.grad(y[0, 0, y.shape[2] // 2, y.shape[3] // 2], x)
    return int((g[0, 0].sum(1) > 0).sum())

# %% area: The number of pixels.
def empirical_receptive_field(model, input_size):
    x = torch.ones(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    (g,) = torch.autograd.grad(y[0, 0, y.shape[2] // 2, y.shape[3] // 2], x)
    return int((g > 0).sum())

# %% one_short: Leaves the last row out.
def empirical_receptive_field(model, input_size):
    x = torch.ones(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    (g,) = torch.autograd.grad(y[0, 0, y.shape[2] // 2, y.shape[3] // 2], x)
    rows = g[0, 0].sum(1).nonzero().flatten()
    return int(rows[-1] - rows[0])

# %% corner: Takes the value in the upper left corner.
def empirical_receptive_field(model, input_size):
    x = torch.ones(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    (g,) = torch.autograd.grad(y[0, 0, 0, 0], x)
    rows = g[0, 0].sum(1).nonzero().flatten()
    return int(rows[-1] - rows[0] + 1)

# %% whole_output: The gradients of the sum of all outputs.
def empirical_receptive_field(model, input_size):
    x = torch.ones(1, 1, input_size, input_size, requires_grad=True)
    (g,) = torch.autograd.grad(model(x).sum(), x)
    rows = g[0, 0].sum(1).nonzero().flatten()
    return int(rows[-1] - rows[0] + 1)

# %% random_image: A random image, whose negative sums a ReLU sets to 0.
def empirical_receptive_field(model, input_size):
    x = torch.randn(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    (g,) = torch.autograd.grad(y[0, 0, y.shape[2] // 2, y.shape[3] // 2], x)
    rows = g[0, 0].abs().sum(1).nonzero().flatten()
    return int(rows[-1] - rows[0] + 1) if len(rows) else 0

# %% zeros_image: An image of zeros, which a ReLU hides.
def empirical_receptive_field(model, input_size):
    x = torch.zeros(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    (g,) = torch.autograd.grad(y[0, 0, y.shape[2] // 2, y.shape[3] // 2], x)
    rows = g[0, 0].abs().sum(1).nonzero().flatten()
    return int(rows[-1] - rows[0] + 1) if len(rows) else 0

# %% weights_to_one: Sets all weights of the model to 1.
def empirical_receptive_field(model, input_size):
    for p in model.parameters():
        nn.init.ones_(p)
    x = torch.ones(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    (g,) = torch.autograd.grad(y[0, 0, y.shape[2] // 2, y.shape[3] // 2], x)
    rows = g[0, 0].sum(1).nonzero().flatten()
    return int(rows[-1] - rows[0] + 1)

# %% threshold: Takes small gradients for 0.
def empirical_receptive_field(model, input_size):
    x = torch.ones(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    (g,) = torch.autograd.grad(y[0, 0, y.shape[2] // 2, y.shape[3] // 2], x)
    rows = (g[0, 0].sum(1) > 0.3 * g[0, 0].sum(1).max()).nonzero().flatten()
    return int(rows[-1] - rows[0] + 1)

# %% formula_kernels_only: Adds K - 1 of each convolution and forgets strides, dilation and poolings.
def empirical_receptive_field(model, input_size):
    r = 1
    for m in model.modules():
        if isinstance(m, nn.Conv2d):
            r += m.kernel_size[0] - 1
    return r

# %% formula_no_dilation: Computes the field from the layers, without dilation.
def empirical_receptive_field(model, input_size):
    r, j = 1, 1
    for m in model.modules():
        if isinstance(m, (nn.Conv2d, nn.AvgPool2d)):
            k = m.kernel_size if isinstance(m.kernel_size, int) else m.kernel_size[0]
            s = m.stride if isinstance(m.stride, int) else m.stride[0]
            r += (k - 1) * j
            j *= s
    return r

# %% eval_mode: Puts the model into evaluation mode and leaves it so.
def empirical_receptive_field(model, input_size):
    model.eval()
    x = torch.ones(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    (g,) = torch.autograd.grad(y[0, 0, y.shape[2] // 2, y.shape[3] // 2], x)
    rows = g[0, 0].sum(1).nonzero().flatten()
    return int(rows[-1] - rows[0] + 1)

# %% middle_row_only: Looks at the input's middle column only, where a dilated kernel with an even size has a gap.
def empirical_receptive_field(model, input_size):
    x = torch.ones(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    (g,) = torch.autograd.grad(y[0, 0, y.shape[2] // 2, y.shape[3] // 2], x)
    rows = g[0, 0, :, input_size // 2].nonzero().flatten()
    return int(rows[-1] - rows[0] + 1) if len(rows) else 0
