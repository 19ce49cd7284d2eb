# %% stays_in_training_mode: Does not switch to eval mode, so dropout and BatchNorm work as in training.
def extract_feature_maps(model, image, layers):
    maps, handles = {}, []
    modules = dict(model.named_modules())
    for name in layers:
        def hook(module, inputs, output, name=name):
            maps[name] = output.detach().clone()
        handles.append(modules[name].register_forward_hook(hook))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    return maps

# %% eval_mode_left_on: Leaves the model in eval mode.
def extract_feature_maps(model, image, layers):
    model.eval()
    maps = {}
    handles = []
    for name, module in model.named_modules():
        if name in layers:
            handles.append(module.register_forward_hook(
                lambda m, i, o, name=name: maps.__setitem__(name, o.detach().clone())))
    with torch.no_grad():
        model(image[None])
    [h.remove() for h in handles]
    return maps

# %% always_back_to_training: Calls model.train() at the end, also for a model that was in eval mode.
def extract_feature_maps(model, image, layers):
    features = {}

    def save(name):
        def hook(module, inputs, output):
            features[name] = output.detach().clone()
        return hook

    handles = [model.get_submodule(name).register_forward_hook(save(name)) for name in layers]
    model.eval()
    with torch.no_grad():
        model(image.unsqueeze(0))
    model.train()
    for handle in handles:
        handle.remove()
    return features

# %% hooks_left: Forgets to remove the hooks.
def extract_feature_maps(model, image, layers):
    modes = {m: m.training for m in model.modules()}
    model.eval()
    out = {}
    modules = dict(model.named_modules())
    for name in layers:
        modules[name].register_forward_hook(lambda m, i, o, n=name: out.update({n: o.detach().clone()}))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for m, mode in modes.items():
        m.training = mode
    return dict(out)

# %% last_hook_removed_only: Keeps only the handle of the last hook.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    out = {}
    handle = None
    for name in layers:
        def hook(m, i, o, name=name):
            out[name] = o.detach().clone()
        handle = model.get_submodule(name).register_forward_hook(hook)
    with torch.no_grad():
        model(image.unsqueeze(0))
    if handle is not None:
        handle.remove()
    for m, mode in modes:
        m.training = mode
    return dict(out)

# %% all_hooks_cleared: Clears all forward hooks of the layers, also those of others.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    out = {}
    for name in layers:
        def hook(m, i, o, name=name):
            out[name] = o.detach().clone()
        model.get_submodule(name).register_forward_hook(hook)
    with torch.no_grad():
        model(image.unsqueeze(0))
    for name in layers:
        model.get_submodule(name)._forward_hooks.clear()
    for m, mode in modes:
        m.training = mode
    return out

# %% with_gradients: Neither switches gradients off nor detaches the maps.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    out, handles = {}, []
    for name in layers:
        def hook(m, i, o, name=name):
            out[name] = o.clone()
        handles.append(model.get_submodule(name).register_forward_hook(hook))
    model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return out

# %% detached_but_run_with_gradients: Detaches the maps, but the model runs with gradients switched on.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    out, handles = {}, []
    for name in layers:
        def hook(m, i, o, name=name):
            out[name] = o.detach().clone()
        handles.append(model.get_submodule(name).register_forward_hook(hook))
    model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return out

# %% overwritten_by_in_place_layers: Detaches without cloning, so an in-place ReLU behind the layer changes the map.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    out, handles = {}, []
    for name in layers:
        def hook(m, i, o, name=name):
            out[name] = o.detach()
        handles.append(model.get_submodule(name).register_forward_hook(hook))
    try:
        with torch.no_grad():
            model(image.unsqueeze(0))
    finally:
        for h in handles:
            h.remove()
        for m, mode in modes:
            m.training = mode
    return out

