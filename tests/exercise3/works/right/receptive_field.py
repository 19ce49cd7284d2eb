# %% loop_with_optional_dilation: A loop with jump and r, and an if for the dilation.
def receptive_field(layers):
    r = 1
    jump = 1
    for layer in layers:
        k, s = layer[0], layer[1]
        d = layer[2] if len(layer) == 3 else 1
        r += d * (k - 1) * jump
        jump *= s
    return r

# %% backwards_from_output: Goes from the last layer to the first with r = (r - 1) * s + span.
def receptive_field(layers):
    r = 1
    for k, s, *rest in reversed(layers):
        d = rest[0] if rest else 1
        r = (r - 1) * s + d * (k - 1) + 1
    return r

# %% reduce_lambda: functools.reduce over a pair (r, jump).
from functools import reduce

def receptive_field(layers):
    step = lambda a, l: (a[0] + (l[2] if len(l) > 2 else 1) * (l[0] - 1) * a[1], a[1] * l[1])
    return reduce(step, layers, (1, 1))[0]

# %% match_on_tuples: A match statement on layers of two or three numbers.
def receptive_field(layers: list[tuple[int, ...]]) -> int:
    field, jump = 1, 1
    for layer in layers:
        match layer:
            case (kernel, stride):
                dilation = 1
            case (kernel, stride, dilation):
                pass
        field += dilation * (kernel - 1) * jump
        jump *= stride
    return field

# %% recursion_on_first_layer: Recursion, where what follows the first layer is scaled by its stride.
def receptive_field(layers):
    if not layers:
        return 1
    kernel, stride, dilation = (*layers[0], 1)[:3]
    return dilation * (kernel - 1) + 1 + (receptive_field(layers[1:]) - 1) * stride

# %% numpy_cumprod: numpy cumprod gives the jumps, a dot product the sum.
def receptive_field(layers):
    if len(layers) == 0:
        return 1
    a = np.array([tuple(l) + (1,) * (3 - len(l)) for l in layers], dtype=np.int64)
    jumps = np.concatenate(([1], np.cumprod(a[:-1, 1])))
    return int(1 + (a[:, 2] * (a[:, 0] - 1) * jumps).sum())

# %% set_of_input_pixels: Follows which input pixels the value at 0 sees, and measures their extent.
def receptive_field(layers):
    low, high = 0, 0
    for layer in list(layers)[::-1]:
        kernel, stride = layer[:2]
        dilation = dict(enumerate(layer)).get(2, 1)
        low = low * stride
        high = high * stride + dilation * (kernel - 1)
    return high - low + 1

# %% callable_class: An object with __call__ keeps jump and field as locals of a closure.
class ReceptiveField:
    def __call__(self, layers):
        state = {"jump": 1, "r": 1}

        def add(kernel, stride, dilation=1):
            state["r"] += dilation * (kernel - 1) * state["jump"]
            state["jump"] *= stride

        for layer in layers:
            add(*layer)
        return state["r"]

receptive_field = ReceptiveField()

# %% accumulate_itertools: itertools.accumulate makes the jumps.
from itertools import accumulate
from operator import mul

def receptive_field(layers):
    jumps = accumulate((layer[1] for layer in layers), mul, initial=1)
    return 1 + sum((layer[2] if layer[2:] else 1) * (layer[0] - 1) * jump for layer, jump in zip(layers, jumps))

# %% chinese_identifiers: Chinese identifiers in a plain loop.
def receptive_field(layers):
    感受野 = 1
    步距 = 1
    for 层 in layers:
        核, 步 = 层[0], 层[1]
        膨胀 = 层[2] if len(层) > 2 else 1
        感受野 = 感受野 + 膨胀 * (核 - 1) * 步距
        步距 = 步距 * 步
    return 感受野
