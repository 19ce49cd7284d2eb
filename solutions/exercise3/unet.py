"""U-Net

A U-Net turns an image into an image of the same size; here it learns to remove noise. The
*encoder* halves height and width from level to level and finds out what is in the image,
the *decoder* doubles them again, and at each level a *skip connection* hands over the
encoder's features from before the pooling: they know where the edges are.

With `base_channels=64` and a 1×256×256 image, the encoder's features have 64, 128, 256 and
512 channels at sizes 256, 128, 64 and 32. The bottleneck is a block of its own, 1024
channels at size 16. Therefore the decoder's first skip is the last of the encoder's
features.
"""

import torch
from torch import nn


class ConvBlock(nn.Module):
    """(Conv 3×3 with padding 1, BatchNorm, ReLU) twice: (N, in_channels, H, W) to (N,
    out_channels, H, W).

    The first convolution changes the number of channels, the second keeps it; both have a
    bias.

    >>> ConvBlock(3, 8)(torch.zeros(2, 3, 10, 12)).shape
    torch.Size([2, 8, 10, 12])
    """

    def __init__(self, in_channels: int, out_channels: int):
        super().__init__()
        ### BEGIN SOLUTION
        self.layers = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, kernel_size=3, padding=1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(inplace=True),
            nn.Conv2d(out_channels, out_channels, kernel_size=3, padding=1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(inplace=True),
        )
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        ### BEGIN SOLUTION
        return self.layers(x)
        ### END SOLUTION


class Encoder(nn.Module):
    """A ConvBlock for each step from one channel count to the next, with 2×2 max pooling
    between them.

    Returns the list of each block's output *before* pooling, shallowest first; the output
    of the last block is in it, and is not pooled either. The list of channels stays as it
    is.

    >>> [tuple(f.shape) for f in Encoder((1, 4, 8))(torch.zeros(2, 1, 16, 24))]
    [(2, 4, 16, 24), (2, 8, 8, 12)]
    """

    def __init__(self, channels: tuple[int, ...] = (1, 64, 128, 256, 512)):
        super().__init__()
        ### BEGIN SOLUTION
        self.blocks = nn.ModuleList(
            ConvBlock(a, b) for a, b in zip(channels[:-1], channels[1:])
        )
        self.pool = nn.MaxPool2d(2)
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        ### BEGIN SOLUTION
        features = [self.blocks[0](x)]
        for block in self.blocks[1:]:
            features.append(block(self.pool(features[-1])))
        return features
        ### END SOLUTION


class Decoder(nn.Module):
    """For each step: ConvTranspose2d (kernel 2, stride 2) to the next channel count,
    concatenation with the skip of that level along channels, ConvBlock.

    `encoder_features` come shallowest first, as the Encoder returns them; the list and its
    tensors stay as they are.

    >>> features = [torch.zeros(1, 4, 16, 24), torch.zeros(1, 8, 8, 12)]
    >>> Decoder((16, 8, 4))(torch.zeros(1, 16, 4, 6), features).shape
    torch.Size([1, 4, 16, 24])
    """

    def __init__(self, channels: tuple[int, ...] = (1024, 512, 256, 128, 64)):
        super().__init__()
        ### BEGIN SOLUTION
        steps = list(zip(channels[:-1], channels[1:]))
        self.ups = nn.ModuleList(
            nn.ConvTranspose2d(a, b, kernel_size=2, stride=2) for a, b in steps
        )
        self.blocks = nn.ModuleList(ConvBlock(2 * b, b) for _, b in steps)
        ### END SOLUTION

    def forward(self, x: torch.Tensor, encoder_features: list[torch.Tensor]) -> torch.Tensor:
        ### BEGIN SOLUTION
        for up, block, skip in zip(self.ups, self.blocks, reversed(encoder_features)):
            x = block(torch.cat([up(x), skip], dim=1))
        return x
        ### END SOLUTION


class UNet(nn.Module):
    """Encoder with four levels, pooling, bottleneck ConvBlock to 16 · base_channels,
    Decoder, and a last 1×1 convolution to out_channels without activation.

    (N, in_channels, H, W) to (N, out_channels, H, W), where H and W are any multiples of
    16, also different ones. By default it has 31,042,369 parameters; on torch's meta device
    they can be counted without the memory for them:

    >>> with torch.device("meta"):
    ...     model = UNet()
    >>> sum(parameter.numel() for parameter in model.parameters())
    31042369
    >>> UNet(base_channels=4)(torch.zeros(2, 1, 32, 48)).shape
    torch.Size([2, 1, 32, 48])
    """

    def __init__(self, in_channels: int = 1, out_channels: int = 1, base_channels: int = 64):
        super().__init__()
        ### BEGIN SOLUTION
        c = base_channels
        self.encoder = Encoder((in_channels, c, 2 * c, 4 * c, 8 * c))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * c, 16 * c)
        self.decoder = Decoder((16 * c, 8 * c, 4 * c, 2 * c, c))
        self.head = nn.Conv2d(c, out_channels, kernel_size=1)
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        ### BEGIN SOLUTION
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        return self.head(self.decoder(x, features))
        ### END SOLUTION


def add_noise(images: torch.Tensor, noise_factor: float = 0.5) -> torch.Tensor:
    """The images plus Gaussian noise of standard deviation noise_factor, clamped to [0, 1].

    The images themselves stay as they are, and each call draws fresh noise.

    >>> add_noise(torch.tensor([0.25, 0.5]), noise_factor=0.0)
    tensor([0.2500, 0.5000])
    """
    ### BEGIN SOLUTION
    noisy = images + noise_factor * torch.randn_like(images)
    return noisy.clamp(0.0, 1.0)
    ### END SOLUTION
