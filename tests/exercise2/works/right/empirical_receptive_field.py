# %% backward: backward on the input, first and last row.
def empirical_receptive_field(model, input_size):
    x = torch.ones(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    middle = y[0, 0, y.shape[2] // 2, y.shape[3] // 2]
    (grad,) = torch.autograd.grad(middle, x)
    rows = grad[0, 0].abs().sum(1).nonzero().flatten()
    return int(rows[-1] - rows[0] + 1)

# %% deepcopy: backward on a copy of the model.
def empirical_receptive_field(model, input_size):
    import copy
    twin = copy.deepcopy(model)
    image = torch.ones((1, 1, input_size, input_size)).requires_grad_()
    out = twin(image)
    out[:, :, out.size(2) // 2, out.size(3) // 2].sum().backward()
    used = [i for i in range(input_size) if (image.grad[0, 0, i] != 0).any()]
    return max(used) - min(used) + 1

# %% columns: Measures the columns; the kernel sees as many; numpy inside.
def empirical_receptive_field(model, input_size):
    x = torch.ones(1, 1, input_size, input_size)
    x.requires_grad = True
    out = model(x)
    target = out[0, :, out.shape[-2] // 2, out.shape[-1] // 2].sum()
    g = torch.autograd.grad(target, [x])[0].numpy()[0, 0]
    rows = np.flatnonzero(g.any(axis=1))
    return rows.max() - rows.min() + 1

# %% grad_outputs: A map of zeros with a one in the middle as grad_outputs.
def empirical_receptive_field(model, input_size):
    x = torch.ones(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    seed = torch.zeros_like(y)
    seed[0, 0, y.shape[2] // 2, y.shape[3] // 2] = 1
    g = torch.autograd.grad(y, x, grad_outputs=seed)[0][0, 0]
    hit = torch.where(g.sum(dim=-1) > 0)[0].tolist()
    return hit[-1] - hit[0] + 1
