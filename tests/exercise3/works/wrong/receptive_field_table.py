# %% input_row_included: Begins the table with the input's row (1, 1).
def receptive_field_table(layers):
    table = [(1, 1)]
    for layer in layers:
        jump, r = table[-1]
        k, s = layer[0], layer[1]
        d = layer[2] if len(layer) > 2 else 1
        table.append((jump * s, r + d * (k - 1) * jump))
    return table

# %% field_before_jump: The pair is (receptive_field, jump).
def receptive_field_table(layers):
    rows = []
    r = jump = 1
    for k, s, *d in layers:
        r += (d[0] if d else 1) * (k - 1) * jump
        jump *= s
        rows.append((r, jump))
    return rows

# %% jump_before_the_layer: Writes the jump that the layer found instead of the one that it leaves.
def receptive_field_table(layers):
    rows, r, jump = [], 1, 1
    for layer in layers:
        k, s = layer[:2]
        d = layer[2] if len(layer) == 3 else 1
        r += d * (k - 1) * jump
        rows.append((jump, r))
        jump *= s
    return rows

# %% jump_updated_first: The jump is multiplied before the field grows.
def receptive_field_table(layers):
    rows, r, jump = [], 1, 1
    for layer in layers:
        k, s = layer[:2]
        d = layer[2] if len(layer) == 3 else 1
        jump *= s
        r += d * (k - 1) * jump
        rows.append((jump, r))
    return rows

# %% dilation_ignored: Does not read the dilation.
def receptive_field_table(layers):
    out = []
    jump, rf = 1, 1
    for layer in layers:
        rf = rf + (layer[0] - 1) * jump
        jump = jump * layer[1]
        out.append((jump, rf))
    return out

# %% is_a_generator: Yields the rows, so the caller gets a generator and no list.
def receptive_field_table(layers):
    jump, rf = 1, 1
    for layer in layers:
        d = layer[2] if len(layer) > 2 else 1
        rf += d * (layer[0] - 1) * jump
        jump *= layer[1]
        yield jump, rf

# %% jump_lags_in_the_prefix: Recomputes each row from prefixes, but the prefix for the jump is one layer too short.
def receptive_field_table(layers):
    table = []
    for i in range(1, len(layers) + 1):
        jump = 1
        for layer in layers[:i - 1]:
            jump *= layer[1]
        table.append((jump, receptive_field(layers[:i])))
    return table

# %% last_layer_missing: The table ends before the last layer when that layer has a stride, because rows are written at the start of the next one.
def receptive_field_table(layers):
    rows = []
    r = jump = 1
    for i, layer in enumerate(layers):
        if i > 0:
            rows.append((jump, r))
        d = layer[2] if len(layer) > 2 else 1
        r += d * (layer[0] - 1) * jump
        jump *= layer[1]
    if layers and layers[-1][1] == 1:
        rows.append((jump, r))
    return rows

# %% pooling_gets_no_row: Poolings (kernel equal to stride) change the numbers but get no row of their own.
def receptive_field_table(layers):
    rows = []
    r = jump = 1
    for layer in layers:
        k, s, d = (list(layer) + [1])[:3]
        r += d * (k - 1) * jump
        jump *= s
        if k != s or k == 1:
            rows.append((jump, r))
    return rows

# %% empty_list_gives_the_input_row: For the empty list returns [(1, 1)] instead of no row.
def receptive_field_table(layers):
    if not layers:
        return [(1, 1)]
    table, r, j = [], 1, 1
    for layer in layers:
        d = layer[2] if len(layer) > 2 else 1
        r, j = r + d * (layer[0] - 1) * j, j * layer[1]
        table.append((j, r))
    return table

# %% jump_counts_poolings: The jump is 2 to the number of layers with a stride, right only for stride 2.
def receptive_field_table(layers):
    table, r, n = [], 1, 0
    for layer in layers:
        d = layer[2] if len(layer) > 2 else 1
        r += d * (layer[0] - 1) * 2 ** n
        n += layer[1] > 1
        table.append((2 ** n, r))
    return table

