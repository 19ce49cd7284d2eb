"""Looking inside"""

import torch


def extract_feature_maps(model, image, layers):
    activations = {}

    def get_activation(name):
        def hook(model, input, output):
            activations[name] = output.detach()

        return hook

    for name, layer in model.named_modules():
        if name in layers:
            layer.register_forward_hook(get_activation(name))
    was_training = model.training
    model.eval()
    with torch.no_grad():
        model(image.unsqueeze(0))
    if was_training:
        model.train()
    return activations


def normalize_filters(weight):
    out = weight.clone()
    for i in range(len(weight)):
        f_min, f_max = weight[i].min(), weight[i].max()
        out[i] = (weight[i] - f_min) / (f_max - f_min)
    return out
