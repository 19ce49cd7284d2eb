# %% always_16: Ignores depth.
def is_valid_unet_size(height, width, depth=4):
    return height % 16 == 0 and width % 16 == 0

# %% height_only: Looks at the height only.
def is_valid_unet_size(height, width, depth=4):
    return height % 2**depth == 0

# %% width_only: Looks at the width only.
def is_valid_unet_size(height, width, depth=4):
    return width % 2**depth == 0

# %% either: One side suffices.
def is_valid_unet_size(height, width, depth=4):
    return height % 2**depth == 0 or width % 2**depth == 0

# %% times_two: Divides by 2 * depth instead of 2 ** depth.
def is_valid_unet_size(height, width, depth=4):
    return height % (2 * depth) == 0 and width % (2 * depth) == 0

# %% default_three: The default depth is 3.
def is_valid_unet_size(height, width, depth=3):
    return height % 2**depth == 0 and width % 2**depth == 0

# %% large_enough: Only asks that no side gets smaller than 1.
def is_valid_unet_size(height, width, depth=4):
    return height >= 2**depth and width >= 2**depth

# %% product: Looks at the number of pixels.
def is_valid_unet_size(height, width, depth=4):
    return (height * width) % 4**depth == 0

# %% sum: Looks at the sum of the sides.
def is_valid_unet_size(height, width, depth=4):
    return (height + width) % 2**depth == 0

# %% powers_of_two: Only powers of two are allowed.
def is_valid_unet_size(height, width, depth=4):
    def ok(n):
        return n & (n - 1) == 0 and n >= 2**depth
    return ok(height) and ok(width)
