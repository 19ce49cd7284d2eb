"""Output size"""

exercises = (
    "conv_output_size",
    "conv2d_output_shape",
    "conv_transpose_output_size",
)
