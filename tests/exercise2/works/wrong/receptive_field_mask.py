# %% forwards: Goes through the layers from the first to the last.
def receptive_field_mask(layers, size, position):
    (r0, c0) = (r1, c1) = position
    for k, s, p in layers:
        r0, c0 = r0 * s - p, c0 * s - p
        r1, c1 = r1 * s - p + k - 1, c1 * s - p + k - 1
    mask = torch.zeros(size, size, dtype=torch.bool)
    mask[max(r0, 0) : max(r1 + 1, 0), max(c0, 0) : max(c1 + 1, 0)] = True
    return mask

# %% ignores_padding: Ignores the padding.
def receptive_field_mask(layers, size, position):
    (r0, c0) = (r1, c1) = position
    for k, s, p in reversed(layers):
        r0, c0 = r0 * s, c0 * s
        r1, c1 = r1 * s + k - 1, c1 * s + k - 1
    mask = torch.zeros(size, size, dtype=torch.bool)
    mask[max(r0, 0) : max(r1 + 1, 0), max(c0, 0) : max(c1 + 1, 0)] = True
    return mask

# %% not_clipped: Negative starts count from the end.
def receptive_field_mask(layers, size, position):
    (r0, c0) = (r1, c1) = position
    for k, s, p in reversed(layers):
        r0, c0 = r0 * s - p, c0 * s - p
        r1, c1 = r1 * s - p + k - 1, c1 * s - p + k - 1
    mask = torch.zeros(size, size, dtype=torch.bool)
    mask[r0 : r1 + 1, c0 : c1 + 1] = True
    return mask

# %% int_mask: An integer tensor of zeros and ones.
def receptive_field_mask(layers, size, position):
    (r0, c0) = (r1, c1) = position
    for k, s, p in reversed(layers):
        r0, c0 = r0 * s - p, c0 * s - p
        r1, c1 = r1 * s - p + k - 1, c1 * s - p + k - 1
    mask = torch.zeros(size, size, dtype=torch.int64)
    mask[max(r0, 0) : max(r1 + 1, 0), max(c0, 0) : max(c1 + 1, 0)] = 1
    return mask

# %% column_row: position as (column, row).
def receptive_field_mask(layers, size, position):
    (c0, r0) = (c1, r1) = position
    for k, s, p in reversed(layers):
        r0, c0 = r0 * s - p, c0 * s - p
        r1, c1 = r1 * s - p + k - 1, c1 * s - p + k - 1
    mask = torch.zeros(size, size, dtype=torch.bool)
    mask[max(r0, 0) : max(r1 + 1, 0), max(c0, 0) : max(c1 + 1, 0)] = True
    return mask

# %% last_excluded: Leaves the last row and column out.
def receptive_field_mask(layers, size, position):
    (r0, c0) = (r1, c1) = position
    for k, s, p in reversed(layers):
        r0, c0 = r0 * s - p, c0 * s - p
        r1, c1 = r1 * s - p + k - 1, c1 * s - p + k - 1
    mask = torch.zeros(size, size, dtype=torch.bool)
    mask[max(r0, 0) : max(r1, 0), max(c0, 0) : max(c1, 0)] = True
    return mask

# %% size_kept: Moves the field back into the image instead of cutting it off.
def receptive_field_mask(layers, size, position):
    (r0, c0) = (r1, c1) = position
    for k, s, p in reversed(layers):
        r0, c0 = r0 * s - p, c0 * s - p
        r1, c1 = r1 * s - p + k - 1, c1 * s - p + k - 1
    if r0 < 0:
        r0, r1 = 0, r1 - r0
    if c0 < 0:
        c0, c1 = 0, c1 - c0
    mask = torch.zeros(size, size, dtype=torch.bool)
    mask[r0 : r1 + 1, c0 : c1 + 1] = True
    return mask

# %% forward_map: Takes the forward map of one pixel: which outputs depend on the pixel at the position.
def receptive_field_mask(layers, size, position):
    mask = torch.zeros(size, size, dtype=torch.bool)
    x = torch.zeros(1, 1, size, size)
    x[0, 0, position[0], position[1]] = 1
    for k, s, p in layers:
        x = F.conv2d(x, torch.ones(1, 1, k, k), stride=s, padding=p)
    h = min(size, x.shape[2])
    mask[:h, :h] = x[0, 0, :h, :h] > 0
    return mask

# %% centred: A square of the field's size around the position times the total stride.
def receptive_field_mask(layers, size, position):
    field, jump = 1, 1
    for k, s, p in layers:
        field += (k - 1) * jump
        jump *= s
    mask = torch.zeros(size, size, dtype=torch.bool)
    r, c = position[0] * jump, position[1] * jump
    h = field // 2
    mask[max(r - h, 0) : max(r - h + field, 0), max(c - h, 0) : max(c - h + field, 0)] = True
    return mask

# %% padding_of_first_layer: Takes only the first layer's padding into account.
def receptive_field_mask(layers, size, position):
    (r0, c0) = (r1, c1) = position
    for i in range(len(layers) - 1, -1, -1):
        k, s, p = layers[i]
        if i:
            p = 0
        r0, c0 = r0 * s - p, c0 * s - p
        r1, c1 = r1 * s - p + k - 1, c1 * s - p + k - 1
    mask = torch.zeros(size, size, dtype=torch.bool)
    mask[max(r0, 0) : max(r1 + 1, 0), max(c0, 0) : max(c1 + 1, 0)] = True
    return mask

# %% reverses_layers: Reverses the caller's list and leaves it so.
def receptive_field_mask(layers, size, position):
    (r0, c0) = (r1, c1) = position
    layers.reverse()
    for k, s, p in layers:
        r0, c0 = r0 * s - p, c0 * s - p
        r1, c1 = r1 * s - p + k - 1, c1 * s - p + k - 1
    mask = torch.zeros(size, size, dtype=torch.bool)
    mask[max(r0, 0) : max(r1 + 1, 0), max(c0, 0) : max(c1 + 1, 0)] = True
    return mask

# %% ring_of_padding: Counts zeros of the padding as pixels of the border.
def receptive_field_mask(layers, size, position):
    (r0, c0) = (r1, c1) = position
    for k, s, p in reversed(layers):
        r0, c0 = r0 * s - p, c0 * s - p
        r1, c1 = r1 * s - p + k - 1, c1 * s - p + k - 1
    mask = torch.zeros(size, size, dtype=torch.bool)
    for r in range(r0, r1 + 1):
        for c in range(c0, c1 + 1):
            mask[r % size, c % size] = True
    return mask
