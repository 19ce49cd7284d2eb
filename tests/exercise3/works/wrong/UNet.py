# %% sigmoid_on_output: Puts a sigmoid on the last convolution.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        x = self.decoder(x, features)
        return torch.sigmoid(self.final(x))

# %% relu_on_output: Puts a ReLU on the last convolution.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        chans = [base_channels * 2 ** i for i in range(5)]
        self.enc = Encoder(tuple([in_channels] + chans[:4]))
        self.mid = ConvBlock(chans[3], chans[4])
        self.dec = Decoder(tuple(reversed(chans)))
        self.head = nn.Sequential(nn.Conv2d(base_channels, out_channels, kernel_size=1), nn.ReLU())

    def forward(self, x):
        feats = self.enc(x)
        y = self.mid(F.max_pool2d(feats[-1], 2))
        return self.head(self.dec(y, feats))

# %% clamped_in_eval: Clamps the output to [0, 1] in eval mode.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.out = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        skips = self.encoder(x)
        h = self.bottleneck(F.max_pool2d(skips[-1], 2))
        h = self.out(self.decoder(h, skips))
        if not self.training:
            h = h.clamp(0, 1)   # valid image
        return h

# %% out_channels_ignored: Always gives one output channel.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        c = base_channels
        self.encoder = Encoder((in_channels, c, c * 2, c * 4, c * 8))
        self.bottleneck = ConvBlock(c * 8, c * 16)
        self.decoder = Decoder((c * 16, c * 8, c * 4, c * 2, c))
        self.out_conv = nn.Conv2d(c, 1, kernel_size=1)
        self.pool = nn.MaxPool2d(2, 2)

    def forward(self, x):
        features = self.encoder(x)
        x = self.pool(features[-1])
        x = self.bottleneck(x)
        x = self.decoder(x, features)
        return self.out_conv(x)

# %% out_channels_from_input: Gives as many output channels as input channels, which is right only where the two agree.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        c = base_channels
        self.encoder = Encoder((in_channels, c, c * 2, c * 4, c * 8))
        self.bottleneck = ConvBlock(c * 8, c * 16)
        self.decoder = Decoder((c * 16, c * 8, c * 4, c * 2, c))
        self.final = nn.Conv2d(c, in_channels, 1)

    def forward(self, x):
        f = self.encoder(x)
        return self.final(self.decoder(self.bottleneck(F.max_pool2d(f[-1], 2)), f))

# %% in_channels_ignored: Builds the encoder for one input channel whatever in_channels says.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((1, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        bottom = self.bottleneck(self.pool(features[-1]))
        return self.final(self.decoder(bottom, features))

# %% base_channels_ignored: Uses the default channels of Encoder and Decoder and ignores base_channels.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        self.encoder = Encoder((in_channels, 64, 128, 256, 512))
        self.bottleneck = ConvBlock(512, 1024)
        self.decoder = Decoder()
        self.final = nn.Conv2d(64, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(F.max_pool2d(features[-1], 2))
        return self.final(self.decoder(x, features))

# %% bottleneck_missing: Takes the deepest encoder feature as the bottom and has no bottleneck block.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.decoder = Decoder((8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.decoder(features[-1], features[:-1])
        return self.final(x)

# %% pool_before_bottleneck_missing: Does not pool before the bottleneck and halves its result instead, so the bottleneck works at double size.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.pool = nn.MaxPool2d(2)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.pool(self.bottleneck(features[-1]))
        return self.final(self.decoder(x, features))

# %% average_pool_before_bottleneck: Pools by the average before the bottleneck.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.down = nn.AvgPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        z = self.bottleneck(self.down(features[-1]))
        return self.final(self.decoder(z, features))

# %% bottleneck_single_convolution: Uses one convolution with BatchNorm and ReLU as the bottleneck instead of a ConvBlock.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.bottleneck = nn.Sequential(
            nn.MaxPool2d(2), nn.Conv2d(8 * b, 16 * b, 3, padding=1), nn.BatchNorm2d(16 * b), nn.ReLU())
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        return self.final(self.decoder(self.bottleneck(features[-1]), features))

