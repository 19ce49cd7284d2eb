"""What BatchNorm does."""

exercises = (
    "batch_norm_2d",
    "batch_norm_2d_mistakes",
    "simple_cnn_batch_norm",
    "deep_cnn",
    "compare_batchnorm",
)
