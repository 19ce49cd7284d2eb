# %% skip_one_too_shallow: Takes encoder_features[-(i + 2)] as in the lecture notes, one level too shallow.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for i, (up, block) in enumerate(zip(self.ups, self.blocks)):
            x = up(x)
            skip = encoder_features[-(i + 2)]
            x = block(torch.cat([x, skip], dim=1))
        return x

# %% skips_in_given_order: Walks the skips in the order given, so it works only when the caller has reversed them.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList()
        self.blocks = nn.ModuleList()
        for a, b in zip(channels, channels[1:]):
            self.ups.append(nn.ConvTranspose2d(a, b, kernel_size=2, stride=2))
            self.blocks.append(ConvBlock(b + b, b))

    def forward(self, x, encoder_features):
        for up, block, skip in zip(self.ups, self.blocks, encoder_features):
            x = block(torch.cat((skip, up(x)), dim=1))
        return x

# %% skips_added: Adds the skip to the upsampled features instead of concatenating them.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.up = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, 2) for a, b in zip(channels, channels[1:])])
        self.conv = nn.ModuleList([ConvBlock(b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for i in range(len(self.up)):
            x = self.up[i](x) + encoder_features[-(i + 1)]
            x = self.conv[i](x)
        return x

# %% added_and_doubled: Adds the skip and concatenates the sum with itself so that the channel counts still fit.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.up = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, 2) for a, b in zip(channels, channels[1:])])
        self.conv = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for up, conv, skip in zip(self.up, self.conv, reversed(encoder_features)):
            x = up(x) + skip
            x = conv(torch.cat([x, x], dim=1))
        return x

# %% skips_ignored: Concatenates the upsampled features with themselves, so the skips have no influence.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        skips = encoder_features[::-1]
        for i, (up, block) in enumerate(zip(self.ups, self.blocks)):
            x = up(x)
            skip = skips[i]
            if skip.shape[1] == x.shape[1]:
                skip = x
            x = block(torch.cat([x, skip], dim=1))
        return x

# %% skips_detached: Detaches the skips, so the encoder gets no gradient through them.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for i, (up, block) in enumerate(zip(self.ups, self.blocks)):
            skip = encoder_features[-1 - i].detach()
            x = block(torch.cat([up(x), skip], dim=1))
        return x

# %% bottom_detached: Detaches x before each upsampling, so the gradient does not flow back to the deeper levels.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for up, block, skip in zip(self.ups, self.blocks, encoder_features[::-1]):
            x = up(x.data)
            x = block(torch.cat([x, skip], 1))
        return x

# %% nearest_upsampling: Upsamples by nearest neighbour and adapts the channels in the ConvBlock instead of using ConvTranspose2d.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.upsample = nn.Upsample(scale_factor=2, mode="nearest")
        self.blocks = nn.ModuleList([ConvBlock(a + b, b) for a, b in zip(channels, channels[1:])])

    def forward(self, x, encoder_features):
        for i, block in enumerate(self.blocks):
            x = self.upsample(x)
            x = torch.cat([x, encoder_features[-(i + 1)]], dim=1)
            x = block(x)
        return x

# %% bilinear_with_1x1: Upsamples bilinearly with a 1x1 convolution for the channels instead of ConvTranspose2d.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList()
        self.blocks = nn.ModuleList()
        for cin, cout in zip(channels, channels[1:]):
            self.ups.append(nn.Sequential(
                nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True),
                nn.Conv2d(cin, cout, 1)))
            self.blocks.append(ConvBlock(cout * 2, cout))

    def forward(self, x, encoder_features):
        for up, block, skip in zip(self.ups, self.blocks, reversed(encoder_features)):
            x = block(torch.cat([skip, up(x)], dim=1))
        return x

# %% transposed_kernel_three: Uses ConvTranspose2d with kernel 3, padding 1 and output_padding 1, which has the right size but another kernel.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([
            nn.ConvTranspose2d(a, b, 3, stride=2, padding=1, output_padding=1)
            for a, b in zip(channels[:-1], channels[1:])
        ])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for i in range(len(self.ups)):
            x = self.ups[i](x)
            x = torch.cat((x, encoder_features[-i - 1]), dim=1)
            x = self.blocks[i](x)
        return x

