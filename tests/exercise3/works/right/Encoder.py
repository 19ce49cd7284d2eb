# %% module_list_with_pool: A ModuleList of blocks and one pooling layer.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(channels[i], channels[i + 1]) for i in range(len(channels) - 1)])
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        features = []
        for block in self.blocks:
            x = block(x)
            features.append(x)
            x = self.pool(x)
        return features

# %% pool_before_all_but_first: Pools before each block but the first, with zip over neighbours.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.levels = nn.ModuleList(ConvBlock(a, b) for a, b in zip(channels[:-1], channels[1:]))

    def forward(self, x):
        out = []
        for level, block in enumerate(self.levels):
            x = block(x if level == 0 else F.max_pool2d(x, 2))
            out.append(x)
        return out

# %% generator_collected: A generator method yields the features.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList(map(ConvBlock, channels, channels[1:]))

    def stages(self, x):
        first, *others = self.blocks
        yield (x := first(x))
        for block in others:
            yield (x := block(F.max_pool2d(x, kernel_size=2)))

    def forward(self, x):
        return list(self.stages(x))

# %% recursive_encoder: Each level holds its block and a deeper Encoder.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.block = ConvBlock(channels[0], channels[1])
        self.deeper = Encoder(channels[1:]) if len(channels) > 2 else None

    def forward(self, x):
        here = self.block(x)
        if self.deeper is None:
            return [here]
        return [here] + self.deeper(F.max_pool2d(here, 2))

# %% setattr_numbered_blocks: setattr and getattr with numbers.
class Encoder(nn.Module):
    def __init__(self, channels: tuple[int, ...] = (1, 64, 128, 256, 512)):
        super().__init__()
        self.depth = len(channels) - 1
        for i in range(self.depth):
            setattr(self, f"enc{i}", ConvBlock(channels[i], channels[i + 1]))

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        features = [self.enc0(x)]
        for i in range(1, self.depth):
            pooled = F.max_pool2d(features[-1], 2, 2)
            features.append(getattr(self, f"enc{i}")(pooled))
        return features

# %% stages_with_pool_inside: Each later stage is a Sequential of pooling and block.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        stages = []
        for n, (i, o) in enumerate(zip(channels, channels[1:])):
            stages.append(ConvBlock(i, o) if n == 0 else nn.Sequential(nn.MaxPool2d(2), ConvBlock(i, o)))
        self.stages = nn.ModuleList(stages)

    def forward(self, x):
        result = []
        for stage in self.stages:
            x = stage(x)
            result += [x]
        return result

# %% accumulate_features: itertools.accumulate runs through the blocks.
from itertools import accumulate

class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(*pair) for pair in zip(channels, channels[1:])])

    def forward(self, x):
        blocks = list(self.blocks)
        return list(accumulate(blocks[1:], lambda t, block: block(F.max_pool2d(t, 2)), initial=blocks[0](x)))

# %% subclass_of_module_list: Encoder subclasses nn.ModuleList.
class Encoder(nn.ModuleList):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__(ConvBlock(channels[k - 1], channels[k]) for k in range(1, len(channels)))

    def forward(self, x):
        merkmale = []
        for k, block in enumerate(self):
            if k > 0:
                x = F.max_pool2d(x, 2)
            x = block(x)
            merkmale.append(x)
        return merkmale

# %% hooks_collect_outputs: A Sequential runs everything and forward hooks collect what the blocks put out.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        layers = []
        for i in range(len(channels) - 1):
            if i:
                layers.append(nn.MaxPool2d(2))
            layers.append(ConvBlock(channels[i], channels[i + 1]))
        self.body = nn.Sequential(*layers)

    def forward(self, x):
        features = []
        handles = [m.register_forward_hook(lambda m, i, o: features.append(o)) for m in self.body if isinstance(m, ConvBlock)]
        try:
            self.body(x)
        finally:
            for handle in handles:
                handle.remove()
        return features

# %% checkpointed_pooling: The poolings run under torch.utils.checkpoint, the blocks do not.
from torch.utils.checkpoint import checkpoint

