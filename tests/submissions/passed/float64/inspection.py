import torch


def extract_feature_maps(model, image, layers):
    maps, hooks, training = {}, [], model.training
    for name, module in model.named_modules():
        if name in layers:
            hook = lambda module, inputs, output, name=name: maps.update({name: output.double()})
            hooks.append(module.register_forward_hook(hook))
    model.eval()
    with torch.no_grad():
        model(image.unsqueeze(0))
    for hook in hooks:
        hook.remove()
    model.train(training)
    return maps


def normalize_filters(weight):
    weight = weight.double()
    low, high = weight.amin((1, 2, 3), True), weight.amax((1, 2, 3), True)
    return (weight - low) / (high - low + 1e-8)
