# %% square_only: Uses the height for the width.
def trace_shapes(layers, input_shape):
    out, shape = [], input_shape
    for layer in layers:
        if layer[0] == "conv":
            _, c, k, s, p = layer
            h = (shape[1] + 2 * p - k) // s + 1
            shape = (c, h, h)
        elif layer[0] == "pool":
            shape = (shape[0], shape[1] // layer[1], shape[1] // layer[1])
        elif layer[0] == "flatten":
            shape = (math.prod(shape),)
        else:
            shape = (layer[1],)
        out.append(shape)
    return out

# %% input_included: The list begins with the shape of the input.
def trace_shapes(layers, input_shape):
    out, shape = [input_shape], input_shape
    for layer in layers:
        if layer[0] == "conv":
            _, c, k, s, p = layer
            shape = (c, (shape[1] + 2 * p - k) // s + 1, (shape[2] + 2 * p - k) // s + 1)
        elif layer[0] == "pool":
            shape = (shape[0], shape[1] // layer[1], shape[2] // layer[1])
        elif layer[0] == "flatten":
            shape = (math.prod(shape),)
        else:
            shape = (layer[1],)
        out.append(shape)
    return out

# %% flatten_int: Flatten gives an int instead of a tuple.
def trace_shapes(layers, input_shape):
    out, shape = [], input_shape
    for layer in layers:
        if layer[0] == "conv":
            _, c, k, s, p = layer
            shape = (c, (shape[1] + 2 * p - k) // s + 1, (shape[2] + 2 * p - k) // s + 1)
        elif layer[0] == "pool":
            shape = (shape[0], shape[1] // layer[1], shape[2] // layer[1])
        elif layer[0] == "flatten":
            shape = math.prod(shape)
        else:
            shape = layer[1]
        out.append(shape)
    return out

# %% pool_stride_one: The pooling has stride 1.
def trace_shapes(layers, input_shape):
    out, shape = [], input_shape
    for layer in layers:
        if layer[0] == "conv":
            _, c, k, s, p = layer
            shape = (c, (shape[1] + 2 * p - k) // s + 1, (shape[2] + 2 * p - k) // s + 1)
        elif layer[0] == "pool":
            shape = (shape[0], shape[1] - layer[1] + 1, shape[2] - layer[1] + 1)
        elif layer[0] == "flatten":
            shape = (math.prod(shape),)
        else:
            shape = (layer[1],)
        out.append(shape)
    return out

# %% pool_halves: Every pooling halves, whatever its kernel.
def trace_shapes(layers, input_shape):
    out, shape = [], input_shape
    for layer in layers:
        if layer[0] == "conv":
            _, c, k, s, p = layer
            shape = (c, (shape[1] + 2 * p - k) // s + 1, (shape[2] + 2 * p - k) // s + 1)
        elif layer[0] == "pool":
            shape = (shape[0], shape[1] // 2, shape[2] // 2)
        elif layer[0] == "flatten":
            shape = (math.prod(shape),)
        else:
            shape = (layer[1],)
        out.append(shape)
    return out

# %% stride_and_padding_swapped: Reads the padding before the stride.
def trace_shapes(layers, input_shape):
    out, shape = [], input_shape
    for layer in layers:
        if layer[0] == "conv":
            _, c, k, p, s = layer
            s = max(s, 1)
            shape = (c, (shape[1] + 2 * p - k) // s + 1, (shape[2] + 2 * p - k) // s + 1)
        elif layer[0] == "pool":
            shape = (shape[0], shape[1] // layer[1], shape[2] // layer[1])
        elif layer[0] == "flatten":
            shape = (math.prod(shape),)
        else:
            shape = (layer[1],)
        out.append(shape)
    return out

# %% pool_rounds_up: The pooling rounds up.
def trace_shapes(layers, input_shape):
    out, shape = [], input_shape
    for layer in layers:
        if layer[0] == "conv":
            _, c, k, s, p = layer
            shape = (c, (shape[1] + 2 * p - k) // s + 1, (shape[2] + 2 * p - k) // s + 1)
        elif layer[0] == "pool":
            shape = (shape[0], -(-shape[1] // layer[1]), -(-shape[2] // layer[1]))
        elif layer[0] == "flatten":
            shape = (math.prod(shape),)
        else:
            shape = (layer[1],)
        out.append(shape)
    return out

# %% empties_the_list: Takes the layers out of the caller's list, so the argument is empty afterwards.
def trace_shapes(layers, input_shape):
    out, shape = [], input_shape
    while layers:
        layer = layers.pop(0)
        if layer[0] == "conv":
            _, c, k, s, p = layer
            shape = (c, (shape[1] + 2 * p - k) // s + 1, (shape[2] + 2 * p - k) // s + 1)
        elif layer[0] == "pool":
            shape = (shape[0], shape[1] // layer[1], shape[2] // layer[1])
        elif layer[0] == "flatten":
            shape = (math.prod(shape),)
        else:
            shape = (layer[1],)
        out.append(shape)
    return out

# %% last_only: Returns only the shape after the last layer.
def trace_shapes(layers, input_shape):
    shape = input_shape
    for layer in layers:
        if layer[0] == "conv":
            _, c, k, s, p = layer
            shape = (c, (shape[1] + 2 * p - k) // s + 1, (shape[2] + 2 * p - k) // s + 1)
        elif layer[0] == "pool":
            shape = (shape[0], shape[1] // layer[1], shape[2] // layer[1])
        elif layer[0] == "flatten":
            shape = (math.prod(shape),)
        else:
            shape = (layer[1],)
    return shape

# %% conv_keeps_channels_for_flatten: Flatten uses the channels of the input image.
def trace_shapes(layers, input_shape):
    out, shape = [], input_shape
    for layer in layers:
        if layer[0] == "conv":
            _, c, k, s, p = layer
            shape = (c, (shape[1] + 2 * p - k) // s + 1, (shape[2] + 2 * p - k) // s + 1)
        elif layer[0] == "pool":
            shape = (shape[0], shape[1] // layer[1], shape[2] // layer[1])
        elif layer[0] == "flatten":
            shape = (input_shape[0] * shape[1] * shape[2],)
        else:
            shape = (layer[1],)
        out.append(shape)
    return out
