"""Sizes"""

exercises = (
    "effective_kernel_size",
    "same_padding",
    "full_padding",
    "padding_name",
    "pool_output_size",
    "trace_shapes",
    "max_pools",
    "is_valid_unet_size",
)
