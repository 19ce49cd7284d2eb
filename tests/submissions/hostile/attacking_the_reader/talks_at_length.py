"""Tells megabytes: in an error, in a name, in an answer, and in thirty statements that fail.

earns: linear_params 0, conv2d_params 0, global_avg_pool 0
verdicts: failed, raised
says: xxxx
"""

LONG = "x" * (1 << 20)
raise ValueError(1 * LONG)
raise ValueError(2 * LONG)
raise ValueError(3 * LONG)
raise ValueError(4 * LONG)
raise ValueError(5 * LONG)
raise ValueError(6 * LONG)
raise ValueError(7 * LONG)
raise ValueError(8 * LONG)
raise ValueError(9 * LONG)
raise ValueError(10 * LONG)
raise ValueError(11 * LONG)
raise ValueError(12 * LONG)
raise ValueError(13 * LONG)
raise ValueError(14 * LONG)
raise ValueError(15 * LONG)
raise ValueError(16 * LONG)
raise ValueError(17 * LONG)
raise ValueError(18 * LONG)
raise ValueError(19 * LONG)
raise ValueError(20 * LONG)
raise ValueError(21 * LONG)
raise ValueError(22 * LONG)
raise ValueError(23 * LONG)
raise ValueError(24 * LONG)
raise ValueError(25 * LONG)
raise ValueError(26 * LONG)
raise ValueError(27 * LONG)
raise ValueError(28 * LONG)
raise ValueError(29 * LONG)
raise ValueError(30 * LONG)


def linear_params(in_features, out_features, bias=True):
    raise ValueError(LONG)


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    return {LONG: [LONG] * 100}


def global_avg_pool(x):
    return type(LONG, (), {})()
