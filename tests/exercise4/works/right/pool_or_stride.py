# %% keywords: All arguments by name.
def pool_or_stride(channels):
    pool = nn.MaxPool2d(kernel_size=2, stride=2)
    conv = nn.Conv2d(in_channels=channels, out_channels=channels, kernel_size=3, stride=2, padding=1, bias=True)
    return pool, conv

# %% sequentials: Each in an nn.Sequential, tuples for sizes.
def pool_or_stride(channels):
    return nn.Sequential(nn.MaxPool2d((2, 2))), nn.Sequential(nn.Conv2d(channels, channels, (3, 3), (2, 2), (1, 1)))
