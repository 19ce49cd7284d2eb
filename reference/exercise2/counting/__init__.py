"""Counting"""

exercises = (
    "compare_dense_and_conv",
    "stacked_params",
    "layers_needed",
    "activations",
    "kept_by_pooling",
    "unet_shapes",
)
