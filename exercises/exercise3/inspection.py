"""Looking inside

What does a network see? Two pictures show something of it: the *feature maps* that a layer
makes of an image, and the *filters* of the first convolution.

A *forward hook* is a function that a layer calls after each forward pass, with (module,
inputs, output). `layer.register_forward_hook(hook)` returns a handle, and `handle.remove()`
takes the hook away again. Looking at a network must not change it: neither its mode nor its
hooks nor its weights.

When you draw maps and filters, name them with titles: matplotlib's `axis("off")` hides the
axes together with their labels.
"""

import torch
from torch import nn


def extract_feature_maps(
    model: nn.Module, image: torch.Tensor, layers: list[str]
) -> dict[str, torch.Tensor]:
    """What the layers with these names put out for one image (C, H, W), as a dict from name
    to map (1, channels, height, width).

    The names are those of model.named_modules(): "block.conv" is the layer conv inside of
    the layer block. The model runs in eval mode and without gradients; afterwards it has
    the mode and the hooks that it had before. A map stays what its layer put out, even if a
    later layer works in place.

    >>> model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.MaxPool2d(2))
    >>> maps = extract_feature_maps(model, torch.zeros(1, 12, 14), ["0", "2"])
    >>> {name: tuple(map.shape) for name, map in maps.items()}
    {'0': (1, 4, 10, 12), '2': (1, 4, 5, 6)}
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def normalize_filters(weight: torch.Tensor) -> torch.Tensor:
    """The filters of a convolution (O, C, kh, kw), each scaled to [0, 1] so that it can be
    drawn: its smallest value becomes 0, its largest 1.

    A filter is one of the O parts (C, kh, kw). If all of its values are the same it becomes
    0. The weight itself stays as it is.

    >>> normalize_filters(torch.tensor([[[[-1.0, 0, 3]]], [[[5, 5, 5]]]]))
    tensor([[[[0.0000, 0.2500, 1.0000]]],
    <BLANKLINE>
    <BLANKLINE>
            [[[0.0000, 0.0000, 0.0000]]]])
    """
    # YOUR CODE HERE
    raise NotImplementedError()
