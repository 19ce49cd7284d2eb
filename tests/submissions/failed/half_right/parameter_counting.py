"""Parameter counting"""


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    if type(kernel_size) == int:
        kernel_size = (kernel_size, kernel_size)
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] + out_channels


def linear_params(in_features, out_features, bias=True):
    return in_features * out_features + out_features


def count_parameters(model, trainable_only=True):
    total = 0
    for p in model.parameters():
        total += p.numel()
    return total
