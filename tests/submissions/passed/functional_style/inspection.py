from functools import partial

import torch


@torch.inference_mode()
def extract_feature_maps(model, image, layers):
    maps = {}
    modules = dict(model.named_modules())

    def store(module, args, output, name):
        maps[name] = torch.clone(output)

    handles = [modules[name].register_forward_hook(partial(store, name=name)) for name in layers]
    mode = model.training
    try:
        model.eval()(image[None, ...])
    finally:
        model.train(mode)
        [handle.remove() for handle in handles]
    return {name: maps[name] for name in layers}


def normalize_filters(weight):
    flat = weight.flatten(1)
    low, high = flat.min(1).values, flat.max(1).values
    scaled = (flat - low[:, None]) / (high - low)[:, None]
    return torch.nan_to_num(scaled, nan=0.0).view_as(weight)
