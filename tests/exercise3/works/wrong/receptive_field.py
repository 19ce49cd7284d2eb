# %% jump_before_growth: Multiplies the jump by the stride before the receptive field grows.
def receptive_field(layers):
    r, jump = 1, 1
    for layer in layers:
        k, s = layer[0], layer[1]
        d = layer[2] if len(layer) > 2 else 1
        jump *= s
        r += d * (k - 1) * jump
    return r

# %% stride_ignored: The jump always stays 1.
def receptive_field(layers):
    r = 1
    for kernel, stride, *dilation in layers:
        d = dilation[0] if dilation else 1
        r += d * (kernel - 1)
    return r

# %% kernel_summed: Adds the kernel instead of kernel - 1 for each layer after the first.
def receptive_field(layers):
    r, j = 1, 1
    for i, layer in enumerate(layers):
        k, s, d = (*layer, 1)[:3]
        if i == 0:
            r += d * (k - 1)
        else:
            r += d * k * j
        j *= s
    return r

# %% product_of_kernels: Multiplies the spans of the kernels.
def receptive_field(layers):
    r = 1
    for layer in layers:
        k, s, d = layer if len(layer) == 3 else (*layer, 1)
        span = d * (k - 1) + 1
        r = r * span
    return r

# %% dilation_ignored: The third entry of a layer is never read.
def receptive_field(layers):
    rf = 1
    jump = 1
    for layer in layers:
        rf += (layer[0] - 1) * jump
        jump *= layer[1]
    return rf

# %% pooling_ignored: Leaves out layers (2, 2) as if a pooling did not belong.
def receptive_field(layers):
    r, jump = 1, 1
    convs = [layer for layer in layers if tuple(layer[:2]) != (2, 2)]
    for k, s, *rest in convs:
        d = rest[0] if rest else 1
        r += d * (k - 1) * jump
        jump *= s
    return r

# %% empty_list_gives_zero: Returns 0 for the empty list.
def receptive_field(layers):
    if not layers:
        return 0
    r = j = 1
    for layer in layers:
        k, s = layer[:2]
        d = layer[2] if len(layer) == 3 else 1
        r, j = r + d * (k - 1) * j, j * s
    return r

# %% starts_with_the_first_layer: Takes the span of the first layer as a start, which raises IndexError for the empty list.
def receptive_field(layers):
    rf = (layers[0][0] - 1) * (layers[0][2] if len(layers[0]) > 2 else 1) + 1
    jump = layers[0][1]
    for layer in layers[1:]:
        k, s = layer[0], layer[1]
        d = layer[2] if len(layer) > 2 else 1
        rf += d * (k - 1) * jump
        jump *= s
    return rf

# %% jumps_added: Adds the strides up instead of multiplying them.
def receptive_field(layers):
    r, jump = 1, 1
    for layer in layers:
        k, s, d = (list(layer) + [1])[:3]
        r += d * (k - 1) * jump
        jump += s - 1
    return r

# %% dilation_times_kernel: Lets the field grow by dilation * kernel - 1.
def receptive_field(layers):
    r, jump = 1, 1
    for layer in layers:
        k, s = layer[0], layer[1]
        d = layer[2] if len(layer) > 2 else 1
        r += (d * k - 1) * jump
        jump *= s
    return r

# %% dilation_widens_the_jump: Multiplies the jump by the dilation, too.
def receptive_field(layers):
    r, jump = 1, 1
    for k, s, *d in layers:
        d = d[0] if d else 1
        r += d * (k - 1) * jump
        jump *= s * d
    return r

# %% dilation_of_the_layer_before: A layer without a dilation takes over the dilation of the layer before it.
def receptive_field(layers):
    r, jump, dilation = 1, 1, 1
    for layer in layers:
        if len(layer) == 3:
            k, s, dilation = layer
        else:
            k, s = layer
        r += dilation * (k - 1) * jump
        jump *= s
    return r

# %% first_layer_decides_about_dilation: Reads dilations only if the first layer has one.
def receptive_field(layers):
    if len(layers) == 0:
        return 1
    dilated = len(layers[0]) == 3
    r = jump = 1
    for layer in layers:
        d = layer[2] if dilated and len(layer) == 3 else 1
        r += d * (layer[0] - 1) * jump
        jump = jump * layer[1]
    return r

