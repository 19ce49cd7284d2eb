# %% loop: A loop over the levels.
def unet_shapes(size, in_channels=1, base_channels=64):
    shapes = {"input": (in_channels, size, size)}
    for i in range(4):
        s = size // 2**i
        shapes[f"encoder{i + 1}"] = (base_channels * 2**i, s, s)
    shapes["bottleneck"] = (base_channels * 16, size // 16, size // 16)
    for i in (4, 3, 2, 1):
        shapes[f"decoder{i}"] = shapes[f"encoder{i}"]
    shapes["output"] = shapes["input"]
    return shapes

# %% written_out: Everything written out.
def unet_shapes(size, in_channels=1, base_channels=64):
    b, s = base_channels, size
    return {
        "input": (in_channels, s, s),
        "encoder1": (b, s, s),
        "encoder2": (2 * b, s // 2, s // 2),
        "encoder3": (4 * b, s // 4, s // 4),
        "encoder4": (8 * b, s // 8, s // 8),
        "bottleneck": (16 * b, s // 16, s // 16),
        "decoder4": (8 * b, s // 8, s // 8),
        "decoder3": (4 * b, s // 4, s // 4),
        "decoder2": (2 * b, s // 2, s // 2),
        "decoder1": (b, s, s),
        "output": (in_channels, s, s),
    }

# %% comprehension_other_order: Dict comprehensions merged, decoders in another order.
def unet_shapes(size, in_channels=1, base_channels=64):
    def stage(n):
        return (base_channels << n, size >> n, size >> n)
    enc = {f"encoder{n + 1}": stage(n) for n in range(4)}
    dec = {k.replace("en", "de", 1): v for k, v in enc.items()}
    ends = dict.fromkeys(["input", "output"], (in_channels, size, size))
    return {**ends, **dec, "bottleneck": stage(4), **enc}

# %% numpy_sizes: Sizes from an integer numpy array.
def unet_shapes(size, in_channels=1, base_channels=64):
    f = 2 ** np.arange(5)
    rows = list(zip(base_channels * f, size // f, size // f))
    names = ["encoder1", "encoder2", "encoder3", "encoder4", "bottleneck"]
    d = dict(zip(names, rows))
    for i in range(1, 5):
        d["decoder%d" % i] = d["encoder%d" % i]
    d["input"] = d["output"] = (in_channels, size, size)
    return d
