"""What several exercises of this section share."""

FASTER = {  # a training in which BatchNorm is of use
    "pair": {"plain": {"batch_norm": False}, "batchnorm": {"batch_norm": True}},
    "lr": 0.1,
    "steps": 60,
    "batch_size": 64,
    "watched": 20,
}
