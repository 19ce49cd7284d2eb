# %% loop_append: A loop that appends a pair after each layer.
def receptive_field_table(layers):
    table = []
    jump, r = 1, 1
    for layer in layers:
        k, s = layer[:2]
        d = layer[2] if len(layer) > 2 else 1
        r = r + d * (k - 1) * jump
        jump = jump * s
        table.append((jump, r))
    return table

# %% prefixes_of_receptive_field: Calls receptive_field on every prefix and math.prod for the jump.
def receptive_field_table(layers):
    return [(math.prod(l[1] for l in layers[:i]), receptive_field(layers[:i])) for i in range(1, len(layers) + 1)]

# %% generator_yield: A generator yields the rows and list() collects them.
def _rows(layers):
    jump = field = 1
    for kernel, stride, *dilation in layers:
        field += (kernel - 1) * jump * (dilation[0] if dilation else 1)
        jump *= stride
        yield jump, field

def receptive_field_table(layers):
    return list(_rows(layers))

# %% accumulate_states: itertools.accumulate over states, without the first one.
from itertools import accumulate

def receptive_field_table(layers):
    def step(state, layer):
        jump, r = state
        k, s, d = layer if len(layer) == 3 else (*layer, 1)
        return jump * s, r + d * (k - 1) * jump
    return list(accumulate(layers, step, initial=(1, 1)))[1:]

# %% numpy_cumsum: numpy with cumprod and cumsum, back to ints by tolist.
def receptive_field_table(layers):
    if not layers:
        return []
    k = np.array([l[0] for l in layers]); s = np.array([l[1] for l in layers])
    d = np.array([l[2] if len(l) == 3 else 1 for l in layers])
    after = np.cumprod(s)
    before = after // s
    r = 1 + np.cumsum(d * (k - 1) * before)
    return list(zip(after.tolist(), r.tolist()))

# %% recursion_on_the_last: Recursion on all layers but the last.
def receptive_field_table(layers):
    if len(layers) == 0:
        return []
    rows = receptive_field_table(layers[:-1])
    jump, r = rows[-1] if rows else (1, 1)
    kernel, stride, *more = layers[-1]
    dilation = more[0] if more else 1
    return rows + [(jump * stride, r + dilation * (kernel - 1) * jump)]

# %% namedtuple_rows: Rows are named tuples.
from collections import namedtuple

Row = namedtuple("Row", "jump receptive_field")

def receptive_field_table(layers):
    row, table = Row(1, 1), []
    for layer in layers:
        kernel, stride, dilation = tuple(layer) + (1,) if len(layer) == 2 else layer
        row = Row(row.jump * stride, row.receptive_field + dilation * (kernel - 1) * row.jump)
        table.append(row)
    return table

# %% dataclass_layers: Turns the tuples into dataclass objects with a default dilation first.
from dataclasses import dataclass

@dataclass
class Layer:
    kernel_size: int
    stride: int
    dilation: int = 1

    @property
    def reach(self):
        return self.dilation * (self.kernel_size - 1)


def receptive_field_table(layers):
    jump, field = 1, 1
    out = []
    for layer in [Layer(*t) for t in layers]:
        field += layer.reach * jump
        jump *= layer.stride
        out.append((jump, field))
    return out

# %% preallocated_index_loop: Index loop into preallocated lists, in MATLAB style.
def receptive_field_table(layers):
    n = len(layers)
    j = [1] * (n + 1)
    r = [1] * (n + 1)
    for i in range(n):
        if len(layers[i]) == 3:
            dil = layers[i][2]
        else:
            dil = 1
        r[i + 1] = r[i] + dil * (layers[i][0] - 1) * j[i]
        j[i + 1] = j[i] * layers[i][1]
    return list(zip(j[1:], r[1:]))

# %% walrus_comprehension: One list comprehension with walrus assignments.
def receptive_field_table(layers):
    j = r = 1
    return [((r := r + (l[2] if len(l) == 3 else 1) * (l[0] - 1) * j), (j := j * l[1]))[::-1] for l in layers]

# %% rows_are_lists: The rows are lists, not tuples.
def receptive_field_table(layers):
    rows = []
    r = jump = 1
    for layer in layers:
        k, s, d = (*layer, 1)[:3]
        r += d * (k - 1) * jump
        jump *= s
        rows.append([jump, r])
    return rows

# %% tuple_of_rows: Returns a tuple of rows, not a list.
def receptive_field_table(layers):
    def jump_after(i):
        return math.prod(layer[1] for layer in layers[:i])
    return tuple((jump_after(i + 1), receptive_field(layers[:i + 1])) for i in range(len(layers)))
