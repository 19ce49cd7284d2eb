"""Manual convolution and pooling"""

exercises = (
    "conv2d_manual",
    "max_pool2d_manual",
    "global_avg_pool",
    "sobel_edges",
    "milestones",
)
