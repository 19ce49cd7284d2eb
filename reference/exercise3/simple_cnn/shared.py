"""What several exercises of this section share."""

from autograder.author import make


def _epoch(draw, count=10):
    """`count` images in batches of 4, and a small network; spy records in which mode it was called."""
    network = make("torch.nn.Sequential", make("spy"), make("torch.nn.Flatten"), make("torch.nn.Linear", 12, 3))
    network = make("weighted", network, draw.seed())
    loader = make("loader", draw.normal(count, 1, 3, 4), draw.integers(0, 2, count), batch_size=4)
    return network, loader
