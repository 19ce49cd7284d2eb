# %% lerp: torch.lerp from the old to the new.
def update_running(running_mean, running_var, x, momentum=0.1):
    mean = x.mean(dim=(0, 2, 3))
    var = x.var(dim=(0, 2, 3), unbiased=True)
    return torch.lerp(running_mean, mean, momentum), torch.lerp(running_var, var, momentum)

# %% bessel_by_hand: Clones, flattens the channels and corrects the biased variance by n / (n - 1).
def update_running(running_mean, running_var, x, momentum=0.1):
    m, v = running_mean.clone(), running_var.clone()
    flat = x.transpose(0, 1).flatten(1)
    n = flat.shape[1]
    mean = flat.sum(1) / n
    biased = (flat - mean[:, None]).pow(2).sum(1) / n
    m.mul_(1 - momentum).add_(momentum * mean)
    v.mul_(1 - momentum).add_(momentum * biased * n / (n - 1))
    return m, v