# %% transposed_without_bias: Builds the transposed convolutions with bias=False.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2, bias=False) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for up, block, skip in zip(self.ups, self.blocks, encoder_features[::-1]):
            x = block(torch.cat([up(x), skip], dim=1))
        return x

# %% upsampling_keeps_channels: Upsamples without reducing the channels and leaves the reduction to the ConvBlock.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, a, 2, stride=2) for a in channels[:-1]])
        self.blocks = nn.ModuleList([ConvBlock(a + b, b) for a, b in zip(channels, channels[1:])])

    def forward(self, x, encoder_features):
        for up, block, skip in zip(self.ups, self.blocks, encoder_features[::-1]):
            x = block(torch.cat([up(x), skip], dim=1))
        return x

# %% skips_popped: Takes the skips with pop(), so the caller's list is empty afterwards.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for up, block in zip(self.ups, self.blocks):
            x = up(x)
            x = block(torch.cat([x, encoder_features.pop()], dim=1))
        return x

# %% skips_reversed_in_place: Reverses the caller's list in place with reverse().
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        encoder_features.reverse()
        for i, skip in enumerate(encoder_features[:len(self.ups)]):
            x = self.ups[i](x)
            x = self.blocks[i](torch.cat([x, skip], dim=1))
        return x

# %% results_written_into_list: Overwrites the entries of encoder_features with the decoder's features.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for k in range(len(self.ups)):
            j = len(encoder_features) - 1 - k
            encoder_features[j] = torch.cat([self.ups[k](x), encoder_features[j]], dim=1)
            x = self.blocks[k](encoder_features[j])
        return x

# %% no_convblock: Reduces the concatenation with a single 3x3 convolution instead of a ConvBlock.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.convs = nn.ModuleList([nn.Conv2d(2 * b, b, 3, padding=1) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for up, conv, skip in zip(self.ups, self.convs, encoder_features[::-1]):
            x = F.relu(conv(torch.cat([up(x), skip], dim=1)))
        return x

# %% relu_after_upsampling: Applies an extra ReLU to the output of each transposed convolution.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.Sequential(nn.ConvTranspose2d(a, b, 2, stride=2), nn.ReLU())
                                  for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for up, block, skip in zip(self.ups, self.blocks, encoder_features[::-1]):
            x = block(torch.cat([up(x), skip], dim=1))
        return x

# %% layers_in_plain_list: Keeps the steps in a plain list of tuples, so they have no registered parameters.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.steps = []
        for a, b in zip(channels, channels[1:]):
            self.steps.append((nn.ConvTranspose2d(a, b, 2, stride=2), ConvBlock(2 * b, b)))

    def forward(self, x, encoder_features):
        for (up, block), skip in zip(self.steps, reversed(encoder_features)):
            x = block(torch.cat([up(x), skip], dim=1))
        return x

# %% transposed_convolutions_hidden: Registers the ConvBlocks but keeps the transposed convolutions in a plain list.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = [nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])]
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for up, block, skip in zip(self.ups, self.blocks, reversed(encoder_features)):
            x = block(torch.cat([up(x), skip], dim=1))
        return x

# %% default_channels_always: Ignores its argument and builds the decoder for 1024 channels.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        sizes = [1024, 512, 256, 128, 64]
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(sizes, sizes[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in sizes[1:]])

    def forward(self, x, encoder_features):
        for i, (up, block) in enumerate(zip(self.ups, self.blocks)):
            x = block(torch.cat([up(x), encoder_features[-(i + 1)]], dim=1))
        return x

# %% last_step_missing: Runs one step too few, so the output has half the height and width.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for i in range(1, len(self.ups)):
            skip = encoder_features[-i]
            x = self.ups[i - 1](x)
            x = self.blocks[i - 1](torch.cat([x, skip], dim=1))
        return x

