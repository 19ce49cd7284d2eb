# %% composed_of_own_blocks: Encoder, pooling, bottleneck, Decoder and head as attributes.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.head = nn.Conv2d(b, out_channels, kernel_size=1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        x = self.decoder(x, features)
        return self.head(x)

# %% written_out_levels: All levels written out as attributes, without Encoder and Decoder.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super(UNet, self).__init__()
        c = base_channels
        self.down1 = ConvBlock(in_channels, c)
        self.down2 = ConvBlock(c, c * 2)
        self.down3 = ConvBlock(c * 2, c * 4)
        self.down4 = ConvBlock(c * 4, c * 8)
        self.middle = ConvBlock(c * 8, c * 16)
        self.up4 = nn.ConvTranspose2d(c * 16, c * 8, 2, stride=2)
        self.conv4 = ConvBlock(c * 16, c * 8)
        self.up3 = nn.ConvTranspose2d(c * 8, c * 4, 2, stride=2)
        self.conv3 = ConvBlock(c * 8, c * 4)
        self.up2 = nn.ConvTranspose2d(c * 4, c * 2, 2, stride=2)
        self.conv2 = ConvBlock(c * 4, c * 2)
        self.up1 = nn.ConvTranspose2d(c * 2, c, 2, stride=2)
        self.conv1 = ConvBlock(c * 2, c)
        self.final = nn.Conv2d(c, out_channels, 1)

    def forward(self, x):
        d1 = self.down1(x)
        d2 = self.down2(F.max_pool2d(d1, 2))
        d3 = self.down3(F.max_pool2d(d2, 2))
        d4 = self.down4(F.max_pool2d(d3, 2))
        m = self.middle(F.max_pool2d(d4, 2))
        u4 = self.conv4(torch.cat([self.up4(m), d4], dim=1))
        u3 = self.conv3(torch.cat([self.up3(u4), d3], dim=1))
        u2 = self.conv2(torch.cat([self.up2(u3), d2], dim=1))
        u1 = self.conv1(torch.cat([self.up1(u2), d1], dim=1))
        return self.final(u1)

