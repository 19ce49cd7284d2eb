accuracy = 1 / 0
print("never reached:", accuracy)
conv2d_params = make_it(accuracy)


def linear_params(in_features, out_features, bias=True):
    return (in_features + bool(bias)) * out_features


def count_parameters(model, trainable_only=True):
    return sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable_only)
