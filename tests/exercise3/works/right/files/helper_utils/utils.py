"""Small helpers for all sections."""


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def span(kernel_size, dilation=1):
    return dilation * (kernel_size - 1) + 1