# %% returns_all_levels: Returns the list of all levels' outputs instead of the last one.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        outs = []
        for up, block, skip in zip(self.ups, self.blocks, encoder_features[::-1]):
            x = block(torch.cat([up(x), skip], dim=1))
            outs.append(x)
        return outs

# %% first_sample_skip_for_all: Expands the skip of the first sample over the whole batch, which is right only for batch size 1.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for up, block, skip in zip(self.ups, self.blocks, encoder_features[::-1]):
            x = up(x)
            skip = skip[:1].expand(x.shape[0], -1, -1, -1)
            x = block(torch.cat([x, skip], dim=1))
        return x

# %% resized_to_square: Resizes the upsampled features to a square of the skip's height, which is right only for square images.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for up, block, skip in zip(self.ups, self.blocks, encoder_features[::-1]):
            s = skip.shape[2]
            x = F.interpolate(up(x), size=(s, s))
            skip = F.interpolate(skip, size=(s, s))
            x = block(torch.cat([x, skip], dim=1))
        return x

# %% concatenated_along_batch: Concatenates along the batch axis instead of the channels.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        n = x.shape[0]
        for up, block, skip in zip(self.ups, self.blocks, encoder_features[::-1]):
            x = block(torch.cat([up(x), skip]))[:n]
        return x

# %% skip_only_in_first_step: Uses the skip only in the first step and concatenates zeros in the others.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for i, (up, block) in enumerate(zip(self.ups, self.blocks)):
            x = up(x)
            if i == 0:
                skip = encoder_features[-1]
            else:
                skip = torch.zeros_like(x)
            x = block(torch.cat([x, skip], dim=1))
        return x

# %% dropout_on_skips: Applies functional dropout to the skips, also in eval mode.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for up, block, skip in zip(self.ups, self.blocks, encoder_features[::-1]):
            x = torch.cat([up(x), F.dropout(skip, p=0.1)], dim=1)
            x = block(x)
        return x

# %% two_zero_skips_below_and_dropout: Uses only the deepest skip and zeros for the others, and applies dropout to the concatenation in every mode.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        skip = encoder_features[-1]
        for up, block in zip(self.ups, self.blocks):
            x = up(x)
            if skip.shape != x.shape:
                skip = x.new_zeros(x.shape)
            x = block(F.dropout(torch.cat([x, skip], dim=1), p=0.2))
        return x

# %% two_popped_and_single_convolution: Empties the caller's list with pop(), and uses one convolution with BatchNorm and ReLU instead of a ConvBlock.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList()
        self.convs = nn.ModuleList()
        for a, b in zip(channels, channels[1:]):
            self.ups.append(nn.ConvTranspose2d(a, b, 2, stride=2))
            self.convs.append(nn.Sequential(nn.Conv2d(2 * b, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU()))

    def forward(self, x, encoder_features):
        for up, conv in zip(self.ups, self.convs):
            x = conv(torch.cat([up(x), encoder_features.pop(-1)], dim=1))
        return x

# %% two_nearest_and_detached_skips: Upsamples by nearest neighbour with a 3x3 convolution instead of ConvTranspose2d, and detaches the skips.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.reduce = nn.ModuleList([nn.Conv2d(a, b, 3, padding=1) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for conv, block, skip in zip(self.reduce, self.blocks, encoder_features[::-1]):
            x = conv(F.interpolate(x, scale_factor=2))
            x = block(torch.cat([x, skip.detach()], dim=1))
        return x

# %% two_sigmoid_output_and_relu_up: Applies ReLU after each upsampling, and a sigmoid to the decoder's output.
class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        n = len(self.ups)
        for i in range(n):
            x = F.relu(self.ups[i](x))
            x = self.blocks[i](torch.cat([x, encoder_features[-(i + 1)]], dim=1))
        return torch.sigmoid(x)