# %% list_is_emptied: Pops the layers from the argument, which is empty afterwards.
def receptive_field(layers):
    r, jump = 1, 1
    while layers:
        layer = layers.pop(0)
        k, s = layer[0], layer[1]
        d = layer[2] if len(layer) > 2 else 1
        r += d * (k - 1) * jump
        jump *= s
    return r

# %% reverses_the_list: Goes backwards with r = (r - 1) * s + span, after reversing the caller's list in place.
def receptive_field(layers):
    layers.reverse()
    r = 1
    for layer in layers:
        d = layer[2] if len(layer) > 2 else 1
        r = (r - 1) * layer[1] + d * (layer[0] - 1) + 1
    return r

# %% backward_formula_forwards: Uses the formula that goes from the last layer to the first in the order of the list.
def receptive_field(layers):
    r = 1
    for layer in layers:
        k, s = layer[:2]
        d = layer[2] if len(layer) > 2 else 1
        r = (r - 1) * s + d * (k - 1) + 1
    return r

# %% every_stride_halves: Doubles the jump at every stride above 1, whatever the stride is.
def receptive_field(layers):
    r, downs = 1, 0
    for layer in layers:
        k, s, d = layer if len(layer) == 3 else (layer[0], layer[1], 1)
        r += d * (k - 1) * 2 ** downs
        if s > 1:
            downs += 1
    return r

# %% stride_above_kernel_is_cut: Limits the stride to the kernel, so skipped pixels do not widen the jump.
def receptive_field(layers):
    r, jump = 1, 1
    for k, s, *d in layers:
        dilation = d[0] if d else 1
        r += dilation * (k - 1) * jump
        jump *= min(s, k)
    return r

# %% pixels_seen_not_stretch: Counts the kernel's values without the holes of the dilation where the stride is 1.
def receptive_field(layers):
    r, j = 1, 1
    for layer in layers:
        k, s = layer[0], layer[1]
        d = layer[2] if len(layer) > 2 and s != 1 else 1
        r = r + d * (k - 1) * j
        j = j * s
    return r

# %% returns_a_float: Computes with numpy's cumulated products in floats and returns a float.
def receptive_field(layers):
    strides = [1.0] + [layer[1] for layer in layers]
    jumps = np.cumprod(strides)[:-1]
    grow = [(layer[2] if len(layer) > 2 else 1) * (layer[0] - 1) for layer in layers]
    return 1 + float(np.dot(grow, jumps))

# %% one_by_one_layers_skipped: Skips kernels of size 1 altogether and with them their stride.
def receptive_field(layers):
    r, jump = 1, 1
    for layer in layers:
        k, s = layer[0], layer[1]
        if k == 1:
            continue  # sees only one pixel, changes nothing
        d = layer[2] if len(layer) > 2 else 1
        r += d * (k - 1) * jump
        jump *= s
    return r

# %% two_jump_first_and_empty_zero: Updates the jump before the field, and gives 0 for the empty list.
def receptive_field(layers):
    if layers == []:
        return 0
    rf, jump = 1, 1
    for l in layers:
        jump = jump * l[1]
        rf = rf + (l[0] - 1) * jump * (l[2] if len(l) > 2 else 1)
    return rf

# %% two_dilation_ignored_and_jump_reset: Ignores the dilation, and keeps only the stride of the layer before as the jump.
def receptive_field(layers):
    r, jump = 1, 1
    for layer in layers:
        r += (layer[0] - 1) * jump
        jump = layer[1]
    return r

# %% two_pooling_ignored_and_dilated_kernel: Leaves poolings out, and multiplies the whole kernel by the dilation.
def receptive_field(layers):
    r, jump = 1, 1
    for layer in layers:
        k, s = layer[0], layer[1]
        d = layer[2] if len(layer) > 2 else 1
        if k == s and k > 1:
            continue
        r += (k * d - 1) * jump
        jump *= s
    return r

# %% dilated_layers_without_jump: A layer with a dilation grows by dilation times kernel minus 1, whatever the jump.
def receptive_field(layers):
    jump, field = 1, 1
    for layer in layers:
        if len(layer) == 3:
            field += layer[2] * (layer[0] - 1)
        else:
            field += (layer[0] - 1) * jump
        jump *= layer[1]
    return field

# %% stride_of_dilated_layers: The stride of a layer with a dilation is left out.
def receptive_field(layers):
    jump, field = 1, 1
    for layer in layers:
        dilation = layer[2] if len(layer) == 3 else 1
        field += dilation * (layer[0] - 1) * jump
        if len(layer) == 2:
            jump *= layer[1]
    return field
