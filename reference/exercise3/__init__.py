"""Convolutional networks.

The answer key of exercise3, one module per section, in teaching order.
"""

sections = (
    "output_size",
    "parameter_counting",
    "receptive_field",
    "manual_convolution",
    "simple_cnn",
    "unet",
    "batchnorm",
    "data_pipeline",
    "residual",
    "inspection",
)
