# %% average: Average pooling.
def pool_or_stride(channels):
    return nn.AvgPool2d(2), nn.Conv2d(channels, channels, 3, stride=2, padding=1)

# %% no_bias: The convolution has no bias.
def pool_or_stride(channels):
    return nn.MaxPool2d(2), nn.Conv2d(channels, channels, 3, stride=2, padding=1, bias=False)

# %% depthwise: One filter for each channel, groups=channels.
def pool_or_stride(channels):
    return nn.MaxPool2d(2), nn.Conv2d(channels, channels, 3, stride=2, padding=1, groups=channels)

# %% ceil_mode: Max pooling with ceil_mode, which agrees with the convolution.
def pool_or_stride(channels):
    return nn.MaxPool2d(2, ceil_mode=True), nn.Conv2d(channels, channels, 3, stride=2, padding=1)

# %% pool_three: Max pooling 3×3 with stride 2 and padding 1.
def pool_or_stride(channels):
    return nn.MaxPool2d(3, 2, 1), nn.Conv2d(channels, channels, 3, stride=2, padding=1)

# %% relu_too: A ReLU after the convolution.
def pool_or_stride(channels):
    return nn.MaxPool2d(2), nn.Sequential(nn.Conv2d(channels, channels, 3, stride=2, padding=1), nn.ReLU())

# %% swapped: The convolution first.
def pool_or_stride(channels):
    return nn.Conv2d(channels, channels, 3, stride=2, padding=1), nn.MaxPool2d(2)
