import torch
from torch import nn
from torchvision.models.resnet import BasicBlock
from torchvision.ops import Conv2dNormActivation


def ResidualBlock(in_channels, out_channels, stride=1):
    downsample = None
    if stride > 1 or in_channels != out_channels:
        downsample = Conv2dNormActivation(
            in_channels, out_channels, kernel_size=1, stride=stride, activation_layer=None
        )
    return BasicBlock(in_channels, out_channels, stride, downsample)


class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.c1 = Conv2dNormActivation(
            1, 6, 5, padding=0, norm_layer=None, activation_layer=nn.Tanh, inplace=None
        )
        self.c3 = Conv2dNormActivation(
            6, 16, 5, padding=0, norm_layer=None, activation_layer=nn.Tanh, inplace=None
        )
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.out = nn.Linear(84, num_classes)
        self.pool = nn.AvgPool2d(2)

    def forward(self, x):
        x = self.pool(self.c3(self.pool(self.c1(x))))
        x = torch.tanh(self.c5(x)).flatten(1)
        return self.out(torch.tanh(self.f6(x)))
