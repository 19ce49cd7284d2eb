"""Experiments."""

exercises = (
    "kernel_size_table",
    "dilated_receptive_field",
    "pool_or_stride",
)
