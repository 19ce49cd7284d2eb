# %% no_root: Divides by the variance instead of its root.
def batch_norm_eval(x, running_mean, running_var, weight, bias, eps=1e-5):
    shape = (1, -1, 1, 1)
    return (x - running_mean.view(shape)) / (running_var.view(shape) + eps) * weight.view(shape) + bias.view(shape)

# %% batch_mean: Takes the mean of the batch with the running variance.
def batch_norm_eval(x, running_mean, running_var, weight, bias, eps=1e-5):
    shape = (1, -1, 1, 1)
    mean = x.mean(dim=(0, 2, 3), keepdim=True)
    return (x - mean) / torch.sqrt(running_var.view(shape) + eps) * weight.view(shape) + bias.view(shape)

# %% changes_running_var: Adds eps to the running variance in place.
def batch_norm_eval(x, running_mean, running_var, weight, bias, eps=1e-5):
    shape = (1, -1, 1, 1)
    running_var += eps
    return (x - running_mean.view(shape)) / running_var.sqrt().view(shape) * weight.view(shape) + bias.view(shape)

# %% no_eps: Leaves eps out.
def batch_norm_eval(x, running_mean, running_var, weight, bias, eps=1e-5):
    shape = (1, -1, 1, 1)
    return (x - running_mean.view(shape)) / running_var.sqrt().view(shape) * weight.view(shape) + bias.view(shape)
