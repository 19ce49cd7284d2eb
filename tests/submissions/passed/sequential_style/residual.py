from torch import nn


class Sum(nn.Module):
    def __init__(self, *branches):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x):
        return sum(branch(x) for branch in self.branches)


def ResidualBlock(in_channels, out_channels, stride=1):
    same = stride == 1 and in_channels == out_channels
    shortcut = [] if same else [nn.Conv2d(in_channels, out_channels, 1, stride), nn.BatchNorm2d(out_channels)]
    return nn.Sequential(
        Sum(
            nn.Sequential(*shortcut),
            nn.Sequential(
                nn.Conv2d(in_channels, out_channels, 3, stride, 1),
                nn.BatchNorm2d(out_channels),
                nn.ReLU(),
                nn.Conv2d(out_channels, out_channels, 3, 1, 1),
                nn.BatchNorm2d(out_channels),
            ),
        ),
        nn.ReLU(),
    )


class LeNet5(nn.Sequential):
    def __init__(self, num_classes=10):
        super().__init__(
            nn.Sequential(nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2, 2)),
            nn.Sequential(nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2, 2)),
            nn.Sequential(nn.Conv2d(16, 120, 5), nn.Tanh(), nn.Flatten()),
            nn.Sequential(nn.Linear(120, 84), nn.Tanh()),
            nn.Linear(84, num_classes),
        )
