# %% features_after_pooling: Collects the features after the pooling instead of before it.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(channels[i], channels[i + 1]) for i in range(len(channels) - 1)])
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        features = []
        for block in self.blocks:
            x = self.pool(block(x))
            features.append(x)
        return features

# %% deepest_first: Returns the features with the deepest first.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList(ConvBlock(a, b) for a, b in zip(channels[:-1], channels[1:]))
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        skips = []
        for i, block in enumerate(self.blocks):
            if i > 0:
                x = self.pool(x)
            x = block(x)
            skips.insert(0, x)
        return skips

# %% last_output_pooled_and_appended: Pools after the last block too and appends the pooled result to the features.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.enc = nn.ModuleList([ConvBlock(a, b) for a, b in zip(channels, channels[1:])])
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        out = []
        for e in self.enc:
            x = e(x)
            out.append(x)
            x = self.pool(x)
        out.append(x)
        return out

# %% pools_before_first_block: Pools before every block, also before the first.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.layers = nn.ModuleList([ConvBlock(channels[i - 1], channels[i]) for i in range(1, len(channels))])

    def forward(self, x):
        feats = []
        for layer in self.layers:
            x = layer(F.max_pool2d(x, 2))
            feats.append(x)
        return feats

# %% average_pooling: Uses average pooling between the blocks.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in zip(channels, channels[1:])])
        self.down = nn.AvgPool2d(2)

    def forward(self, x):
        features = [self.blocks[0](x)]
        for block in self.blocks[1:]:
            features.append(block(self.down(features[-1])))
        return features

# %% overlapping_pool: Pools with 3x3 windows, stride 2 and padding 1 instead of 2x2 windows.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in zip(channels, channels[1:])])
        self.pool = nn.MaxPool2d(3, stride=2, padding=1)

    def forward(self, x):
        result = []
        for k, block in enumerate(self.blocks):
            x = block(x)
            result.append(x)
            if k < len(self.blocks) - 1:
                x = self.pool(x)
        return result

# %% default_channels_always: Ignores its argument and always builds the default channels.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.block1 = ConvBlock(1, 64)
        self.block2 = ConvBlock(64, 128)
        self.block3 = ConvBlock(128, 256)
        self.block4 = ConvBlock(256, 512)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        x1 = self.block1(x)
        x2 = self.block2(self.pool(x1))
        x3 = self.block3(self.pool(x2))
        x4 = self.block4(self.pool(x3))
        return [x1, x2, x3, x4]

# %% exactly_four_levels: Uses the given channels but always builds exactly four levels, so other lengths fail or lose levels.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.e1 = ConvBlock(channels[0], channels[1])
        self.e2 = ConvBlock(channels[1], channels[2])
        self.e3 = ConvBlock(channels[2], channels[3])
        self.e4 = ConvBlock(channels[3], channels[4])

    def forward(self, x):
        f1 = self.e1(x)
        f2 = self.e2(F.max_pool2d(f1, 2))
        f3 = self.e3(F.max_pool2d(f2, 2))
        f4 = self.e4(F.max_pool2d(f3, 2))
        return [f1, f2, f3, f4]

# %% last_step_missing: Builds one block too few because the range ends too early.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList()
        for i in range(len(channels) - 2):
            self.blocks.append(ConvBlock(channels[i], channels[i + 1]))
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        features = []
        for i, block in enumerate(self.blocks):
            if i > 0:
                x = self.pool(x)
            x = block(x)
            features.append(x)
        return features

# %% only_deepest_feature: Returns only the last block's output instead of the list.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        blocks = []
        for i, (a, b) in enumerate(zip(channels, channels[1:])):
            if i:
                blocks.append(nn.MaxPool2d(2))
            blocks.append(ConvBlock(a, b))
        self.net = nn.Sequential(*blocks)

    def forward(self, x):
        return self.net(x)

# %% pair_of_bottom_and_skips: Returns a pair of pooled output and feature list instead of the list of features.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in zip(channels, channels[1:])])
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        skips = []
        for block in self.blocks:
            x = block(x)
            skips.append(x)
            x = self.pool(x)
        return x, skips

# %% input_counts_as_feature: Puts the input image itself at the head of the features.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in zip(channels, channels[1:])])
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        features = [x]
        for n, block in enumerate(self.blocks):
            inp = features[-1] if n == 0 else self.pool(features[-1])
            features.append(block(inp))
        return features

# %% skips_detached: Stores detached copies of the features, so no gradient flows through them.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in zip(channels, channels[1:])])
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        features = []
        for i, block in enumerate(self.blocks):
            if i > 0:
                x = self.pool(x)
            x = block(x)
            features.append(x.detach().clone())
        return features

# %% pooled_under_no_grad: Pools under torch.no_grad, so the gradient of a deep feature does not reach the shallower blocks.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in zip(channels, channels[1:])])
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        features = []
        for block in self.blocks:
            if features:
                with torch.no_grad():
                    x = self.pool(x)
            x = block(x)
            features.append(x)
        return features

