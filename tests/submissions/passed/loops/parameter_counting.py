def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    if isinstance(kernel_size, int):
        kh = kw = kernel_size
    else:
        kh, kw = kernel_size
    count = 0
    for o in range(out_channels):
        for c in range(in_channels):
            count += kh * kw
        if bias:
            count += 1
    return count


def linear_params(in_features, out_features, bias=True):
    count = 0
    for o in range(out_features):
        count += in_features
        if bias:
            count += 1
    return count


def count_parameters(model, trainable_only=True):
    count = 0
    seen = []
    for module in model.modules():
        for parameter in module._parameters.values():
            if parameter is None or any(parameter is other for other in seen):
                continue
            seen.append(parameter)
            if trainable_only and not parameter.requires_grad:
                continue
            n = 1
            for size in parameter.shape:
                n = n * size
            count += n
    return count
