"""Parameter counting"""

exercises = (
    "conv2d_params",
    "linear_params",
    "count_parameters",
)
