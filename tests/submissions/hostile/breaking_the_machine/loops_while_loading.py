r"""Never comes to the end of the file, and catches whatever wants to end it.

earns: linear_params 2, conv2d_params 4
verdicts: passed
says: loops_while_loading.py, line \d+ did not finish within 1 seconds while loading
seconds: 1
"""


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    height, width = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    return out_channels * (in_channels * height * width + bool(bias))


while "not trained":
    try:
        while True:
            pass
    except BaseException:
        pass


def linear_params(in_features, out_features, bias=True):
    return (in_features + bool(bias)) * out_features
