# %% match_statement: With structural pattern matching.
def trace_shapes(layers, input_shape):
    shapes, shape = [], input_shape
    for layer in layers:
        match layer:
            case ("conv", c, k, s, p):
                shape = (c, *((n + 2 * p - k) // s + 1 for n in shape[1:]))
            case ("pool", k):
                shape = (shape[0], shape[1] // k, shape[2] // k)
            case ("flatten",):
                shape = (math.prod(shape),)
            case ("linear", n):
                shape = (n,)
        shapes.append(shape)
    return shapes

# %% recursion: Recursion over the layers, with pool_output_size for both.
def trace_shapes(layers, input_shape):
    if not layers:
        return []
    kind, *args = layers[0]
    if kind == "conv":
        c, k, s, p = args
        new = (c,) + tuple(pool_output_size(n, k, s, p) for n in input_shape[1:])
    elif kind == "pool":
        new = (input_shape[0],) + tuple(pool_output_size(n, args[0]) for n in input_shape[1:])
    elif kind == "flatten":
        new = (input_shape[0] * input_shape[1] * input_shape[2],)
    else:
        new = (args[0],)
    return [new] + trace_shapes(layers[1:], new)

# %% numpy_ints: Arrays of sizes, turned into tuples of numpy integers at the end.
def trace_shapes(layers, input_shape):
    out = []
    cur = np.array(input_shape)
    for layer in layers:
        if layer[0] == "conv":
            _, c, k, s, p = layer
            cur = np.concatenate([[c], (cur[1:] + 2 * p - k) // s + 1])
        elif layer[0] == "pool":
            cur = np.concatenate([cur[:1], cur[1:] // layer[1]])
        elif layer[0] == "flatten":
            cur = cur.prod(keepdims=True)
        elif layer[0] == "linear":
            cur = np.array([layer[1]])
        out.append(tuple(cur))
    return out

# %% generator: A helper generator.
def _steps(layers, shape):
    for name, *a in layers:
        if name == "conv":
            C, H, W = shape
            shape = (a[0], (H + 2 * a[3] - a[1]) // a[2] + 1, (W + 2 * a[3] - a[1]) // a[2] + 1)
        elif name == "pool":
            C, H, W = shape
            shape = (C, (H - a[0]) // a[0] + 1, (W - a[0]) // a[0] + 1)
        elif name == "flatten":
            C, H, W = shape
            shape = (C * H * W,)
        elif name == "linear":
            shape = (a[0],)
        yield shape

def trace_shapes(layers, input_shape):
    return list(_steps(layers, input_shape))