# %% three_levels: Has three encoder levels and a bottleneck of 8 times base channels.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(4 * b, 8 * b)
        self.decoder = Decoder((8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        return self.final(self.decoder(x, features))

# %% final_convolution_three_by_three: Uses a 3x3 convolution with padding at the end instead of 1x1.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 3, padding=1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        x = self.decoder(x, features)
        return self.final(x)

# %% final_without_bias: Builds the last convolution without bias.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1, bias=False)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        return self.final(self.decoder(x, features))

# %% predicts_noise_residual: Subtracts the network's output from the input when the shapes agree, as in residual denoising.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        y = self.bottleneck(self.pool(features[-1]))
        y = self.final(self.decoder(y, features))
        if y.shape == x.shape:
            return x - y
        return y

# %% squeezes_single_channel: Removes the channel axis of the output when there is one output channel.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        return self.final(self.decoder(x, features)).squeeze(1)

# %% square_output: Resizes the output to a square of the input's height, which is right only for square images.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        size = x.shape[2]
        features = self.encoder(x)
        out = self.bottleneck(self.pool(features[-1]))
        out = self.final(self.decoder(out, features))
        return F.interpolate(out, size=(size, size))

# %% demands_multiples_of_32: Refuses images whose height or width is no multiple of 32.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        if x.shape[-1] % 32 or x.shape[-2] % 32:
            raise ValueError("height and width must be divisible by 2**5")
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        return self.final(self.decoder(x, features))

# %% skips_detached: Hands detached features to the decoder, so the encoder learns nothing through the skips.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        skips = [f.detach() for f in features]
        return self.final(self.decoder(x, skips))

# %% encoder_without_gradients: Runs the encoder under torch.no_grad as if it were pretrained.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        with torch.no_grad():
            features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        return self.final(self.decoder(x, features))

# %% skips_are_zero: Hands zeros of the right shapes to the decoder instead of the features.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        return self.final(self.decoder(x, [torch.zeros_like(f) for f in features]))

# %% skips_from_after_pooling: Takes the skips from after the pooling and enlarges them again, so they have lost the detail.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        pooled = [F.max_pool2d(f, 2) for f in features]
        x = self.bottleneck(pooled[-1])
        skips = [F.interpolate(p, scale_factor=2) for p in pooled]
        return self.final(self.decoder(x, skips))

# %% shallowest_skip_missing: Replaces the skip of the first level by zeros, so the finest detail is lost.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        bottom = self.bottleneck(self.pool(features[-1]))
        skips = [torch.zeros_like(features[0])] + list(features[1:])
        return self.final(self.decoder(bottom, skips))

# %% decoder_steps_hidden: Builds the decoder itself with plain lists of layers, whose parameters are not registered.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.ups = [nn.ConvTranspose2d(2 * c, c, 2, stride=2) for c in (8 * b, 4 * b, 2 * b, b)]
        self.convs = [ConvBlock(2 * c, c) for c in (8 * b, 4 * b, 2 * b, b)]
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(F.max_pool2d(features[-1], 2))
        for up, conv, skip in zip(self.ups, self.convs, reversed(features)):
            x = conv(torch.cat([skip, up(x)], dim=1))
        return self.final(x)

# %% dropout_at_bottom_always: Applies F.dropout after the bottleneck in every mode.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        x = F.dropout(x, 0.3)
        return self.final(self.decoder(x, features))

# %% final_created_in_forward: Creates the last convolution at the first forward, so a fresh model lacks its parameters.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.out_channels = out_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = None

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        x = self.decoder(x, features)
        if self.final is None:
            self.final = nn.Conv2d(x.shape[1], self.out_channels, 1)
        return self.final(x)

# %% input_normalised: Standardises each batch of images before the encoder, so an output depends on the rest of the batch also in eval mode.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        x = (x - x.mean()) / (x.std() + 1e-6)
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        return self.final(self.decoder(x, features))

# %% returns_features_too: Returns the output together with the bottleneck features.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        bottom = self.bottleneck(self.pool(features[-1]))
        out = self.final(self.decoder(bottom, features))
        return out, bottom

# %% default_base_32: Has the default base_channels=32, so the default model is four times smaller.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=32):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        return self.final(self.decoder(x, features))

# %% in_and_out_swapped: Takes out_channels before in_channels, so positional arguments are mixed up.
class UNet(nn.Module):
    def __init__(self, out_channels=1, in_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        return self.final(self.decoder(x, features))

# %% bottleneck_half_as_wide: Stops doubling at 4 times base_channels, so the bottleneck has 8 instead of 16 times base_channels.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        down = [b, 2 * b, 4 * b, 4 * b]
        self.encoder = Encoder((in_channels, *down))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(down[-1], 8 * b)
        self.decoder = Decoder((8 * b, *reversed(down)))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        return self.final(self.decoder(x, features))

# %% batchnorm_on_output: Adds a BatchNorm after the last convolution.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Sequential(nn.Conv2d(b, out_channels, 1), nn.BatchNorm2d(out_channels))

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        return self.final(self.decoder(x, features))

# %% two_double_bottleneck_and_tanh: Has two ConvBlocks in the bottleneck instead of one, and puts tanh on the output.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = nn.Sequential(ConvBlock(8 * b, 16 * b), ConvBlock(16 * b, 16 * b))
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        return torch.tanh(self.final(self.decoder(x, features)))

# %% two_sigmoid_in_eval_and_out_channels_ignored: Puts a sigmoid on the output in eval mode, and ignores out_channels.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, 1, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        x = self.final(self.decoder(x, features))
        return x if self.training else torch.sigmoid(x)

# %% two_added_skips_and_final_3x3: Builds its own decoder that adds the skips instead of concatenating, and ends with a 3x3 convolution.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        widths = [8 * b, 4 * b, 2 * b, b]
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.ups = nn.ModuleList([nn.ConvTranspose2d(2 * w, w, 2, stride=2) for w in widths])
        self.convs = nn.ModuleList([ConvBlock(w, w) for w in widths])
        self.final = nn.Conv2d(b, out_channels, 3, padding=1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(F.max_pool2d(features[-1], 2))
        for i, (up, conv) in enumerate(zip(self.ups, self.convs)):
            x = conv(up(x) + features[-(i + 1)])
        return self.final(x)

# %% two_global_skip_and_square: Adds the input to the output when they have equally many channels, and resizes the output to a square.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        y = self.bottleneck(self.pool(features[-1]))
        y = self.final(self.decoder(y, features))
        if y.shape[1] == x.shape[1]:
            y = y + x
        return F.interpolate(y, size=x.shape[-1])

# %% seeds_global_generator: Seeds torch's global generator in __init__, which resets the random state of others.
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        torch.manual_seed(0)
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.final = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        return self.final(self.decoder(x, features))
