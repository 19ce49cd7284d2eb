# %% scale_and_shift: Folds everything into one factor and one summand.
def batch_norm_eval(x, running_mean, running_var, weight, bias, eps=1e-5):
    scale = weight / torch.sqrt(running_var + eps)
    shift = bias - running_mean * scale
    return x * scale[None, :, None, None] + shift[None, :, None, None]

# %% stack_of_channels: A list of channels, stacked in the end.
def batch_norm_eval(x, running_mean, running_var, weight, bias, eps=1e-5):
    channels = []
    for values, m, v, w, b in zip(x.unbind(1), running_mean, running_var, weight, bias):
        channels.append((values - m) / (v + eps) ** 0.5 * w + b)
    return torch.stack(channels, dim=1)
