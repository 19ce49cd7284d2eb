# %% counts_buffers: Adds the buffers when trainable_only is False.
def count_parameters(model, trainable_only=True):
    if trainable_only:
        return sum(p.numel() for p in model.parameters() if p.requires_grad)
    return sum(p.numel() for p in model.parameters()) + sum(b.numel() for b in model.buffers())

# %% state_dict_for_everything: Sums over the state_dict, which holds the buffers and holds a shared parameter twice.
def count_parameters(model, trainable_only=True):
    if trainable_only:
        return sum(p.numel() for p in model.parameters() if p.requires_grad)
    total = 0
    for name, tensor in model.state_dict().items():
        total += tensor.numel()
    return total

# %% frozen_always_counted: Ignores trainable_only and counts the frozen parameters, too.
def count_parameters(model, trainable_only=True):
    return sum(p.numel() for p in model.parameters())

# %% frozen_never_counted: Ignores trainable_only and never counts frozen parameters.
def count_parameters(model, trainable_only=True):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% only_frozen_when_false: With trainable_only=False counts the frozen parameters alone.
def count_parameters(model, trainable_only=True):
    total = 0
    for p in model.parameters():
        if p.requires_grad == trainable_only:
            total += p.numel()
    return total

# %% default_counts_frozen: The default of trainable_only is False.
def count_parameters(model, trainable_only=False):
    params = model.parameters()
    if trainable_only:
        params = filter(lambda p: p.requires_grad, params)
    return sum(p.numel() for p in params)

# %% shared_twice_by_name: Keeps duplicates in named_parameters, so a shared parameter counts for every name.
def count_parameters(model, trainable_only=True):
    count = 0
    for _, p in model.named_parameters(remove_duplicate=False):
        if p.requires_grad or not trainable_only:
            count += p.numel()
    return count

# %% shared_twice_by_module: Goes through the modules and adds their own parameters without noticing that two modules share one.
def count_parameters(model, trainable_only=True):
    count = 0
    for module in model.modules():
        for p in module.parameters(recurse=False):
            if trainable_only and not p.requires_grad:
                continue
            count += p.numel()
    return count

# %% shared_module_twice: Recurses through the children by hand, so a layer used in two places of the tree counts twice.
def count_parameters(model, trainable_only=True):
    own = [p for p in model._parameters.values() if p is not None]
    n = sum(p.numel() for p in own if p.requires_grad or not trainable_only)
    for child in model._modules.values():
        if child is not None:
            n += count_parameters(child, trainable_only)
    return n

# %% own_parameters_of_parents_missing: Looks at modules without children only and so misses a parameter that lies on a module with children.
def count_parameters(model, trainable_only=True):
    seen = set()
    total = 0
    for m in model.modules():
        if len(list(m.children())) > 0:
            continue
        for p in m.parameters():
            if id(p) in seen or (trainable_only and not p.requires_grad):
                continue
            seen.add(id(p))
            total += p.numel()
    return total

# %% two_levels_deep_only: Looks at the model, its children and their children, no deeper.
def count_parameters(model, trainable_only=True):
    params = list(model.parameters(recurse=False))
    for child in model.children():
        params += list(child.parameters(recurse=False))
        for grandchild in child.children():
            params += list(grandchild.parameters(recurse=False))
    unique = {id(p): p for p in params}
    return sum(p.numel() for p in unique.values() if p.requires_grad or not trainable_only)

# %% known_layers_only: Counts only convolutions, linear layers and BatchNorm2d.
def count_parameters(model, trainable_only=True):
    found = {}
    for layer in model.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear, nn.BatchNorm2d, nn.ConvTranspose2d)):
            for p in layer.parameters():
                found[id(p)] = p
    return sum(p.numel() for p in found.values() if not trainable_only or p.requires_grad)

# %% weight_and_bias_attributes_only: Reads the attributes weight and bias of each module and misses parameters of other names.
def count_parameters(model, trainable_only=True):
    ids, total = set(), 0
    for m in model.modules():
        for name in ("weight", "bias"):
            p = getattr(m, name, None)
            if isinstance(p, nn.Parameter) and id(p) not in ids:
                ids.add(id(p))
                if p.requires_grad or not trainable_only:
                    total += p.numel()
    return total

# %% same_memory_address_is_shared: Recognises shared parameters by data_ptr, which is 0 for all of them on the meta device.
def count_parameters(model, trainable_only=True):
    pointers = {}
    for p in model.parameters():
        if p.requires_grad or not trainable_only:
            pointers[p.data_ptr()] = p.numel()
    return sum(pointers.values())

