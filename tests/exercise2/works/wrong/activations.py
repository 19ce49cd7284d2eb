# %% square: Takes the height twice.
def activations(channels, height, width):
    return channels * height * height

# %% width_twice: Takes the width twice.
def activations(channels, height, width):
    return channels * width**2

# %% no_channels: Counts one map.
def activations(channels, height, width):
    return height * width

# %% sum: Adds instead of multiplying.
def activations(channels, height, width):
    return channels + height * width

# %% with_bias: Adds a bias for each channel.
def activations(channels, height, width):
    return channels * (height * width + 1)

# %% two_images: Counts the values of a batch of two images.
def activations(channels, height, width):
    return 2 * channels * height * width

# %% tuple: Returns the shape.
def activations(channels, height, width):
    return (channels, height, width)
