from torch import nn


class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.main = nn.Sequential(
            nn.LazyConv2d(out_channels, 3, stride, 1),
            nn.LazyBatchNorm2d(),
            nn.ReLU(),
            nn.LazyConv2d(out_channels, 3, 1, 1),
            nn.LazyBatchNorm2d(),
        )
        self.shortcut = nn.Identity()
        if stride != 1 or in_channels != out_channels:
            self.shortcut = nn.Sequential(nn.LazyConv2d(out_channels, 1, stride), nn.LazyBatchNorm2d())
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.relu(self.main(x) + self.shortcut(x))


class LeNet5(nn.Sequential):
    def __init__(self, num_classes=10):
        super().__init__(
            nn.LazyConv2d(6, 5),
            nn.Tanh(),
            nn.AvgPool2d(2),
            nn.LazyConv2d(16, 5),
            nn.Tanh(),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.LazyLinear(120),
            nn.Tanh(),
            nn.LazyLinear(84),
            nn.Tanh(),
            nn.LazyLinear(num_classes),
        )
