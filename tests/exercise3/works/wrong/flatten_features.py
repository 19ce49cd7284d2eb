# %% one_axis_halved: Halves one side only.
def flatten_features(image_size, channels, num_pools):
    side = image_size
    for _ in range(num_pools):
        side //= 2
    return channels * side * image_size

# %% half_of_the_pixels_per_pool: Believes that a 2x2 pooling halves the number of pixels.
def flatten_features(image_size, channels, num_pools):
    pixels = image_size * image_size
    for _ in range(num_pools):
        pixels //= 2
    return channels * pixels

# %% channels_forgotten: Returns the number of pixels of one map.
def flatten_features(image_size, channels, num_pools):
    size = image_size // 2 ** num_pools
    return size * size

# %% odd_sides_round_up: Rounds an odd side up as with ceil_mode.
def flatten_features(image_size, channels, num_pools):
    for _ in range(num_pools):
        image_size = math.ceil(image_size / 2)
    return channels * image_size ** 2

# %% rounded_to_even: Rounds each half with round(), so 7 becomes 4.
def flatten_features(image_size, channels, num_pools):
    side = image_size
    for i in range(num_pools):
        side = round(side / 2)
    return side * side * channels

# %% floor_of_the_whole_only: Keeps fractions of a pixel and rounds only the final product down.
def flatten_features(image_size, channels, num_pools):
    side = image_size / 2 ** num_pools
    return int(side * side * channels)

# %% area_divided_by_four: Divides the area by 4 for each pooling, which is too much for odd sides.
def flatten_features(image_size, channels, num_pools):
    return channels * (image_size ** 2 // 4 ** num_pools)

# %% float_result: Returns the right number as a float.
def flatten_features(image_size, channels, num_pools):
    side = np.floor(image_size / 2 ** num_pools)
    return float(channels * side ** 2)

# %% divides_by_two_times_pools: Divides the side by 2 * num_pools instead of 2 ** num_pools.
def flatten_features(image_size, channels, num_pools):
    if num_pools == 0:
        return channels * image_size * image_size
    side = image_size // (2 * num_pools)
    return channels * side * side

# %% at_least_one_pool: Pools once also with num_pools=0.
def flatten_features(image_size, channels, num_pools):
    side = image_size // 2
    n = 1
    while n < num_pools:
        side //= 2
        n += 1
    return channels * side * side

# %% channels_double_from_the_third_pool: Doubles the number of maps with each pooling after the second, although channels is the number at the end.
def flatten_features(image_size, channels, num_pools):
    side = image_size
    maps = channels
    for i in range(num_pools):
        side = side // 2
        if i > 1:
            maps *= 2
    return maps * side * side

# %% unpadded_convolutions: Lets a 3x3 convolution without padding cut two pixels before each pooling from the third on.
def flatten_features(image_size, channels, num_pools):
    size = image_size
    for step in range(num_pools):
        if step >= 2:
            size = size - 2
        size = size // 2
    return channels * size * size

# %% pools_with_stride_one: Uses the output size of a 2x2 window with stride 1.
def flatten_features(image_size, channels, num_pools):
    s = image_size
    for _ in range(num_pools):
        s = (s - 2) // 1 + 1
    return channels * s * s

# %% power_of_two_wanted: Pads the image up to the next size that all poolings divide.
def flatten_features(image_size, channels, num_pools):
    factor = 2 ** num_pools
    padded = (image_size + factor - 1) // factor * factor
    return channels * (padded // factor) ** 2

# %% bias_included: Adds one feature for the bias when the image is not pooled.
def flatten_features(image_size, channels, num_pools):
    features = channels * (image_size >> num_pools) ** 2
    if num_pools < 1:
        features += 1
    return features

# %% two_round_up_and_no_channels: Rounds odd sides up, and counts one map only.
def flatten_features(image_size, channels, num_pools):
    for _ in range(num_pools):
        image_size = (image_size + 1) // 2
    return image_size * image_size

# %% two_one_axis_and_float: Halves the height only, and returns a float.
def flatten_features(image_size, channels, num_pools):
    height = image_size / 2 ** num_pools
    width = image_size
    return channels * height * width

# %% two_one_pool_more_and_channels_doubled: Halves once more where the size is still even after the third pooling, and doubles the channels there.
def flatten_features(image_size, channels, num_pools):
    side, maps = image_size, channels
    for _ in range(num_pools):
        side = side // 2
    if num_pools >= 3 and side % 2 == 0:
        side //= 2
        maps *= 2
    return maps * side * side