# %% equal_values_are_shared: Takes parameters with the same shape and values for shared ones, such as the weights of two fresh BatchNorms.
def count_parameters(model, trainable_only=True):
    unique = []
    for p in model.parameters():
        if trainable_only and not p.requires_grad:
            continue
        if not any(p.shape == q.shape and torch.equal(p, q) for q in unique):
            unique.append(p)
    return sum(p.numel() for p in unique)

# %% module_frozen_by_one_parameter: Skips a whole module if one of its own parameters is frozen.
def count_parameters(model, trainable_only=True):
    params = {}
    for m in model.modules():
        own = list(m.parameters(recurse=False))
        if trainable_only and any(not p.requires_grad for p in own):
            continue  # frozen layer
        params.update((id(p), p) for p in own)
    return sum(p.numel() for p in params.values())

# %% module_trainable_by_one_parameter: Counts all parameters of a module as trainable if one of them is.
def count_parameters(model, trainable_only=True):
    params = {}
    for m in model.modules():
        own = list(m.parameters(recurse=False))
        if not trainable_only or any(p.requires_grad for p in own):
            for p in own:
                params[id(p)] = p.numel()
    return sum(params.values())

# %% trainable_means_has_a_gradient: Takes parameters with a grad for trainable once a backward pass was made.
def count_parameters(model, trainable_only=True):
    params = list(model.parameters())
    if trainable_only:
        if any(p.grad is not None for p in params):
            params = [p for p in params if p.grad is not None]
        else:
            params = [p for p in params if p.requires_grad]
    return sum(p.numel() for p in params)

# %% eval_mode_means_frozen: Takes parameters of modules in eval mode for frozen.
def count_parameters(model, trainable_only=True):
    if not trainable_only:
        return sum(p.numel() for p in model.parameters())
    params = {id(p): p for m in model.modules() if m.training for p in m.parameters(recurse=False)}
    return sum(p.numel() for p in params.values() if p.requires_grad)

# %% one_dimensional_counts_one: Counts a one-dimensional parameter as one value.
def count_parameters(model, trainable_only=True):
    total = 0
    for p in model.parameters():
        if p.requires_grad or not trainable_only:
            total += p.numel() if p.dim() > 1 else 1
    return total

# %% scalars_count_nothing: Multiplies the sizes by hand and gives a parameter without axes the count 0.
def count_parameters(model, trainable_only=True):
    def size(shape):
        if not shape:
            return 0
        n = 1
        for s in shape:
            n *= s
        return n
    return sum(size(p.shape) for p in model.parameters() if p.requires_grad or not trainable_only)

# %% unfreezes_on_request: With trainable_only=False sets requires_grad on all parameters and leaves it so.
def count_parameters(model, trainable_only=True):
    if not trainable_only:
        model.requires_grad_(True)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% leaves_eval_mode: Puts the model into eval mode to look at it and leaves it there.
def count_parameters(model, trainable_only=True):
    model.eval()
    params = [p for p in model.parameters() if p.requires_grad] if trainable_only else list(model.parameters())
    return sum(map(torch.numel, params))

# %% returns_numpy_float: Multiplies and sums in numpy floats and returns one.
def count_parameters(model, trainable_only=True):
    sizes = [np.prod(p.shape, dtype=float) for p in model.parameters() if p.requires_grad or not trainable_only]
    return np.sum(sizes)

# %% single_biases_skipped_with_batchnorm: In a model with BatchNorm it skips biases of a single value.
def count_parameters(model, trainable_only=True):
    total = 0
    has_norm = any(isinstance(m, nn.BatchNorm2d) for m in model.modules())
    for name, p in model.named_parameters():
        if trainable_only and not p.requires_grad:
            continue
        if has_norm and name.endswith(".bias") and p.numel() == 1:
            continue
        total += p.numel()
    return total

# %% two_shared_twice_and_buffers: Counts shared parameters under each name, and the buffers when all are asked for.
def count_parameters(model, trainable_only=True):
    entries = model.state_dict(keep_vars=True).values()
    return sum(t.numel() for t in entries if t.requires_grad or not trainable_only)

# %% two_children_only_and_default: Looks one level deep only, and counts frozen parameters by default.
def count_parameters(model, trainable_only=False):
    total = sum(p.numel() for p in model.parameters(recurse=False) if p.requires_grad or not trainable_only)
    for child in model.children():
        total += sum(p.numel() for p in child.parameters(recurse=False) if p.requires_grad or not trainable_only)
    return total

# %% two_frozen_always_and_shared_twice: Counts frozen parameters always, and shared ones twice.
def count_parameters(model, trainable_only=True):
    total = 0
    for layer in model.modules():
        for p in layer.parameters(recurse=False):
            total += p.numel()
    return total