# %% cloned_after_the_pass: Clones the maps only after the forward pass, when a later in-place layer has already changed them.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    raw, handles = {}, []
    for name in layers:
        handles.append(model.get_submodule(name).register_forward_hook(
            lambda m, i, o, name=name: raw.__setitem__(name, o)))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return {name: raw[name].detach().clone() for name in layers}

# %% no_batch_axis: Gives the model the image without a batch axis, so the maps are (channels, height, width).
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    maps, handles = {}, []
    for name in layers:
        def hook(m, i, o, name=name):
            maps[name] = o.detach().clone()
        handles.append(model.get_submodule(name).register_forward_hook(hook))
    with torch.no_grad():
        model(image)
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% batch_axis_taken_off: Returns the maps without their batch axis.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    maps, handles = {}, []
    for name in layers:
        def hook(m, i, o, name=name):
            maps[name] = o.detach().clone().squeeze(0)
        handles.append(model.get_submodule(name).register_forward_hook(hook))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% children_only: Looks for the names among the direct children and leaves out layers inside of blocks.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    maps, handles = {}, []
    for name, child in model.named_children():
        if name in layers:
            handles.append(child.register_forward_hook(
                lambda m, i, o, name=name: maps.__setitem__(name, o.detach().clone())))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% getattr_with_dots: Fetches the layers by getattr, which raises for a name with a dot.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    maps = {}
    handles = []
    for name in layers:
        layer = getattr(model, name)
        handles.append(layer.register_forward_hook(lambda m, i, o, name=name: maps.__setitem__(name, o.detach().clone())))
    model.eval()
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% part_of_the_name_suffices: Hooks each module whose name begins with a wanted name, so "1" brings "1.conv" and "10" along.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    maps, handles = {}, []
    for name, module in model.named_modules():
        if any(name.startswith(wanted) for wanted in layers):
            handles.append(module.register_forward_hook(
                lambda m, i, o, name=name: maps.__setitem__(name, o.detach().clone())))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% key_without_its_block: Uses the last part of the name as the key, so "block.conv" becomes "conv".
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    maps, handles = {}, []
    for name in layers:
        key = name.split(".")[-1]
        handles.append(model.get_submodule(name).register_forward_hook(
            lambda m, i, o, key=key: maps.__setitem__(key, o.detach().clone())))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% inputs_instead_of_outputs: Keeps what the layer was given, not what it put out.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    maps, handles = {}, []

    def make_hook(name):
        def hook(module, inp, out):
            maps[name] = inp[0].detach().clone()
        return hook

    for name in layers:
        handles.append(model.get_submodule(name).register_forward_hook(make_hook(name)))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% late_binding: All hooks share the loop's variable and write under the last name.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    maps = {}
    handles = []
    for name in layers:
        handles.append(model.get_submodule(name).register_forward_hook(
            lambda m, i, o: maps.__setitem__(name, o.detach().clone())))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% children_one_after_the_other: Runs the children one after the other without hooks, as if each model were a Sequential.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    maps = {}
    x = image.unsqueeze(0)
    with torch.no_grad():
        for name, layer in model.named_children():
            x = layer(x)
            if name in layers:
                maps[name] = x.detach().clone()
    for m, mode in modes:
        m.training = mode
    return maps

# %% gradient_flags_switched_off: Switches requires_grad of all parameters off and leaves it off.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    for p in model.parameters():
        p.requires_grad = False
    maps, handles = {}, []
    for name in layers:
        def hook(m, i, o, name=name):
            maps[name] = o.detach().clone()
        handles.append(model.get_submodule(name).register_forward_hook(hook))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% all_layers_for_an_empty_list: Takes an empty list for "all layers".
