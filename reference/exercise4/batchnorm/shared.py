"""What the three functions share."""

WITHOUT = (
    *("batch_norm", "native_batch_norm", "_native_batch_norm_legit", "cudnn_batch_norm", "instance_norm"),
    *("_native_batch_norm_legit_no_training", "_batch_norm_with_update", "_batch_norm_no_update"),
)