# %% blocks_in_plain_list: Keeps the blocks in a plain list, so they are not registered.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = [ConvBlock(i, o) for i, o in zip(channels, channels[1:])]
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        features = []
        for i, block in enumerate(self.blocks):
            if i > 0:
                x = self.pool(x)
            x = block(x)
            features.append(x)
        return features

# %% doubles_from_first_level: Doubles the channels from channels[1] on instead of reading the others, which is right only where they double.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        levels = len(channels) - 1
        base = channels[1]
        self.blocks = nn.ModuleList([ConvBlock(channels[0], base)])
        for i in range(1, levels):
            self.blocks.append(ConvBlock(base * 2 ** (i - 1), base * 2 ** i))
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        features = []
        for i, block in enumerate(self.blocks):
            if i > 0:
                x = self.pool(x)
            x = block(x)
            features.append(x)
        return features

# %% features_kept_between_calls: Appends to a list made in __init__, so each call also returns the features of the calls before.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in zip(channels, channels[1:])])
        self.pool = nn.MaxPool2d(2)
        self.features = []

    def forward(self, x):
        for k, block in enumerate(self.blocks):
            x = block(self.pool(x) if k else x)
            self.features.append(x)
        return self.features

# %% square_images_only: Pools to a square of half the height, which is right only for square images.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in zip(channels, channels[1:])])

    def forward(self, x):
        features = []
        size = x.size(2)
        for block in self.blocks:
            x = block(x)
            features.append(x)
            size = size // 2
            if size > 0:
                x = F.adaptive_max_pool2d(x, size)
        return features

# %% keeps_every_second_pixel: Takes every second pixel instead of the maximum of each 2x2 window.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in zip(channels, channels[1:])])

    def forward(self, x):
        features = []
        for i, block in enumerate(self.blocks):
            if i > 0:
                x = x[:, :, ::2, ::2]
            x = block(x)
            features.append(x)
        return features

# %% single_convolution_per_step: Uses one convolution with BatchNorm and ReLU per step instead of a ConvBlock.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.steps = nn.ModuleList()
        for i in range(len(channels) - 1):
            self.steps.append(nn.Sequential(
                nn.Conv2d(channels[i], channels[i + 1], 3, padding=1),
                nn.BatchNorm2d(channels[i + 1]),
                nn.ReLU(),
            ))

    def forward(self, x):
        features = []
        for i, step in enumerate(self.steps):
            if i > 0:
                x = F.max_pool2d(x, 2)
            x = step(x)
            features.append(x)
        return features

# %% no_pool_before_last_block: Leaves the pooling between the last two blocks out.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in zip(channels, channels[1:])])
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        features = []
        for i, block in enumerate(self.blocks):
            x = block(x)
            features.append(x)
            if i < len(self.blocks) - 2:
                x = self.pool(x)
        return features

# %% two_reversed_and_average: Returns the deepest feature first, and uses average pooling.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in zip(channels, channels[1:])])

    def forward(self, x):
        features = []
        for i, block in enumerate(self.blocks):
            if i:
                x = F.avg_pool2d(x, 2)
            x = block(x)
            features.append(x)
        return features[::-1]

# %% two_dict_and_detached: Returns a dict instead of a list, and detaches each feature.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in zip(channels, channels[1:])])
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        features = {}
        for i, block in enumerate(self.blocks):
            x = block(x if i == 0 else self.pool(x))
            features[f"level{i}"] = x.detach()
        return features

# %% two_shared_middle_block_and_pool_stride: Reuses the block of the step before when the channels agree, and pools with kernel 2 but stride 1 at the last level.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        made = {}
        blocks = []
        for pair in zip(channels, channels[1:]):
            if pair not in made:
                made[pair] = ConvBlock(*pair)
            blocks.append(made[pair])
        self.blocks = nn.ModuleList(blocks)

    def forward(self, x):
        features = []
        last = len(self.blocks) - 1
        for i, block in enumerate(self.blocks):
            if 0 < i < last:
                x = F.max_pool2d(x, 2, 2)
            elif i == last and i > 0:
                x = F.max_pool2d(x, 2, 1)
            x = block(x)
            features.append(x)
        return features

# %% shared_blocks_for_equal_channels: Caches the blocks by channel pair, so steps with the same channels share their weights.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.pairs = list(zip(channels, channels[1:]))
        self.blocks = nn.ModuleDict({f"{a}_{b}": ConvBlock(a, b) for a, b in self.pairs})

    def forward(self, x):
        features = []
        for i, (a, b) in enumerate(self.pairs):
            if i:
                x = F.max_pool2d(x, 2)
            x = self.blocks[f"{a}_{b}"](x)
            features.append(x)
        return features
