from functools import reduce

import numpy as np


def step(state, layer):
    (jump, field), (k, s, *rest) = state, layer
    (d,) = rest or (1,)
    return jump * s, field + d * (k - 1) * jump


receptive_field = lambda layers: np.int64(reduce(step, layers, (1, 1))[1])


def receptive_field_table(layers):
    states = [(1, 1)]
    for layer in layers:
        states += [step(state=states[-1], layer=layer)]
    return tuple([np.int64(jump), np.int64(field)] for jump, field in states[1:])


flatten_features = lambda image_size, channels, num_pools: np.int64(channels * (image_size >> num_pools) ** 2)
