# %% inherits_sequential: A subclass of nn.Sequential without a forward of its own.
class ConvBNReLU(nn.Sequential):
    def __init__(self, in_channels, out_channels, kernel_size=3, stride=1):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, kernel_size, stride, kernel_size // 2, bias=False),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(inplace=True),
        )

# %% functional_relu: Odd names, F.relu and the stride set by keyword.
class ConvBNReLU(nn.Module):
    def __init__(self, in_channels, out_channels, kernel_size=3, stride=1):
        super().__init__()
        p = kernel_size // 2
        self.falten = nn.Conv2d(in_channels, out_channels, kernel_size=kernel_size, stride=stride, padding=(p, p), bias=False)
        self.normieren = nn.BatchNorm2d(num_features=out_channels)

    def forward(self, x):
        x = self.falten(x)
        x = self.normieren(x)
        return F.relu(x)
