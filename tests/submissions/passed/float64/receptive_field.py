import torch


def receptive_field(layers):
    jump = torch.tensor(1.0, dtype=torch.float64)
    r = torch.tensor(1.0, dtype=torch.float64)
    for layer in layers:
        k, s = layer[0], layer[1]
        d = layer[2] if len(layer) == 3 else 1
        r += d * (k - 1) * jump
        jump *= s
    return int(r.item())


def receptive_field_table(layers):
    jumps = [1.0]
    for layer in layers:
        jumps.append(jumps[-1] * layer[1])
    return [(round(jump), receptive_field(layers[: i + 1])) for i, jump in enumerate(jumps[1:])]


def flatten_features(image_size, channels, num_pools):
    side = int(image_size * 0.5**num_pools)
    return channels * side**2
