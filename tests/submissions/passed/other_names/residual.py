import torch
from torch import nn
from torch.nn.functional import avg_pool2d, relu


class ResidualBlock(nn.Module):
    """The main path has no biases, the shortcut has one; the layers are registered in a strange order."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.zweite_norm = nn.BatchNorm2d(out_channels)
        self.zweite = nn.Conv2d(out_channels, out_channels, (3, 3), padding="same", bias=False)
        self.norm = nn.BatchNorm2d(out_channels)
        self.erste = nn.Conv2d(in_channels, out_channels, 3, stride=(stride, stride), padding=(1, 1), bias=False)
        self.umweg = nn.Sequential()
        if (in_channels, 1) != (out_channels, stride):
            self.umweg.append(nn.Conv2d(in_channels, out_channels, 1, stride=stride))
            self.umweg.append(nn.BatchNorm2d(out_channels))

    def forward(self, bild):
        y = relu(self.norm(self.erste(bild)))
        y = self.zweite_norm(self.zweite(y))
        y += self.umweg(bild)
        return y.clamp_min(0)


class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.schicht = nn.ModuleDict(
            {
                "aus": nn.Linear(84, num_classes),
                "c1": nn.Conv2d(in_channels=1, out_channels=6, kernel_size=5),
                "c2": nn.Conv2d(in_channels=6, out_channels=16, kernel_size=5),
                "l1": nn.Linear(in_features=400, out_features=120),
                "l2": nn.Linear(in_features=120, out_features=84),
            }
        )

    def forward(self, x):
        for name in "c1", "c2":
            x = avg_pool2d(torch.tanh(self.schicht[name](x)), kernel_size=2, stride=2)
        x = torch.flatten(x, 1)
        for name in "l1", "l2":
            x = torch.tanh(self.schicht[name](x))
        return self.schicht["aus"](x)
