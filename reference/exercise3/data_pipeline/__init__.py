"""Data pipeline"""

extra = True
exercises = (
    "to_image_tensor",
    "to_channels_first",
    "make_loader",
)
