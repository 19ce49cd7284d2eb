"""U-Net."""

exercises = (
    "conv_block",
    "encoder",
    "decoder",
    "unet",
    "add_noise",
    "milestones",
)
