"""What BatchNorm does."""

exercises = (
    "batch_norm_2d",
    "simple_cnn_batch_norm",
    "deep_cnn",
    "compare_batchnorm",
)
