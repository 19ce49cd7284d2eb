# %% deepcopies: Copies of both layers, the bias of the copy set to zero.
def bias_cancels(conv, norm, x):
    if conv.bias is None:
        return True
    with torch.no_grad(), torch.random.fork_rng():
        state = torch.get_rng_state()
        a = copy.deepcopy(norm)(copy.deepcopy(conv)(x))
        torch.set_rng_state(state)
        other = copy.deepcopy(conv)
        other.bias.zero_()
        b = copy.deepcopy(norm)(other(x))
    return bool((a - b).abs().max() <= 1e-4)

# %% functional_call: The bias is subtracted from the map and the norm is copied twice; the random state is kept by hand.
def bias_cancels(conv, norm, x):
    if conv.bias is None:
        return True
    first, second = copy.deepcopy(norm), copy.deepcopy(norm)
    state = torch.get_rng_state()
    try:
        with torch.no_grad():
            layer = copy.deepcopy(conv)
            maps = layer(x)
            layer.bias = None
            plain = layer(x)
            torch.manual_seed(0)
            one = first(maps)
            torch.manual_seed(0)
            two = second(plain)
    finally:
        torch.set_rng_state(state)
    return torch.max(torch.abs(one - two)).item() <= 1e-4
