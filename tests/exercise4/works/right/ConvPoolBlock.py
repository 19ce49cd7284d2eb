# %% built_on_other_block: Takes ConvBNReLU of this file.
class ConvPoolBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.block = ConvBNReLU(in_channels, out_channels)
        self.pool = nn.MaxPool2d(2, 2)

    def forward(self, x):
        return self.pool(self.block(x))

# %% pool_before_relu: Max pooling before ReLU, which gives the same, and a convolution with bias.
class ConvPoolBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.c = nn.Conv2d(in_channels, out_channels, 3, padding="same")
        self.b = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        return F.max_pool2d(self.b(self.c(x)), 2).clamp(min=0)
