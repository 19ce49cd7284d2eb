# %% after_pooling: The encoders' shapes after the pooling.
def unet_shapes(size, in_channels=1, base_channels=64):
    shapes = {"input": (in_channels, size, size)}
    for i in range(4):
        s = size // 2 ** (i + 1)
        shapes[f"encoder{i + 1}"] = (base_channels * 2**i, s, s)
    shapes["bottleneck"] = (base_channels * 16, size // 16, size // 16)
    for i in (4, 3, 2, 1):
        shapes[f"decoder{i}"] = (base_channels * 2 ** (i - 1), size // 2 ** (i - 1), size // 2 ** (i - 1))
    shapes["output"] = shapes["input"]
    return shapes

# %% bottleneck_same_channels: The bottleneck keeps the channels of encoder4.
def unet_shapes(size, in_channels=1, base_channels=64):
    shapes = {"input": (in_channels, size, size)}
    for i in range(4):
        s = size // 2**i
        shapes[f"encoder{i + 1}"] = (base_channels * 2**i, s, s)
    shapes["bottleneck"] = (base_channels * 8, size // 16, size // 16)
    for i in (4, 3, 2, 1):
        shapes[f"decoder{i}"] = shapes[f"encoder{i}"]
    shapes["output"] = shapes["input"]
    return shapes

# %% bottleneck_not_pooled: The bottleneck has the size of encoder4.
def unet_shapes(size, in_channels=1, base_channels=64):
    shapes = {"input": (in_channels, size, size)}
    for i in range(4):
        s = size // 2**i
        shapes[f"encoder{i + 1}"] = (base_channels * 2**i, s, s)
    shapes["bottleneck"] = (base_channels * 16, size // 8, size // 8)
    for i in (4, 3, 2, 1):
        shapes[f"decoder{i}"] = shapes[f"encoder{i}"]
    shapes["output"] = shapes["input"]
    return shapes

# %% output_one_channel: The output always has one channel.
def unet_shapes(size, in_channels=1, base_channels=64):
    shapes = {"input": (in_channels, size, size)}
    for i in range(4):
        s = size // 2**i
        shapes[f"encoder{i + 1}"] = (base_channels * 2**i, s, s)
    shapes["bottleneck"] = (base_channels * 16, size // 16, size // 16)
    for i in (4, 3, 2, 1):
        shapes[f"decoder{i}"] = shapes[f"encoder{i}"]
    shapes["output"] = (1, size, size)
    return shapes

# %% decoder_concatenated: The decoders hold the concatenated maps, twice the channels.
def unet_shapes(size, in_channels=1, base_channels=64):
    shapes = {"input": (in_channels, size, size)}
    for i in range(4):
        s = size // 2**i
        shapes[f"encoder{i + 1}"] = (base_channels * 2**i, s, s)
    shapes["bottleneck"] = (base_channels * 16, size // 16, size // 16)
    for i in (4, 3, 2, 1):
        c, h, w = shapes[f"encoder{i}"]
        shapes[f"decoder{i}"] = (2 * c, h, w)
    shapes["output"] = shapes["input"]
    return shapes

# %% decoder_numbered_upwards: decoder1 follows the bottleneck.
def unet_shapes(size, in_channels=1, base_channels=64):
    shapes = {"input": (in_channels, size, size)}
    for i in range(4):
        s = size // 2**i
        shapes[f"encoder{i + 1}"] = (base_channels * 2**i, s, s)
    shapes["bottleneck"] = (base_channels * 16, size // 16, size // 16)
    for i in (4, 3, 2, 1):
        shapes[f"decoder{5 - i}"] = shapes[f"encoder{i}"]
    shapes["output"] = shapes["input"]
    return shapes

# %% channels_last: Shapes as (H, W, C).
def unet_shapes(size, in_channels=1, base_channels=64):
    shapes = {"input": (size, size, in_channels)}
    for i in range(4):
        s = size // 2**i
        shapes[f"encoder{i + 1}"] = (s, s, base_channels * 2**i)
    shapes["bottleneck"] = (size // 16, size // 16, base_channels * 16)
    for i in (4, 3, 2, 1):
        shapes[f"decoder{i}"] = shapes[f"encoder{i}"]
    shapes["output"] = shapes["input"]
    return shapes

# %% always_64: Ignores base_channels.
def unet_shapes(size, in_channels=1, base_channels=64):
    shapes = {"input": (in_channels, size, size)}
    for i in range(4):
        s = size // 2**i
        shapes[f"encoder{i + 1}"] = (64 * 2**i, s, s)
    shapes["bottleneck"] = (64 * 16, size // 16, size // 16)
    for i in (4, 3, 2, 1):
        shapes[f"decoder{i}"] = shapes[f"encoder{i}"]
    shapes["output"] = shapes["input"]
    return shapes

# %% no_output: No key for the output.
def unet_shapes(size, in_channels=1, base_channels=64):
    shapes = {"input": (in_channels, size, size)}
    for i in range(4):
        s = size // 2**i
        shapes[f"encoder{i + 1}"] = (base_channels * 2**i, s, s)
    shapes["bottleneck"] = (base_channels * 16, size // 16, size // 16)
    for i in (4, 3, 2, 1):
        shapes[f"decoder{i}"] = shapes[f"encoder{i}"]
    return shapes

# %% default_three_channels: in_channels is 3 by default.
def unet_shapes(size, in_channels=3, base_channels=64):
    shapes = {"input": (in_channels, size, size)}
    for i in range(4):
        s = size // 2**i
        shapes[f"encoder{i + 1}"] = (base_channels * 2**i, s, s)
    shapes["bottleneck"] = (base_channels * 16, size // 16, size // 16)
    for i in (4, 3, 2, 1):
        shapes[f"decoder{i}"] = shapes[f"encoder{i}"]
    shapes["output"] = shapes["input"]
    return shapes

# %% default_base_32: base_channels is 32 by default.
def unet_shapes(size, in_channels=1, base_channels=32):
    shapes = {"input": (in_channels, size, size)}
    for i in range(4):
        s = size // 2**i
        shapes[f"encoder{i + 1}"] = (base_channels * 2**i, s, s)
    shapes["bottleneck"] = (base_channels * 16, size // 16, size // 16)
    for i in (4, 3, 2, 1):
        shapes[f"decoder{i}"] = shapes[f"encoder{i}"]
    shapes["output"] = shapes["input"]
    return shapes
