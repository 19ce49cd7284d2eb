# %% two_module_lists: One ModuleList of upsamplings and one of blocks.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(channels[i], channels[i + 1], 2, stride=2) for i in range(len(channels) - 1)])
        self.blocks = nn.ModuleList([ConvBlock(2 * channels[i + 1], channels[i + 1]) for i in range(len(channels) - 1)])

    def forward(self, x, encoder_features):
        for i in range(len(self.ups)):
            x = self.ups[i](x)
            x = torch.cat([x, encoder_features[-(i + 1)]], dim=1)
            x = self.blocks[i](x)
        return x

# %% reversed_zip: zip over upsamplings, blocks and reversed features, the skip first.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        pairs = list(zip(channels, channels[1:]))
        self.up = nn.ModuleList(nn.ConvTranspose2d(a, b, kernel_size=2, stride=2) for a, b in pairs)
        self.conv = nn.ModuleList(ConvBlock(b + b, b) for _, b in pairs)

    def forward(self, x, encoder_features):
        for up, conv, skip in zip(self.up, self.conv, reversed(encoder_features)):
            x = conv(torch.cat((skip, up(x)), 1))
        return x

# %% pop_from_copy: Pops from a copy of the list, so that the caller's list stays.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.steps = nn.ModuleList()
        for i, o in zip(channels[:-1], channels[1:]):
            self.steps.append(nn.ModuleDict({"up": nn.ConvTranspose2d(i, o, 2, 2), "block": ConvBlock(2 * o, o)}))

    def forward(self, x, encoder_features):
        skips = list(encoder_features)
        for step in self.steps:
            x = step["up"](x)
            x = torch.cat([x, skips.pop()], dim=1)
            x = step["block"](x)
        return x

# %% step_module_class: A helper module for one step.
class UpStep(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.up = nn.ConvTranspose2d(in_channels, out_channels, kernel_size=2, stride=2)
        self.block = ConvBlock(in_channels=2 * out_channels, out_channels=out_channels)

    def forward(self, x, skip):
        return self.block(torch.cat([self.up(x), skip], dim=1))

class Decoder(nn.Module):
    def __init__(self, channels: tuple[int, ...] = (1024, 512, 256, 128, 64)):
        super().__init__()
        self.steps = nn.ModuleList([UpStep(a, b) for a, b in zip(channels, channels[1:])])

    def forward(self, x: torch.Tensor, encoder_features: list[torch.Tensor]) -> torch.Tensor:
        for step, skip in zip(self.steps, encoder_features[::-1]):
            x = step(x, skip)
        return x

# %% recursion_over_levels: The decoder holds its first step and a decoder for the rest.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.up = nn.ConvTranspose2d(channels[0], channels[1], 2, stride=2)
        self.block = ConvBlock(2 * channels[1], channels[1])
        self.rest = Decoder(channels[1:]) if len(channels) > 2 else None

    def forward(self, x, encoder_features):
        *others, skip = encoder_features
        x = self.block(torch.cat([skip, self.up(x)], dim=1))
        return x if self.rest is None else self.rest(x, others)

# %% reduce_over_steps: functools.reduce over the steps.
from functools import reduce

class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.up = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, 2) for a, b in zip(channels, channels[1:])])
        self.block = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        steps = zip(self.up, self.block, encoder_features[::-1])
        return reduce(lambda t, s: s[1](torch.cat((s[0](t), s[2]), dim=1)), steps, x)

# %% setattr_numbers: setattr, getattr and numbers counted down from the deepest level.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.n = len(channels) - 1
        for k in range(self.n):
            setattr(self, "up%d" % k, nn.ConvTranspose2d(channels[k], channels[k + 1], 2, stride=2))
            setattr(self, "block%d" % k, ConvBlock(channels[k + 1] * 2, channels[k + 1]))

    def forward(self, x, encoder_features):
        last = len(encoder_features) - 1
        for k in range(self.n):
            up = getattr(self, "up%d" % k)(x)
            skip = encoder_features[last - k]
            x = getattr(self, "block%d" % k)(torch.cat([up, skip], axis=1))
        return x

# %% preallocated_concat: Writes upsampled maps and skip into one new tensor instead of torch.cat.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(i, o, 2, stride=2) for i, o in zip(channels, channels[1:])])
        self.convs = nn.ModuleList([ConvBlock(2 * o, o) for o in channels[1:]])

    def forward(self, x, encoder_features):
        for i, (up, conv) in enumerate(zip(self.ups, self.convs), start=1):
            up_x = up(x)
            skip = encoder_features[-i]
            n, c, h, w = up_x.shape
            both = up_x.new_zeros(n, 2 * c, h, w)
            both[:, :c] = up_x
            both[:, c:] = skip
            x = conv(both)
        return x

