# %% ceil_division: Integer ceiling.
def layers_needed(receptive_field, kernel_size=3):
    return -(-(receptive_field - 1) // (kernel_size - 1))

# %% loop: Adds layers.
def layers_needed(receptive_field, kernel_size=3):
    field, layers = 1, 0
    while field < receptive_field:
        field += kernel_size - 1
        layers += 1
    return layers

# %% math_ceil: math.ceil of a true division.
def layers_needed(receptive_field, kernel_size=3):
    return math.ceil((receptive_field - 1) / (kernel_size - 1))

# %% recursive: Recursion.
def layers_needed(receptive_field, kernel_size=3):
    if receptive_field <= 1:
        return 0
    return 1 + layers_needed(receptive_field - kernel_size + 1, kernel_size)

# %% itertools: next over count.
def layers_needed(receptive_field, kernel_size=3):
    import itertools
    return next(n for n in itertools.count() if 1 + n * (kernel_size - 1) >= receptive_field)
