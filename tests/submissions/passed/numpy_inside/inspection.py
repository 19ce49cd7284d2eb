import numpy as np
import torch


def extract_feature_maps(model, image, layers):
    maps, handles = {}, []
    training = model.training

    def listen(name):
        return lambda module, inputs, output: maps.__setitem__(name, output.numpy().copy())

    for name in layers:
        handles.append(model.get_submodule(name).register_forward_hook(listen(name)))
    model.eval()
    with torch.no_grad():
        model(torch.from_numpy(np.expand_dims(image.numpy(), 0)))
    model.train(training)
    for handle in handles:
        handle.remove()
    return maps


def normalize_filters(weight):
    weight = weight.detach().numpy()
    low, width = weight.min(axis=(1, 2, 3), keepdims=True), np.ptp(weight, axis=(1, 2, 3), keepdims=True)
    return np.divide(weight - low, width, out=np.zeros_like(weight), where=width > 0)