# %% functional_transpose_parameters: Upsampling by bare parameters in ParameterLists and F.conv_transpose2d.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.weights, self.biases = nn.ParameterList(), nn.ParameterList()
        self.blocks = nn.ModuleList()
        for a, b in zip(channels, channels[1:]):
            w = torch.empty(a, b, 2, 2)
            nn.init.xavier_normal_(w)
            self.weights.append(nn.Parameter(w))
            self.biases.append(nn.Parameter(torch.empty(b).uniform_(-0.1, 0.1)))
            self.blocks.append(ConvBlock(2 * b, b))

    def forward(self, x, encoder_features):
        for w, b, block, skip in zip(self.weights, self.biases, self.blocks, encoder_features[::-1]):
            x = block(torch.cat([F.conv_transpose2d(x, w, b, stride=2), skip], 1))
        return x

# %% pixel_shuffle_upsampling: The transposed convolution as a linear map per pixel and a pixel shuffle, same parameters.
class Up2(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(a, b, 2, 2))
        self.bias = nn.Parameter(torch.empty(b).uniform_(-0.1, 0.1))
        nn.init.kaiming_uniform_(self.weight, a=math.sqrt(5))

    def forward(self, x):
        y = torch.einsum("nchw,cokl->noklhw", x, self.weight)
        return F.pixel_shuffle(y.flatten(1, 3), 2) + self.bias[:, None, None]

class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([Up2(a, b) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for up, block, skip in zip(self.ups, self.blocks, encoder_features[::-1]):
            x = block(torch.cat([up(x), skip], 1))
        return x

# %% pre_hook_concatenates: A forward pre-hook of the blocks concatenates the pair that it is given.
def _join(module, args):
    if len(args) == 2:
        return (torch.cat(args, dim=1),)

class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, 2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])
        for block in self.blocks:
            block.register_forward_pre_hook(_join)

    def forward(self, x, encoder_features):
        for i, (up, block) in enumerate(zip(self.ups, self.blocks)):
            x = block(up(x), encoder_features[~i])
        return x

# %% checkpoint_around_upsampling: torch.utils.checkpoint around upsampling and concatenation, not around BatchNorm.
from torch.utils.checkpoint import checkpoint

class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.up_convs = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, 2) for a, b in zip(channels, channels[1:])])
        self.conv_blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    @staticmethod
    def _join(up, x, skip):
        return torch.cat([up(x), skip], dim=1)

    def forward(self, x, encoder_features):
        skips = encoder_features[::-1]
        for i in range(len(self.up_convs)):
            x = self.conv_blocks[i](checkpoint(self._join, self.up_convs[i], x, skips[i], use_reentrant=False))
        return x

# %% german_beginner: German identifiers in verbose beginner style.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.anzahl_stufen = len(channels) - 1
        vergrößerer = []
        blöcke = []
        for stufe in range(self.anzahl_stufen):
            eingang = channels[stufe]
            ausgang = channels[stufe + 1]
            vergrößerer.append(nn.ConvTranspose2d(eingang, ausgang, kernel_size=2, stride=2))
            blöcke.append(ConvBlock(ausgang + ausgang, ausgang))
        self.vergrößerer = nn.ModuleList(vergrößerer)
        self.blöcke = nn.ModuleList(blöcke)

    def forward(self, x, encoder_features):
        umgekehrt = []
        for merkmal in encoder_features:
            umgekehrt.insert(0, merkmal)
        for stufe in range(self.anzahl_stufen):
            groß = self.vergrößerer[stufe](x)
            brücke = umgekehrt[stufe]
            # print(groß.shape, brücke.shape)
            zusammen = torch.cat([groß, brücke], dim=1)
            x = self.blöcke[stufe](zusammen)
        return x

# %% compiled_forward: torch.compile with the eager backend decorates forward.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, 2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    @torch.compile(backend="eager", dynamic=True)
    def forward(self, x, encoder_features):
        for k, up in enumerate(self.ups):
            x = self.blocks[k](torch.cat([up(x), encoder_features[-1 - k]], 1))
        return x

# %% alternating_module_list: One flat ModuleList in which upsampling and block alternate.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.layers = nn.ModuleList()
        for a, b in zip(channels, channels[1:]):
            self.layers.extend([nn.ConvTranspose2d(a, b, 2, 2), ConvBlock(2 * b, b)])

    def forward(self, x, encoder_features):
        skips = iter(reversed(encoder_features))
        for layer in self.layers:
            if isinstance(layer, nn.ConvTranspose2d):
                x = torch.concat((next(skips), layer(x)), dim=1)
            else:
                x = layer(x)
        return x

# %% hstack_is_channel_axis: torch.hstack, which concatenates along axis 1.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.net = nn.ModuleList([nn.ModuleList([nn.ConvTranspose2d(a, b, 2, 2), ConvBlock(2 * b, b)]) for a, b in zip(channels, channels[1:])])

    def forward(self, x, encoder_features):
        depth = -1
        for up, block in self.net:
            x = block(torch.hstack([up(x), encoder_features[depth]]))
            depth -= 1
        return x
