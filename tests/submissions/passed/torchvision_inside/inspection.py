import torch
from torchvision.models.feature_extraction import create_feature_extractor


def extract_feature_maps(model, image, layers):
    was_training = model.training
    model.eval()
    try:
        with torch.no_grad():
            extractor = create_feature_extractor(copy_of(model), return_nodes={name: name for name in layers})
            return extractor(image.unsqueeze(0))
    finally:
        model.train(was_training)


def copy_of(model):
    """No layer of the copy works in place."""
    import copy

    model = copy.deepcopy(model)
    for module in model.modules():
        if hasattr(module, "inplace"):
            module.inplace = False
    return model


def normalize_filters(weight):
    out = []
    for w in weight:
        w = w - w.min()
        out.append(w / w.max().clamp(min=1e-8))
    return torch.stack(out)
