# %% modulo: With 2 ** depth.
def is_valid_unet_size(height, width, depth=4):
    return height % 2**depth == 0 and width % 2**depth == 0

# %% loop: Halves both sides in a loop.
def is_valid_unet_size(height, width, depth=4):
    for _ in range(depth):
        if height % 2 or width % 2:
            return False
        height, width = height // 2, width // 2
    return True

# %% bits: A bit mask; the result is made a bool.
def is_valid_unet_size(height, width, depth=4):
    mask = (1 << depth) - 1
    return not (height | width) & mask

# %% numpy_bool: numpy's remainder; returns a numpy bool.
def is_valid_unet_size(height, width, depth=4):
    return np.all(np.mod([height, width], 2**depth) == 0)

# %% gcd: The greatest common divisor.
def is_valid_unet_size(height, width, depth=4):
    return math.gcd(height, width) % (2**depth) == 0
