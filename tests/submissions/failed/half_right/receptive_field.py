"""Receptive field"""


def receptive_field(layers):
    r = 1
    jump = 1
    for kernel_size, stride in layers:
        jump = jump * stride
        r = r + (kernel_size - 1) * jump
    return r


def receptive_field_table(layers):
    raise NotImplementedError()


def flatten_features(image_size, channels, num_pools):
    return int(channels * (image_size / 2**num_pools) ** 2)
