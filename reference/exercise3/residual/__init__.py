"""Residual blocks and a classic"""

extra = True
exercises = (
    "residual_block",
    "lenet5",
)
