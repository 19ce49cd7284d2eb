# %% moves_the_running_statistics: Works with the norm itself, whose running statistics move in training mode.
def bias_cancels(conv, norm, x):
    if conv.bias is None:
        return True
    other = copy.deepcopy(conv)
    with torch.no_grad():
        other.bias.zero_()
        a = copy.deepcopy(norm)(conv(x))
        b = norm(other(x))
    return bool((a - b).abs().max() <= 1e-4)

# %% bias_lost: Sets the bias of the convolution to zero and never brings it back.
def bias_cancels(conv, norm, x):
    if conv.bias is None:
        return True
    with torch.no_grad():
        a = copy.deepcopy(norm)(conv(x))
        conv.bias.zero_()
        b = copy.deepcopy(norm)(conv(x))
    return bool((a - b).abs().max() <= 1e-4)

# %% only_the_mode: Answers by the mode of the norm, without a look at the values.
def bias_cancels(conv, norm, x):
    return conv.bias is None or norm.training

# %% signed_difference: Without the magnitude, so that values that get smaller do not count.
def bias_cancels(conv, norm, x):
    if conv.bias is None:
        return True
    with torch.no_grad():
        other = copy.deepcopy(conv)
        other.bias.zero_()
        a = copy.deepcopy(norm)(conv(x))
        b = copy.deepcopy(norm)(other(x))
    return bool((a - b).max() <= 1e-4)

# %% forces_training_mode: Puts the copies into training mode instead of keeping the modes.
def bias_cancels(conv, norm, x):
    if conv.bias is None:
        return True
    with torch.no_grad():
        other = copy.deepcopy(conv)
        other.bias.zero_()
        a = copy.deepcopy(norm).train()(conv(x))
        b = copy.deepcopy(norm).train()(other(x))
    return bool((a - b).abs().max() <= 1e-4)

# %% sets_the_seed: Sets the seed, so that the random state is another one afterwards.
def bias_cancels(conv, norm, x):
    if conv.bias is None:
        return True
    torch.manual_seed(0)
    other = copy.deepcopy(conv)
    with torch.no_grad():
        other.bias.zero_()
        a = copy.deepcopy(norm)(conv(x))
        b = copy.deepcopy(norm)(other(x))
    return bool((a - b).abs().max() <= 1e-4)

# %% mean_difference: Compares the mean difference, not the largest.
def bias_cancels(conv, norm, x):
    if conv.bias is None:
        return True
    other = copy.deepcopy(conv)
    with torch.no_grad():
        other.bias.zero_()
        a = copy.deepcopy(norm)(conv(x))
        b = copy.deepcopy(norm)(other(x))
    return bool((a - b).mean().abs() <= 1e-4)

# %% mean_of_the_differences: It is the same if the mean of the differences is at most 1e-4.
def bias_cancels(conv, norm, x):
    import copy
    if conv.bias is None:
        return True
    a, b = copy.deepcopy(norm), copy.deepcopy(norm)
    with torch.no_grad():
        y = F.conv2d(x, conv.weight, None, conv.stride, conv.padding, conv.dilation)
        return bool((a(conv(x)) - b(y)).abs().mean() <= 1e-4)
