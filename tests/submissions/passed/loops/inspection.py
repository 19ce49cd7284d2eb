import torch


def extract_feature_maps(model, image, layers):
    """One forward pass for each layer, with one hook at a time."""
    result = {}
    training = model.training
    model.eval()
    with torch.no_grad():
        for name in layers:
            kept = []
            handle = model.get_submodule(name).register_forward_hook(lambda m, i, o: kept.append(o + 0))
            model(image.view(1, *image.shape))
            handle.remove()
            result[name] = kept[0]
    model.train(training)
    return result


def normalize_filters(weight):
    result = torch.zeros_like(weight)
    for o in range(weight.shape[0]):
        smallest, largest = float("inf"), -float("inf")
        for value in weight[o].flatten().tolist():
            smallest, largest = min(smallest, value), max(largest, value)
        if largest != smallest:
            result[o] = (weight[o] - smallest) / (largest - smallest)
    return result
