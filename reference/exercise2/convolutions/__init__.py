"""What convolutions do"""

exercises = (
    "is_equivariant",
    "empirical_receptive_field",
    "cross_response",
    "edge_response",
)
