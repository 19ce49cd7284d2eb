# %% floor: Rounds down.
def layers_needed(receptive_field, kernel_size=3):
    return (receptive_field - 1) // (kernel_size - 1)

# %% round: Rounds to the nearest.
def layers_needed(receptive_field, kernel_size=3):
    return round((receptive_field - 1) / (kernel_size - 1))

# %% at_least_one: Never 0.
def layers_needed(receptive_field, kernel_size=3):
    return max(1, math.ceil((receptive_field - 1) / (kernel_size - 1)))

# %% divides_by_kernel: Each layer adds the whole kernel.
def layers_needed(receptive_field, kernel_size=3):
    return math.ceil(receptive_field / kernel_size)

# %% more_than: Wants a field larger than asked for.
def layers_needed(receptive_field, kernel_size=3):
    field, n = 1, 0
    while field <= receptive_field:
        field += kernel_size - 1
        n += 1
    return n

# %% ignores_kernel: Always kernel size 3.
def layers_needed(receptive_field, kernel_size=3):
    return math.ceil((receptive_field - 1) / 2)

# %% default_five: The default is 5.
def layers_needed(receptive_field, kernel_size=5):
    return math.ceil((receptive_field - 1) / (kernel_size - 1))

# %% starts_at_zero: Without a layer a value sees nothing.
def layers_needed(receptive_field, kernel_size=3):
    field, n = 0, 0
    while field < receptive_field:
        field += kernel_size - 1
        n += 1
    return n

# %% odd_kernels_only: Right for odd kernels only: adds twice the half kernel, rounded down.
def layers_needed(receptive_field, kernel_size=3):
    half = max(1, kernel_size // 2)
    return math.ceil((receptive_field - 1) / 2 / half)
