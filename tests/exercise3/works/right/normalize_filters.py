# %% amin_amax_where: amin and amax over three axes, torch.where for a range of zero.
def normalize_filters(weight):
    w = weight.detach()
    low = w.amin(dim=(1, 2, 3), keepdim=True)
    high = w.amax(dim=(1, 2, 3), keepdim=True)
    span = high - low
    return (w - low) / torch.where(span == 0, torch.ones_like(span), span)

# %% loop_over_filters: A loop over the filters with an if.
def normalize_filters(weight):
    result = torch.zeros_like(weight, requires_grad=False)
    for i, f in enumerate(weight.detach()):
        smallest, largest = f.min(), f.max()
        if largest > smallest:
            result[i] = (f - smallest) / (largest - smallest)
    return result

# %% flatten_and_masked_fill: Flattens each filter, fills a range of zero with one.
def normalize_filters(weight: torch.Tensor) -> torch.Tensor:
    flat = weight.detach().flatten(1)
    flat = flat - flat.min(dim=1, keepdim=True).values
    span = flat.max(dim=1, keepdim=True).values
    flat = flat / span.masked_fill(span == 0, 1.0)
    return flat.view(weight.shape)

# %% nan_to_num_afterwards: Divides and replaces NaN by zero afterwards.
def normalize_filters(weight):
    w = weight.detach().clone()
    lo = w.amin((1, 2, 3), keepdim=True)
    hi = w.amax((1, 2, 3), keepdim=True)
    return torch.nan_to_num((w - lo) / (hi - lo), nan=0.0)

# %% stack_of_helper: A helper for a single filter, stacked.
def _scale(f):
    span = f.max() - f.min()
    return torch.zeros_like(f) if span == 0 else (f - f.min()) / span

def normalize_filters(weight):
    return torch.stack([_scale(f) for f in weight.detach()])

# %% vmap_single_filter: torch.vmap of a function for one filter without branches.
def normalize_filters(weight):
    def one(f):
        shifted = f - f.min()
        top = shifted.max()
        return shifted / torch.where(top > 0, top, 1.0)
    return torch.vmap(one)(weight.detach())

# %% numpy_divide_where: numpy's divide with where and out.
def normalize_filters(weight):
    w = weight.detach().cpu().numpy()
    w = w - w.min(axis=(1, 2, 3), keepdims=True)
    span = np.broadcast_to(w.max(axis=(1, 2, 3), keepdims=True), w.shape)
    return torch.from_numpy(np.divide(w, span, out=np.zeros_like(w), where=span > 0))

# %% inplace_on_a_clone: Works in place on a clone under no_grad.
@torch.no_grad()
def normalize_filters(weight):
    out = weight.clone()
    out -= out.amin((1, 2, 3), keepdim=True)
    größte = out.amax((1, 2, 3), keepdim=True)
    größte[größte == 0] = 1
    out /= größte
    return out

# %% aminmax_pair: torch.aminmax on the flattened filters.
def normalize_filters(weight):
    low, high = torch.aminmax(weight.detach().reshape(len(weight), -1), dim=1)
    low, high = low.view(-1, 1, 1, 1), high.view(-1, 1, 1, 1)
    constant = high == low
    scaled = (weight.detach() - low) / (high - low + constant)
    return scaled

# %% index_of_non_constant: Scales only the filters that are not constant, by a boolean index.
def normalize_filters(weight):
    w = weight.data
    flat = w.flatten(start_dim=1)
    varies = flat.max(1)[0] != flat.min(1)[0]
    out = torch.zeros_like(flat)
    chosen = flat[varies]
    low = chosen.min(1, keepdim=True)[0]
    high = chosen.max(1, keepdim=True)[0] if len(chosen) else low
    out[varies] = (chosen - low) / (high - low)
    return out.reshape(w.shape)

# %% callable_with_lambda_chain: A callable object that chains lambdas.
class _Normalizer:
    reduce = staticmethod(lambda w, f: f(w.flatten(1), 1).view(-1, 1, 1, 1))

    def __call__(self, weight):
        w = weight.detach()
        low, high = self.reduce(w, torch.amin), self.reduce(w, torch.amax)
        safe = (high - low).clone()
        safe[safe == 0] = float("inf")
        return (w - low) / safe

normalize_filters = _Normalizer()
