"""Other views of a convolution"""

exercises = (
    "im2col",
    "conv_as_matrix",
    "compose_kernels",
    "upconv2x",
    "receptive_field_mask",
    "milestones",
)
