"""Answers with as many numbers and texts as an answer may hold, all of which could be shown.

earns: conv2d_output_shape 0, receptive_field_table 0, linear_params 0
checks: shape_order, one_row_per_layer, weights_and_biases
verdicts: failed
says: expected
"""


def conv2d_output_shape(*args, **kwargs):
    return list(range(30_000))


def receptive_field_table(layers):
    return [("x" * 4000, "y" * 4000)] * 100


def linear_params(in_features, out_features, bias=True):
    return {"z" * 4000 + str(number): ["w" * 4000] for number in range(100)}
