# %% one_scale_for_all_filters: Uses the smallest and largest value of the whole weight.
def normalize_filters(weight):
    low, high = weight.min(), weight.max()
    if high == low:
        return torch.zeros_like(weight)
    out = (weight - low) / (high - low)
    for o in range(weight.shape[0]):
        if weight[o].min() == weight[o].max():
            out[o] = 0
    return out

# %% each_channel_on_its_own: Scales each kernel (kh, kw) on its own instead of each filter.
def normalize_filters(weight):
    low = weight.amin(dim=(2, 3), keepdim=True)
    span = weight.amax(dim=(2, 3), keepdim=True) - low
    safe = torch.where(span == 0, torch.ones_like(span), span)
    return (weight - low) / safe

# %% nan_for_constant_filters: Divides by 0 for a constant filter.
def normalize_filters(weight):
    flat = weight.reshape(weight.shape[0], -1)
    low = flat.min(dim=1).values.view(-1, 1, 1, 1)
    high = flat.max(dim=1).values.view(-1, 1, 1, 1)
    return (weight - low) / (high - low)

# %% epsilon_in_the_denominator: Adds 1e-5 to the range, so the largest value of a filter with small weights stays clearly below 1.
def normalize_filters(weight):
    low = weight.amin(dim=(1, 2, 3), keepdim=True)
    high = weight.amax(dim=(1, 2, 3), keepdim=True)
    return (weight - low) / (high - low + 1e-5)

# %% range_of_at_least_a_thousandth: Divides by at least 1e-3, so filters with a smaller range do not reach 1.
def normalize_filters(weight):
    low = weight.flatten(1).amin(1)[:, None, None, None]
    span = (weight.flatten(1).amax(1) - weight.flatten(1).amin(1)).clamp(min=1e-3)
    return (weight - low) / span[:, None, None, None]

# %% nearly_constant_counts_as_constant: Compares with allclose, so filters of small values become 0.
def normalize_filters(weight):
    out = torch.zeros_like(weight)
    for i, f in enumerate(weight.detach()):
        if not torch.allclose(f.min(), f.max(), atol=1e-4):
            out[i] = (f - f.min()) / (f.max() - f.min())
    return out

# %% constant_becomes_one_half: A constant filter becomes 0.5, a middle grey.
def normalize_filters(weight):
    w = weight.detach()
    result = []
    for f in w:
        lo, hi = f.min(), f.max()
        result.append((f - lo) / (hi - lo) if hi > lo else torch.full_like(f, 0.5))
    return torch.stack(result)

# %% constant_stays: A constant filter stays as it is.
def normalize_filters(weight):
    out = weight.detach().clone()
    for i in range(out.shape[0]):
        lo, hi = out[i].min().item(), out[i].max().item()
        if hi > lo:
            out[i] = (out[i] - lo) / (hi - lo)
    return out

# %% weight_changed: Works in place on the weight.
def normalize_filters(weight):
    w = weight.data
    low = w.amin(dim=(1, 2, 3), keepdim=True)
    span = w.amax(dim=(1, 2, 3), keepdim=True) - low
    w -= low
    w /= torch.where(span > 0, span, torch.ones_like(span))
    return w

# %% divided_by_the_maximum: Divides by the largest magnitude without subtracting the minimum, so negative values stay negative.
def normalize_filters(weight):
    biggest = weight.abs().amax(dim=(1, 2, 3), keepdim=True)
    constant = weight.amax(dim=(1, 2, 3), keepdim=True) == weight.amin(dim=(1, 2, 3), keepdim=True)
    scaled = weight / torch.where(biggest == 0, torch.ones_like(biggest), biggest)
    return torch.where(constant, torch.zeros_like(weight), scaled)

# %% zero_in_the_middle: Scales symmetrically so that the weight 0 becomes 0.5.
def normalize_filters(weight):
    limit = weight.abs().amax(dim=(1, 2, 3), keepdim=True)
    low = weight.amin(dim=(1, 2, 3), keepdim=True)
    high = weight.amax(dim=(1, 2, 3), keepdim=True)
    out = weight / (2 * limit.clamp(min=1e-12)) + 0.5
    return torch.where(high > low, out, torch.zeros_like(out))

# %% across_the_filters: Takes minimum and maximum over the filters (axis 0) instead of within each.
def normalize_filters(weight):
    low = weight.amin(dim=0, keepdim=True)
    span = weight.amax(dim=0, keepdim=True) - low
    out = (weight - low) / torch.where(span == 0, torch.ones_like(span), span)
    return out

# %% flattened_result: Returns the filters as (O, C * kh * kw).
def normalize_filters(weight):
    f = weight.flatten(start_dim=1)
    low = f.min(dim=1, keepdim=True).values
    span = f.max(dim=1, keepdim=True).values - low
    return torch.nan_to_num((f - low) / span, nan=0.0)

# %% first_three_channels: Keeps the first three channels of each filter, as for a colour picture.
def normalize_filters(weight):
    w = weight[:, :3]
    low = w.amin(dim=(1, 2, 3), keepdim=True)
    span = w.amax(dim=(1, 2, 3), keepdim=True) - low
    return (w - low) / span.masked_fill(span == 0, 1.0)

# %% one_constant_filter_zeroes_all: Returns zeros for all filters as soon as one is constant.
def normalize_filters(weight):
    low = weight.amin(dim=(1, 2, 3), keepdim=True)
    span = weight.amax(dim=(1, 2, 3), keepdim=True) - low
    if (span == 0).any():
        return torch.zeros_like(weight)
    return (weight - low) / span

# %% minimum_of_all_maximum_of_each: Subtracts the smallest value of all filters, but divides by the range of each, and clamps.
def normalize_filters(weight):
    span = weight.amax(dim=(1, 2, 3), keepdim=True) - weight.amin(dim=(1, 2, 3), keepdim=True)
    out = (weight - weight.min()) / span
    out = torch.nan_to_num(out, nan=0.0, posinf=0.0)
    return out.clamp(0, 1)

# %% gradient_flag_switched_off: Switches requires_grad of the weight off and leaves it off.
def normalize_filters(weight):
    w = weight.requires_grad_(False) if weight.is_leaf else weight.detach()
    low = w.amin(dim=(1, 2, 3), keepdim=True)
    span = w.amax(dim=(1, 2, 3), keepdim=True) - low
    return torch.where(span > 0, (w - low) / span, torch.zeros_like(w))

# %% two_global_scale_and_nan: Scales by the whole weight's range, and gives NaN where all values are the same.
def normalize_filters(weight):
    return (weight - weight.min()) / (weight.max() - weight.min())

# %% two_each_channel_and_constant_one: Scales each channel on its own, and makes a constant kernel 1.
def normalize_filters(weight):
    low = weight.amin(dim=(-2, -1), keepdim=True)
    span = weight.amax(dim=(-2, -1), keepdim=True) - low
    return torch.where(span == 0, torch.ones_like(weight), (weight - low) / span.clamp(min=1e-12))

# %% two_epsilon_and_weight_changed: Adds 1e-5 to the range, and works in place on the weight.
def normalize_filters(weight):
    with torch.no_grad():
        for f in weight:
            f -= f.min().clone()
            f /= f.max().clone() + 1e-5
    return weight
