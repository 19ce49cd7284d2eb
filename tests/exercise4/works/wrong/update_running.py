# %% biased: The biased variance of the batch.
def update_running(running_mean, running_var, x, momentum=0.1):
    mean = x.mean(dim=(0, 2, 3))
    var = x.var(dim=(0, 2, 3), unbiased=False)
    return (1 - momentum) * running_mean + momentum * mean, (1 - momentum) * running_var + momentum * var

# %% momentum_of_the_old: Momentum weights the old value, as in optimizers.
def update_running(running_mean, running_var, x, momentum=0.1):
    mean = x.mean(dim=(0, 2, 3))
    var = x.var(dim=(0, 2, 3))
    return momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * var

# %% in_place: Updates the arguments and returns them.
def update_running(running_mean, running_var, x, momentum=0.1):
    running_mean.mul_(1 - momentum).add_(momentum * x.mean(dim=(0, 2, 3)))
    running_var.mul_(1 - momentum).add_(momentum * x.var(dim=(0, 2, 3)))
    return running_mean, running_var

# %% standard_deviation: The standard deviation of the batch for the variance.
def update_running(running_mean, running_var, x, momentum=0.1):
    mean = x.mean(dim=(0, 2, 3))
    std = x.std(dim=(0, 2, 3))
    return (1 - momentum) * running_mean + momentum * mean, (1 - momentum) * running_var + momentum * std