class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList()
        for i, o in zip(channels, channels[1:]):
            self.blocks.append(ConvBlock(i, o))
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2)

    def forward(self, x):
        feats = [self.blocks[0](x)]
        for block in self.blocks[1:]:
            feats.append(block(checkpoint(self.pool, feats[-1], use_reentrant=False)))
        return feats

# %% add_module_and_last_apart: add_module in a loop; the last block is handled after the loop.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super(Encoder, self).__init__()
        self.number_of_blocks = len(channels) - 1
        for i in range(self.number_of_blocks):
            block = ConvBlock(channels[i], channels[i + 1])
            self.add_module("block_" + str(i), block)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        all_features = []
        current = x
        for i in range(self.number_of_blocks - 1):
            block = self.get_submodule("block_" + str(i))
            current = block(current)
            all_features.append(current)
            # print(i, current.shape)
            current = self.pool(current)
        last_block = self.get_submodule("block_" + str(self.number_of_blocks - 1))
        all_features.append(last_block(current))
        return all_features

# %% adaptive_pool_by_size: Halves the maps by reshaping into 2x2 cells and amax.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleDict({f"level{i}": ConvBlock(channels[i], channels[i + 1]) for i in range(len(channels) - 1)})

    @staticmethod
    def halve(x):
        h, w = x.shape[-2] // 2 * 2, x.shape[-1] // 2 * 2
        return x[..., :h, :w].unflatten(-1, (-1, 2)).unflatten(-3, (-1, 2)).amax((-1, -3))

    def forward(self, x):
        out = []
        for block in self.blocks.values():
            out.append(block(self.halve(out[-1]) if out else x))
        return out

# %% compiled_blocks: Every block is wrapped by torch.compile with the eager backend.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([torch.compile(ConvBlock(a, b), backend="eager", dynamic=True) for a, b in zip(channels, channels[1:])])
        self.down = nn.MaxPool2d(2)

    def forward(self, x):
        feats = []
        for i, b in enumerate(self.blocks):
            x = b(self.down(x)) if i else b(x)
            feats.append(x)
        return feats

# %% own_conv_layers: Uses no ConvBlock; the layers are written out again.
def conv3(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU())

class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.down = nn.ModuleList([nn.Sequential(conv3(i, o), conv3(o, o)) for i, o in zip(channels, channels[1:])])

    def forward(self, x):
        f = [self.down[0](x)]
        for d in list(self.down)[1:]:
            f.append(d(F.max_pool2d(f[-1], 2)))
        return f

# %% star_args_signature: Takes *args and **kwargs and checks the types defensively.
class Encoder(nn.Module):
  def __init__(self, *args, **kwargs):
    super().__init__()
    channels = args[0] if args else kwargs.pop('channels', (1, 64, 128, 256, 512))
    assert not kwargs, f'unknown arguments {list(kwargs)}'
    channels = tuple(channels)
    assert len(channels) >= 2 and all(isinstance(c, int) and c > 0 for c in channels)
    self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in zip(channels, channels[1:])])
    self.pool = nn.MaxPool2d(2)

  def forward(self, x):
    assert x.dim() == 4, 'expected (N, C, H, W)'
    features = []
    for block in self.blocks:
      if features:
        x = self.pool(features[-1])
      features.append(block(x))
    assert len(features) == len(self.blocks)
    return features

# %% parallel_pool_list: As many poolings as blocks, the last of them being an nn.Identity.
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        n = len(channels) - 1
        self.blöcke = nn.ModuleList([ConvBlock(channels[i], channels[i + 1]) for i in range(n)])
        self.verkleinern = nn.ModuleList([nn.MaxPool2d(2)] * (n - 1) + [nn.Identity()])

    def forward(self, x):
        merkmale = []
        for block, kleiner in zip(self.blöcke, self.verkleinern):
            merkmal = block(x)
            merkmale.append(merkmal)
            x = kleiner(merkmal)
        return merkmale
