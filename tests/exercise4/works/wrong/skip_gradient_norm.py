# %% skip_from_the_input: Each skip brings the input of the network, not that of the layer.
def skip_gradient_norm(depth, residual):
    x = torch.linspace(-1, 1, 5, requires_grad=True)
    h = x
    for _ in range(depth):
        h = x + torch.tanh(h / 2) if residual else torch.tanh(h / 2)
    h.sum().backward()
    return x.grad.norm().item()

# %% absolute_sum: The sum of the magnitudes for the norm.
def skip_gradient_norm(depth, residual):
    x = torch.linspace(-1, 1, 5, requires_grad=True)
    h = x
    for _ in range(depth):
        h = h + torch.tanh(h / 2) if residual else torch.tanh(h / 2)
    h.sum().backward()
    return x.grad.abs().sum().item()

# %% gradient_of_the_mean: The gradient of the mean of the output.
def skip_gradient_norm(depth, residual):
    x = torch.linspace(-1, 1, 5, requires_grad=True)
    h = x
    for _ in range(depth):
        h = h + torch.tanh(h / 2) if residual else torch.tanh(h / 2)
    h.mean().backward()
    return x.grad.norm().item()

# %% tanh_half: tanh(x) / 2 for tanh(x / 2).
def skip_gradient_norm(depth, residual):
    x = torch.linspace(-1, 1, 5, requires_grad=True)
    h = x
    for _ in range(depth):
        f = torch.tanh(h) / 2
        h = h + f if residual else f
    h.sum().backward()
    return x.grad.norm().item()