# %% widths_list_comprehension: Widths by a list comprehension and their reverse.
class UNet(nn.Module):
    def __init__(self, in_channels: int = 1, out_channels: int = 1, base_channels: int = 64):
        super().__init__()
        widths = [base_channels * 2 ** i for i in range(5)]
        self.encoder = Encoder((in_channels, *widths[:-1]))
        self.bottleneck = nn.Sequential(nn.MaxPool2d(2), ConvBlock(widths[-2], widths[-1]))
        self.decoder = Decoder(tuple(widths[::-1]))
        self.out = nn.Conv2d(widths[0], out_channels, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        skips = self.encoder(x)
        return self.out(self.decoder(self.bottleneck(skips[-1]), skips))

# %% recursive_level_module: A recursive level holds what lies below it.
class Level(nn.Module):
    def __init__(self, in_channels, width, depth):
        super().__init__()
        self.block = ConvBlock(in_channels, width)
        self.below = None
        if depth > 0:
            self.below = Level(width, 2 * width, depth - 1)
            self.up = nn.ConvTranspose2d(2 * width, width, 2, stride=2)
            self.merge = ConvBlock(2 * width, width)

    def forward(self, x):
        x = self.block(x)
        if self.below is None:
            return x
        y = self.up(self.below(F.max_pool2d(x, 2)))
        return self.merge(torch.cat([x, y], dim=1))

class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        self.top = Level(in_channels, base_channels, depth=4)
        self.head = nn.Conv2d(base_channels, out_channels, 1)

    def forward(self, x):
        return self.head(self.top(x))

# %% module_lists_and_stack: ModuleLists and a stack of skips, in loops.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        self.downs, self.ups, self.merges = nn.ModuleList(), nn.ModuleList(), nn.ModuleList()
        c = in_channels
        for w in (1, 2, 4, 8):
            self.downs.append(ConvBlock(c, w * base_channels))
            c = w * base_channels
        self.bottleneck = ConvBlock(c, 2 * c)
        for w in (8, 4, 2, 1):
            n = w * base_channels
            self.ups.append(nn.ConvTranspose2d(2 * n, n, kernel_size=2, stride=2))
            self.merges.append(ConvBlock(2 * n, n))
        self.last = nn.Conv2d(base_channels, out_channels, kernel_size=1)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        stack = []
        for down in self.downs:
            x = down(x)
            stack.append(x)
            x = self.pool(x)
        x = self.bottleneck(x)
        for up, merge in zip(self.ups, self.merges):
            x = merge(torch.cat([stack.pop(), up(x)], dim=1))
        return self.last(x)

# %% compiled_network: The inner network is compiled with the eager backend.
class _Inner(nn.Module):
    def __init__(self, i, o, b):
        super().__init__()
        self.encoder = Encoder((i, b, 2 * b, 4 * b, 8 * b))
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.head = nn.Conv2d(b, o, 1)

    def forward(self, x):
        f = self.encoder(x)
        return self.head(self.decoder(self.bottleneck(F.max_pool2d(f[-1], 2)), f))

class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        self.net = torch.compile(_Inner(in_channels, out_channels, base_channels), backend="eager", dynamic=True)

    def forward(self, x):
        return self.net(x)

# %% fx_traced_network: torch.fx traces the whole network once; all of its layers are torch's own.
import torch.fx

def _double(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU(), nn.Conv2d(o, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU())

class _Plain(nn.Module):
    def __init__(self, i, o, b):
        super().__init__()
        self.down = nn.ModuleList([_double(p, q) for p, q in ((i, b), (b, 2 * b), (2 * b, 4 * b), (4 * b, 8 * b))])
        self.mid = _double(8 * b, 16 * b)
        self.up = nn.ModuleList([nn.ConvTranspose2d(2 * w, w, 2, 2) for w in (8 * b, 4 * b, 2 * b, b)])
        self.merge = nn.ModuleList([_double(2 * w, w) for w in (8 * b, 4 * b, 2 * b, b)])
        self.head = nn.Conv2d(b, o, 1)

    def forward(self, x):
        skips = []
        for block in self.down:
            skips.append(block(x))
            x = F.max_pool2d(skips[-1], 2)
        x = self.mid(x)
        for up, merge, skip in zip(self.up, self.merge, skips[::-1]):
            x = merge(torch.cat([skip, up(x)], 1))
        return self.head(x)

class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        self.gm = torch.fx.symbolic_trace(_Plain(in_channels, out_channels, base_channels))

    def forward(self, x):
        return self.gm(x)

# %% linear_head_per_pixel: The 1x1 convolution is an nn.Linear over the channel axis.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder(channels=(in_channels, b, b * 2, b * 4, b * 8))
        self.bottleneck = ConvBlock(b * 8, b * 16)
        self.decoder = Decoder(channels=(b * 16, b * 8, b * 4, b * 2, b))
        self.to_pixels = nn.Linear(b, out_channels)

    def forward(self, x):
        features = self.encoder(x)
        y = self.decoder(self.bottleneck(F.max_pool2d(features[-1], kernel_size=2)), features)
        return self.to_pixels(y.movedim(1, -1)).movedim(-1, 1)

# %% checkpointed_head: torch.utils.checkpoint around the last convolution, which has no BatchNorm.
from torch.utils.checkpoint import checkpoint

class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.enc = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.mid = ConvBlock(8 * b, 16 * b)
        self.dec = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.outc = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        f = self.enc(x)
        y = self.dec(self.mid(F.max_pool2d(f[-1], 2)), f)
        return checkpoint(self.outc, y, use_reentrant=False)

# %% dataclass_configuration: A frozen dataclass holds the configuration.
from dataclasses import dataclass

@dataclass(frozen=True)
class UNetConfig:
    in_channels: int = 1
    out_channels: int = 1
    base_channels: int = 64
    depth: int = 4

    @property
    def encoder_channels(self):
        return (self.in_channels,) + tuple(self.base_channels << i for i in range(self.depth))

    @property
    def decoder_channels(self):
        return tuple(self.base_channels << i for i in range(self.depth, -1, -1))


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        cfg = UNetConfig(in_channels, out_channels, base_channels)
        self.encoder = Encoder(cfg.encoder_channels)
        self.bottleneck = ConvBlock(cfg.encoder_channels[-1], cfg.decoder_channels[0])
        self.decoder = Decoder(cfg.decoder_channels)
        self.head = nn.Conv2d(cfg.base_channels, cfg.out_channels, 1)

    def forward(self, x):
        *shallow, deepest = self.encoder(x)
        x = self.bottleneck(F.max_pool2d(deepest, 2))
        return self.head(self.decoder(x, [*shallow, deepest]))

# %% hooks_store_the_skips: Forward hooks on the encoder blocks put the skips on a stack that belongs to the module.
def _push(module, args, output):
    module.stack.append(output)

class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in ((in_channels, b), (b, 2 * b), (2 * b, 4 * b), (4 * b, 8 * b))])
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.head = nn.Conv2d(b, out_channels, 1)
        for block in self.blocks:
            block.register_forward_hook(_push)

    def forward(self, x):
        skips = []
        for block in self.blocks:
            block.stack = skips
            x = F.max_pool2d(block(x), 2)
        for block in self.blocks:
            block.stack = []
        return self.head(self.decoder(self.bottleneck(x), skips))

