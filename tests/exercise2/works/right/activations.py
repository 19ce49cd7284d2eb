# %% product: A product.
def activations(channels, height, width):
    return channels * height * width

# %% numel: Counts a tensor.
def activations(channels, height, width):
    return torch.empty(channels, height, width).numel()

# %% sum_maps: Adds the maps.
def activations(c, h, w):
    return sum(h * w for _ in range(c))

# %% lambda_numpy: A lambda with numpy.
activations = lambda *shape: np.prod(shape)
