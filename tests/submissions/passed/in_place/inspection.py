"""Copies are changed in place, never what came in; hooks are taken away one by one."""

import torch


def extract_feature_maps(model, image, layers):
    was, maps, handles = model.training, dict.fromkeys(layers), {}

    class Hook:
        def __init__(self, name):
            self.name = name

        def __call__(self, module, args, output):
            maps[self.name] = output.detach().cpu().clone()

    for name in layers:
        layer = model
        for part in name.split("."):
            layer = getattr(layer, part)
        handles[name] = layer.register_forward_hook(Hook(name))
    model.eval()
    with torch.set_grad_enabled(False):
        model(torch.stack([image]))
    while handles:
        handles.popitem()[1].remove()
    model.train() if was else model.eval()
    return maps


def normalize_filters(weight):
    weight = weight.detach().clone()
    for filter in weight:
        filter -= filter.min()
        if filter.max() > 0:
            filter /= filter.max()
    return weight
