# %% floor_in_a_loop: Halves the side in a loop.
def flatten_features(image_size, channels, num_pools):
    for _ in range(num_pools):
        image_size = image_size // 2
    return channels * image_size * image_size

# %% bit_shift: Shifts the side by the number of poolings.
def flatten_features(image_size, channels, num_pools):
    return channels * (image_size >> num_pools) ** 2

# %% power_of_two: Floor division by a power of two.
def flatten_features(image_size: int, channels: int, num_pools: int) -> int:
    side = image_size // 2 ** num_pools
    return side * side * channels

# %% recursion: Recursion over the poolings.
def flatten_features(image_size, channels, num_pools):
    if num_pools == 0:
        return image_size ** 2 * channels
    return flatten_features(image_size // 2, channels, num_pools - 1)

# %% meta_dummy_forward: Sends a meta tensor through nn.MaxPool2d layers and counts the values.
def flatten_features(image_size, channels, num_pools):
    x = torch.empty(1, channels, image_size, image_size, device="meta")
    pools = nn.Sequential(*[nn.MaxPool2d(2) for _ in range(num_pools)])
    return pools(x).flatten(1).shape[1]

# %% pool_output_formula: Uses the output size formula for kernel 2 and stride 2 at each pooling.
def flatten_features(image_size, channels, num_pools):
    def pool(n, kernel=2, stride=2):
        return (n - kernel) // stride + 1
    height = width = image_size
    count = 0
    while count < num_pools:
        height, width = pool(height), pool(width)
        count += 1
    return channels * height * width

# %% reduce_ignoring_element: functools.reduce that ignores the element.
import functools

def flatten_features(image_size, channels, num_pools):
    side = functools.reduce(lambda n, _: n // 2, range(num_pools), image_size)
    return channels * side * side

# %% lambda_closure: A lambda inside of a closure factory.
def _make(factor):
    return lambda image_size, channels, num_pools: channels * (image_size // factor ** num_pools) ** 2

flatten_features = _make(2)

# %% math_floor_beginner: Beginner style with math.floor and temporaries.
def flatten_features(image_size, channels, num_pools):
    height = image_size
    width = image_size
    for i in range(0, num_pools):
        height = math.floor(height / 2)
        width = math.floor(width / 2)
        # print(i, height, width)
    pixels = height * width
    features = pixels * channels
    return features

# %% defensive_asserts: Asserts the types before it computes.
def flatten_features(image_size, channels, num_pools):
    assert isinstance(image_size, int) and image_size > 0, "image_size"
    assert isinstance(channels, int) and channels > 0, "channels"
    assert isinstance(num_pools, int) and num_pools >= 0, "num_pools"
    side, _ = divmod(image_size, 2 ** num_pools)
    return channels * side ** 2
