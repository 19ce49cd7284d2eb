# %% average: Average pooling.
class ConvPoolBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(in_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU(), nn.AvgPool2d(2))

    def forward(self, x):
        return self.net(x)

# %% pool_first: Pools before BatchNorm, so that the statistics are those of the maxima.
class ConvPoolBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(in_channels, out_channels, 3, padding=1), nn.MaxPool2d(2), nn.BatchNorm2d(out_channels), nn.ReLU())

    def forward(self, x):
        return self.net(x)

# %% strided: A stride of 2 instead of the pooling.
class ConvPoolBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, stride=2, padding=1)
        self.bn = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))

# %% relu_forgotten: No ReLU.
class ConvPoolBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(out_channels)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        return self.pool(self.bn(self.conv(x)))