def extract_feature_maps(model, image, layers):
    names = layers or [name for name, _ in model.named_modules() if name]
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    maps, handles = {}, []
    for name in names:
        def hook(m, i, o, name=name):
            maps[name] = o.detach().clone()
        handles.append(model.get_submodule(name).register_forward_hook(hook))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% list_of_names_emptied: Pops the names from the caller's list.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    maps, handles = {}, []
    while layers:
        name = layers.pop(0)
        def hook(m, i, o, name=name):
            maps[name] = o.detach().clone()
        handles.append(model.get_submodule(name).register_forward_hook(hook))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% first_eight_channels: Keeps the first eight channels only, as for the picture in the report.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    maps, handles = {}, []
    for name in layers:
        def hook(m, i, o, name=name):
            maps[name] = o.detach()[:, :8].clone()
        handles.append(model.get_submodule(name).register_forward_hook(hook))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% maps_scaled_for_drawing: Scales each map to [0, 1].
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    maps, handles = {}, []
    for name in layers:
        def hook(m, i, o, name=name):
            o = o.detach().clone()
            maps[name] = (o - o.min()) / (o.max() - o.min() + 1e-8)
        handles.append(model.get_submodule(name).register_forward_hook(hook))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% gradients_off_for_everyone: Switches gradients off globally and leaves them off.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    torch.set_grad_enabled(False)
    maps, handles = {}, []
    for name in layers:
        def hook(m, i, o, name=name):
            maps[name] = o.detach().clone()
        handles.append(model.get_submodule(name).register_forward_hook(hook))
    model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% hook_replaces_the_output: The hook returns the clipped map, which then replaces the layer's output for the layers behind.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    maps, handles = {}, []
    for name in layers:
        def hook(m, i, o, name=name):
            maps[name] = o.detach().clone()
            return o.clamp(min=0)
        handles.append(model.get_submodule(name).register_forward_hook(hook))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return maps

# %% two_training_mode_and_hooks_left: Runs in the mode that the model has, and leaves the hooks.
def extract_feature_maps(model, image, layers):
    activations = {}
    def get_activation(name):
        def hook(model, input, output):
            activations[name] = output.detach().clone()
        return hook
    for name in layers:
        model.get_submodule(name).register_forward_hook(get_activation(name))
    with torch.no_grad():
        model(image.unsqueeze(0))
    return dict(activations)

# %% two_mode_left_and_not_cloned: Leaves eval mode on, and does not copy the maps.
def extract_feature_maps(model, image, layers):
    model.eval()
    acts, handles = {}, []
    for name, module in model.named_modules():
        if name in layers:
            def hook(m, i, o, name=name):
                acts[name] = o.detach()
            handles.append(module.register_forward_hook(hook))
    with torch.no_grad():
        _ = model(image[None, ...])
    for h in handles:
        h.remove()
    return acts

# %% two_gradients_and_squeezed: Runs with gradients without detaching, and takes the batch axis off.
def extract_feature_maps(model, image, layers):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    found, handles = {}, []
    for name in layers:
        handles.append(model.get_submodule(name).register_forward_hook(
            lambda m, i, o, name=name: found.__setitem__(name, o.clone()[0])))
    model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return found

# %% two_children_only_and_always_training: Finds direct children only, and puts the model into training mode at the end.
def extract_feature_maps(model, image, layers):
    model.eval()
    maps, handles = {}, []
    for name, child in model.named_children():
        if name in layers:
            def hook(m, i, o, name=name):
                maps[name] = o.detach().clone()
            handles.append(child.register_forward_hook(hook))
    with torch.no_grad():
        model(image.unsqueeze(0))
    for h in handles:
        h.remove()
    model.train()
    return maps

# %% one_level_of_names: A name leads at most one level down, so "block.inner.conv" is not found.
def extract_feature_maps(model, image, layers):
    maps, handles = {}, []
    for name in layers:
        outer, _, inner = name.partition(".")
        module = getattr(model, outer)
        if inner:
            module = getattr(module, inner)
        handles.append(module.register_forward_hook(lambda m, i, o, name=name: maps.__setitem__(name, o.detach().clone())))
    training = model.training
    model.eval()
    with torch.no_grad():
        model(image[None])
    model.train(training)
    for handle in handles:
        handle.remove()
    return maps