# %% same_row_object: Appends one growing list and converts it at the end, so every row is the last one.
def receptive_field_table(layers):
    row = [1, 1]
    rows = []
    for layer in layers:
        k, s = layer[0], layer[1]
        d = layer[2] if len(layer) > 2 else 1
        row[1] += d * (k - 1) * row[0]
        row[0] *= s
        rows.append(row)
    return [tuple(r) for r in rows]

# %% writes_into_the_argument: Replaces each layer in the argument by its row and returns that list.
def receptive_field_table(layers):
    r = jump = 1
    for i, layer in enumerate(layers):
        d = layer[2] if len(layer) > 2 else 1
        r += d * (layer[0] - 1) * jump
        jump *= layer[1]
        layers[i] = (jump, r)
    return layers

# %% fills_up_the_argument: Appends the missing dilation 1 to the list of the caller.
def receptive_field_table(layers):
    for i in range(len(layers)):
        if len(layers[i]) == 2:
            layers[i] = (*layers[i], 1)
    table = []
    r = jump = 1
    for k, s, d in layers:
        r += d * (k - 1) * jump
        jump *= s
        table.append((jump, r))
    return table

# %% sorted_and_unique: Collects the rows in a dict by field, so a layer that leaves the field as it is overwrites the row before.
def receptive_field_table(layers):
    rows = {}
    r = jump = 1
    for layer in layers:
        d = layer[2] if len(layer) > 2 else 1
        r += d * (layer[0] - 1) * jump
        jump *= layer[1]
        rows[r] = jump
    return [(j, f) for f, j in rows.items()]

# %% numpy_floats_inside: Fills a numpy array of floats and hands out its rows, whose numbers are floats.
def receptive_field_table(layers):
    table = np.zeros((len(layers), 2))
    r = jump = 1
    for i, layer in enumerate(layers):
        d = layer[2] if len(layer) > 2 else 1
        r += d * (layer[0] - 1) * jump
        jump *= layer[1]
        table[i] = jump, r
    return [tuple(row) for row in table.tolist()]

# %% kernel_minus_one_only_once: Lets the field grow by dilation * kernel - dilation for the first layer but by the whole kernel where the jump is above 1.
def receptive_field_table(layers):
    rows = []
    r = jump = 1
    for layer in layers:
        k, s = layer[0], layer[1]
        d = layer[2] if len(layer) > 2 else 1
        r += d * (k - 1) * jump if jump == 1 else d * k * jump
        jump *= s
        rows.append((jump, r))
    return rows

# %% two_input_row_and_dilation_ignored: Includes the input's row, and ignores the dilation.
def receptive_field_table(layers):
    jump, r = 1, 1
    rows = [(jump, r)]
    for layer in layers:
        r += (layer[0] - 1) * jump
        jump *= layer[1]
        rows.append((jump, r))
    return rows

# %% two_swapped_and_jump_first: Swaps the entries of the pair, and updates the jump before the field.
def receptive_field_table(layers):
    r, j, t = 1, 1, []
    for l in layers:
        j *= l[1]
        r += (l[0] - 1) * j * (l[2] if len(l) > 2 else 1)
        t.append((r, j))
    return t

# %% two_jumps_added_and_last_only_dilated: Adds the strides up, and uses a dilation only in the last layer.
def receptive_field_table(layers):
    r, j, t = 1, 1, []
    for i, layer in enumerate(layers):
        d = layer[2] if len(layer) > 2 and i == len(layers) - 1 else 1
        r += d * (layer[0] - 1) * j
        j += layer[1] - 1
        t.append((j, r))
    return t

# %% dilated_layers_without_jump: A layer with a dilation grows by dilation times kernel minus 1, whatever the jump.
def receptive_field_table(layers):
    jump, field, table = 1, 1, []
    for layer in layers:
        if len(layer) == 3:
            field += layer[2] * (layer[0] - 1)
        else:
            field += (layer[0] - 1) * jump
        jump *= layer[1]
        table.append((jump, field))
    return table

# %% stride_of_dilated_layers: The stride of a layer with a dilation is left out.
def receptive_field_table(layers):
    jump, field, table = 1, 1, []
    for layer in layers:
        dilation = layer[2] if len(layer) == 3 else 1
        field += dilation * (layer[0] - 1) * jump
        if len(layer) == 2:
            jump *= layer[1]
        table.append((jump, field))
    return table