# %% channels_last_and_defensive: channels_last inside, with asserts on the arguments.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        for name, value in (("in_channels", in_channels), ("out_channels", out_channels), ("base_channels", base_channels)):
            assert isinstance(value, int) and value >= 1, f"{name} must be a positive int"
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2, 2)
        self.bridge = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.last = nn.Conv2d(b, out_channels, 1)
        self.to(memory_format=torch.channels_last)

    def forward(self, x):
        if x.dim() != 4 or x.shape[2] % 16 or x.shape[3] % 16:
            raise ValueError(f"need (N, C, H, W) with H and W divisible by 16, got {tuple(x.shape)}")
        x = x.contiguous(memory_format=torch.channels_last)
        features = self.encoder(x)
        y = self.decoder(self.bridge(self.pool(features[-1])), features)
        return self.last(y).contiguous()

# %% subclass_of_module_dict: UNet subclasses nn.ModuleDict.
class UNet(nn.ModuleDict):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        w = [base_channels * k for k in (1, 2, 4, 8, 16)]
        super().__init__({
            "encoder": Encoder((in_channels, *w[:4])),
            "bottleneck": ConvBlock(w[3], w[4]),
            "decoder": Decoder((w[4], w[3], w[2], w[1], w[0])),
            "head": nn.Conv2d(w[0], out_channels, 1),
        })

    def forward(self, x):
        features = self["encoder"](x)
        deep = self["bottleneck"](F.max_pool2d(features[-1], 2))
        return self["head"](self["decoder"](deep, features))

# %% tabs_and_chinese: Tab indentation and Chinese identifiers.
class UNet(nn.Module):
	def __init__(self, in_channels=1, out_channels=1, base_channels=64):
		super().__init__()
		基 = base_channels
		self.编码器 = Encoder((in_channels, 基, 基 * 2, 基 * 4, 基 * 8))
		self.瓶颈 = ConvBlock(基 * 8, 基 * 16)
		self.解码器 = Decoder((基 * 16, 基 * 8, 基 * 4, 基 * 2, 基))
		self.输出 = nn.Conv2d(基, out_channels, 1)

	def forward(self, x):
		特征 = self.编码器(x)
		底 = self.瓶颈(F.max_pool2d(特征[-1], 2))
		return self.输出(self.解码器(底, 特征))

# %% split_first_merge_convolution: Own layers; the merge convolution adds the results of two halves of one weight instead of concatenating.
class _Merge(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv1 = nn.Conv2d(2 * width, width, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(width)

    def forward(self, skip, x):
        left, right = self.conv1.weight.chunk(2, dim=1)
        y = F.conv2d(skip, left, self.conv1.bias, padding=1) + F.conv2d(x, right, padding=1)
        y = F.relu(self.bn1(y))
        return F.relu(self.bn2(self.conv2(y)))

class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.bottom = ConvBlock(8 * b, 16 * b)
        self.ups = nn.ModuleList([nn.ConvTranspose2d(2 * w, w, 2, 2) for w in (8 * b, 4 * b, 2 * b, b)])
        self.merges = nn.ModuleList([_Merge(w) for w in (8 * b, 4 * b, 2 * b, b)])
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        skips = self.encoder(x)
        x = self.bottom(F.max_pool2d(skips[-1], 2))
        for up, merge, skip in zip(self.ups, self.merges, skips[::-1]):
            x = merge(skip, up(x))
        return self.final(x)

# %% decoder_then_head_sequential_kwargs: Keyword-only calls, head in a Sequential, autocast switched off.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        scale = lambda factor: factor * base_channels
        self.encoder = Encoder(channels=(in_channels, *map(scale, (1, 2, 4, 8))))
        self.bottleneck = ConvBlock(in_channels=scale(8), out_channels=scale(16))
        self.decoder = Decoder(channels=tuple(map(scale, (16, 8, 4, 2, 1))))
        self.head = nn.Sequential(nn.Conv2d(in_channels=scale(1), out_channels=out_channels, kernel_size=1))

    def forward(self, x):
        with torch.autocast(device_type="cpu", enabled=False):
            features = self.encoder(x)
            x = self.bottleneck(F.max_pool2d(input=features[-1], kernel_size=2))
            return self.head(self.decoder(x=x, encoder_features=features))
