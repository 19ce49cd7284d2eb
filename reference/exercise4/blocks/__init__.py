"""Blocks."""

exercises = (
    "conv_bn_relu",
    "conv_pool_block",
    "small_cnn",
    "gap_cnn",
    "dropout_cnn",
    "staged_cnn",
    "skip_gradient_norm",
)
