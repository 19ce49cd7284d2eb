# %% batch_norm_ignored: Ignores batch_norm and never normalises.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(in_channels, 8, 3, padding=1), nn.ReLU(),
            nn.Conv2d(8, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(),
            nn.Conv2d(16, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(784, num_classes),
        )

    def forward(self, x):
        return self.net(x)

# %% norms_created_without_asking: Creates the BatchNorm layers also with batch_norm=False, so there are 96 unused parameters.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        self.batch_norm = batch_norm
        self.conv1 = nn.Conv2d(in_channels, 8, 3, padding=1)
        self.conv2 = nn.Conv2d(8, 8, 3, padding=1)
        self.conv3 = nn.Conv2d(8, 16, 3, padding=1)
        self.conv4 = nn.Conv2d(16, 16, 3, padding=1)
        self.bn1, self.bn2 = nn.BatchNorm2d(8), nn.BatchNorm2d(8)
        self.bn3, self.bn4 = nn.BatchNorm2d(16), nn.BatchNorm2d(16)
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        def act(z, bn):
            return F.relu(bn(z) if self.batch_norm else z)
        x = act(self.conv1(x), self.bn1)
        x = F.max_pool2d(act(self.conv2(x), self.bn2), 2)
        x = act(self.conv3(x), self.bn3)
        x = F.max_pool2d(act(self.conv4(x), self.bn4), 2)
        return self.fc(x.flatten(1))

# %% norm_after_relu: Puts each BatchNorm after its ReLU.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        layers = []
        c = in_channels
        for i, out in enumerate([8, 8, 16, 16]):
            layers += [nn.Conv2d(c, out, 3, padding=1), nn.ReLU()]
            if batch_norm:
                layers.append(nn.BatchNorm2d(out))
            if i % 2 == 1:
                layers.append(nn.MaxPool2d(2))
            c = out
        self.features = nn.Sequential(*layers)
        self.fc = nn.Linear(16 * 7 * 7, num_classes)

    def forward(self, x):
        return self.fc(torch.flatten(self.features(x), 1))

# %% norm_only_in_first_half: Adds BatchNorm only after the first two convolutions.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        def norm(c):
            return [nn.BatchNorm2d(c)] if batch_norm else []
        self.block1 = nn.Sequential(
            nn.Conv2d(in_channels, 8, 3, padding=1), *norm(8), nn.ReLU(),
            nn.Conv2d(8, 8, 3, padding=1), *norm(8), nn.ReLU(), nn.MaxPool2d(2))
        self.block2 = nn.Sequential(
            nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(),
            nn.Conv2d(16, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        return self.fc(self.block2(self.block1(x)).flatten(1))

# %% norm_only_before_pooling: Adds one BatchNorm per stage, after its second convolution only.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        def stage(i, o):
            seq = [nn.Conv2d(i, o, 3, padding=1), nn.ReLU(), nn.Conv2d(o, o, 3, padding=1)]
            if batch_norm:
                seq.append(nn.BatchNorm2d(o))
            return seq + [nn.ReLU(), nn.MaxPool2d(2)]
        self.net = nn.Sequential(*stage(in_channels, 8), *stage(8, 16), nn.Flatten(), nn.Linear(784, num_classes))

    def forward(self, x):
        return self.net(x)

# %% shared_norm_per_stage: Uses one BatchNorm for both convolutions of a stage.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        self.c1 = nn.Conv2d(in_channels, 8, 3, padding=1)
        self.c2 = nn.Conv2d(8, 8, 3, padding=1)
        self.c3 = nn.Conv2d(8, 16, 3, padding=1)
        self.c4 = nn.Conv2d(16, 16, 3, padding=1)
        self.bn8 = nn.BatchNorm2d(8) if batch_norm else nn.Identity()
        self.bn16 = nn.BatchNorm2d(16) if batch_norm else nn.Identity()
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        x = F.relu(self.bn8(self.c1(x)))
        x = F.relu(self.bn8(self.c2(x)))
        x = F.max_pool2d(x, 2)
        x = F.relu(self.bn16(self.c3(x)))
        x = F.relu(self.bn16(self.c4(x)))
        x = F.max_pool2d(x, 2)
        return self.fc(x.flatten(1))

# %% norm_replaces_relu: Has no ReLU where BatchNorm is used.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        def after(c):
            return nn.BatchNorm2d(c) if batch_norm else nn.ReLU()
        self.net = nn.Sequential(
            nn.Conv2d(in_channels, 8, 3, padding=1), after(8),
            nn.Conv2d(8, 8, 3, padding=1), after(8), nn.MaxPool2d(2),
            nn.Conv2d(8, 16, 3, padding=1), after(16),
            nn.Conv2d(16, 16, 3, padding=1), after(16), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(784, num_classes))

    def forward(self, x):
        return self.net(x)

# %% bias_dropped_with_norm: Drops the convolutions' biases when batch_norm is True.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        layers = []
        for cin, cout, pool in [(in_channels, 8, False), (8, 8, True), (8, 16, False), (16, 16, True)]:
            layers.append(nn.Conv2d(cin, cout, 3, padding=1, bias=not batch_norm))
            if batch_norm:
                layers.append(nn.BatchNorm2d(cout))
            layers.append(nn.ReLU())
            if pool:
                layers.append(nn.MaxPool2d(2))
        layers += [nn.Flatten(), nn.Linear(784, num_classes)]
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)

# %% default_with_norm: Has the default batch_norm=True.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=True, in_channels=1, num_classes=10):
        super().__init__()
        layers = []
        for cin, cout, pool in [(in_channels, 8, False), (8, 8, True), (8, 16, False), (16, 16, True)]:
            layers.append(nn.Conv2d(cin, cout, 3, padding=1))
            if batch_norm:
                layers.append(nn.BatchNorm2d(cout))
            layers.append(nn.ReLU())
            if pool:
                layers.append(nn.MaxPool2d(2))
        self.conv = nn.Sequential(*layers)
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        return self.fc(self.conv(x).flatten(1))

# %% in_channels_first: Takes the arguments in the order in_channels, num_classes, batch_norm.
class DeepCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10, batch_norm=False):
        super().__init__()
        layers, c = [], in_channels
        for out in (8, 8, "pool", 16, 16, "pool"):
            if out == "pool":
                layers.append(nn.MaxPool2d(2))
                continue
            layers.append(nn.Conv2d(c, out, 3, padding=1))
            if batch_norm:
                layers.append(nn.BatchNorm2d(out))
            layers.append(nn.ReLU())
            c = out
        self.net = nn.Sequential(*layers, nn.Flatten(), nn.Linear(784, num_classes))

    def forward(self, x):
        return self.net(x)

# %% pool_one_convolution_early: Pools after the first and third convolution instead of after the second and fourth.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        layers, c = [], in_channels
        for i, out in enumerate([8, 8, 16, 16]):
            layers.append(nn.Conv2d(c, out, 3, padding=1))
            if batch_norm:
                layers.append(nn.BatchNorm2d(out))
            layers.append(nn.ReLU())
            if i % 2 == 0:
                layers.append(nn.MaxPool2d(2))
            c = out
        self.net = nn.Sequential(*layers, nn.Flatten(), nn.Linear(784, num_classes))

    def forward(self, x):
        return self.net(x)

# %% last_relu_missing: Has no ReLU after the fourth convolution.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(i, o, 3, padding=1) for i, o in [(in_channels, 8), (8, 8), (8, 16), (16, 16)]])
        self.norms = nn.ModuleList([nn.BatchNorm2d(c) if batch_norm else nn.Identity() for c in (8, 8, 16, 16)])
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        for i in range(4):
            x = self.norms[i](self.convs[i](x))
            if i < 3:
                x = F.relu(x)
            if i in (1, 3):
                x = F.max_pool2d(x, 2)
        return self.fc(x.flatten(1))

# %% no_relu_between_pair: Has a ReLU only after the second convolution of each stage.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        n = (lambda c: nn.BatchNorm2d(c)) if batch_norm else (lambda c: nn.Identity())
        self.net = nn.Sequential(
            nn.Conv2d(in_channels, 8, 3, padding=1), n(8),
            nn.Conv2d(8, 8, 3, padding=1), n(8), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(8, 16, 3, padding=1), n(16),
            nn.Conv2d(16, 16, 3, padding=1), n(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(784, num_classes))

    def forward(self, x):
        return self.net(x)

# %% fourth_convolution_missing: Has only three convolutions.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        n = (lambda c: nn.BatchNorm2d(c)) if batch_norm else (lambda c: nn.Identity())
        self.net = nn.Sequential(
            nn.Conv2d(in_channels, 8, 3, padding=1), n(8), nn.ReLU(),
            nn.Conv2d(8, 8, 3, padding=1), n(8), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(8, 16, 3, padding=1), n(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(784, num_classes))

    def forward(self, x):
        return self.net(x)

# %% softmax_without_norm: Puts a softmax on the output of the plain network only.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        self.batch_norm = batch_norm
        layers = []
        for cin, cout, pool in [(in_channels, 8, False), (8, 8, True), (8, 16, False), (16, 16, True)]:
            layers.append(nn.Conv2d(cin, cout, 3, padding=1))
            if batch_norm:
                layers.append(nn.BatchNorm2d(cout))
            layers.append(nn.ReLU())
            if pool:
                layers.append(nn.MaxPool2d(2))
        self.conv = nn.Sequential(*layers)
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        out = self.fc(self.conv(x).flatten(1))
        return out if self.batch_norm else out.softmax(1)

# %% in_channels_ignored: Always takes one input channel.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        channels = [1, 8, 8, 16, 16]
        layers = []
        for i in range(4):
            layers += [nn.Conv2d(channels[i], channels[i + 1], 3, padding=1)]
            layers += [nn.BatchNorm2d(channels[i + 1])] if batch_norm else []
            layers += [nn.ReLU()]
            layers += [nn.MaxPool2d(2)] if i % 2 else []
        self.net = nn.Sequential(*layers, nn.Flatten(), nn.Linear(784, num_classes))

    def forward(self, x):
        return self.net(x)

# %% num_classes_ignored: Always gives ten logits.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        channels = [in_channels, 8, 8, 16, 16]
        layers = []
        for i in range(4):
            layers += [nn.Conv2d(channels[i], channels[i + 1], 3, padding=1)]
            layers += [nn.BatchNorm2d(channels[i + 1])] if batch_norm else []
            layers += [nn.ReLU()]
            layers += [nn.MaxPool2d(2)] if i % 2 else []
        self.net = nn.Sequential(*layers, nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x):
        return self.net(x)

# %% norm_after_pooling: Normalises after the pooling in the second convolution of each stage.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        n = (lambda c: nn.BatchNorm2d(c)) if batch_norm else (lambda c: nn.Identity())
        self.net = nn.Sequential(
            nn.Conv2d(in_channels, 8, 3, padding=1), n(8), nn.ReLU(),
            nn.Conv2d(8, 8, 3, padding=1), nn.MaxPool2d(2), n(8), nn.ReLU(),
            nn.Conv2d(8, 16, 3, padding=1), n(16), nn.ReLU(),
            nn.Conv2d(16, 16, 3, padding=1), nn.MaxPool2d(2), n(16), nn.ReLU(),
            nn.Flatten(), nn.Linear(784, num_classes))

    def forward(self, x):
        return self.net(x)

# %% norms_in_plain_list: Keeps the BatchNorm layers in a plain list, so they are not registered.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(i, o, 3, padding=1) for i, o in [(in_channels, 8), (8, 8), (8, 16), (16, 16)]])
        self.norms = [nn.BatchNorm2d(c) for c in (8, 8, 16, 16)] if batch_norm else None
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        for i, conv in enumerate(self.convs):
            x = conv(x)
            if self.norms is not None:
                x = self.norms[i](x)
            x = F.relu(x)
            if i % 2 == 1:
                x = F.max_pool2d(x, 2)
        return self.fc(x.flatten(1))

# %% batch_statistics_in_eval: Builds BatchNorm with track_running_stats=False, so eval mode uses batch statistics.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        def conv(i, o):
            layers = [nn.Conv2d(i, o, 3, padding=1)]
            if batch_norm:
                layers.append(nn.BatchNorm2d(o, track_running_stats=False))
            layers.append(nn.ReLU())
            return nn.Sequential(*layers)
        self.net = nn.Sequential(conv(in_channels, 8), conv(8, 8), nn.MaxPool2d(2),
                                 conv(8, 16), conv(16, 16), nn.MaxPool2d(2))
        self.out = nn.Linear(784, num_classes)

    def forward(self, x):
        return self.out(self.net(x).flatten(1))

# %% average_pooling: Pools by the average.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        def conv(i, o):
            layers = [nn.Conv2d(i, o, 3, padding=1)]
            if batch_norm:
                layers.append(nn.BatchNorm2d(o))
            layers.append(nn.ReLU())
            return layers
        self.net = nn.Sequential(*conv(in_channels, 8), *conv(8, 8), nn.AvgPool2d(2),
                                 *conv(8, 16), *conv(16, 16), nn.AvgPool2d(2),
                                 nn.Flatten(), nn.Linear(784, num_classes))

    def forward(self, x):
        return self.net(x)

# %% widths_changed_early: Widens from 8 to 16 channels already in the second convolution.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        def conv(i, o):
            layers = [nn.Conv2d(i, o, 3, padding=1)]
            if batch_norm:
                layers.append(nn.BatchNorm2d(o))
            layers.append(nn.ReLU())
            return layers
        self.net = nn.Sequential(*conv(in_channels, 8), *conv(8, 16), nn.MaxPool2d(2),
                                 *conv(16, 16), *conv(16, 16), nn.MaxPool2d(2),
                                 nn.Flatten(), nn.Linear(784, num_classes))

    def forward(self, x):
        return self.net(x)

# %% flag_inverted: Builds the plain network for batch_norm=True and the normalised one for False.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        def norm(c):
            return nn.Identity() if batch_norm else nn.BatchNorm2d(c)
        self.net = nn.Sequential(
            nn.Conv2d(in_channels, 8, 3, padding=1), norm(8), nn.ReLU(),
            nn.Conv2d(8, 8, 3, padding=1), norm(8), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(8, 16, 3, padding=1), norm(16), nn.ReLU(),
            nn.Conv2d(16, 16, 3, padding=1), norm(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(784, num_classes))

    def forward(self, x):
        return self.net(x)

# %% two_norm_after_relu_and_in_channels_ignored: Puts BatchNorm after the ReLU, and ignores in_channels.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        layers, c = [], 1
        for i, out in enumerate([8, 8, 16, 16]):
            layers += [nn.Conv2d(c, out, 3, padding=1), nn.ReLU()]
            if batch_norm:
                layers.append(nn.BatchNorm2d(out))
            if i in (1, 3):
                layers.append(nn.MaxPool2d(2))
            c = out
        self.net = nn.Sequential(*layers)
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        return self.fc(self.net(x).flatten(1))

# %% two_norm_on_logits_and_bias_dropped: Normalises the logits too with batch_norm=True, and drops the convolutions' biases then.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        def conv(i, o):
            layers = [nn.Conv2d(i, o, 3, padding=1, bias=not batch_norm)]
            if batch_norm:
                layers.append(nn.BatchNorm2d(o))
            layers.append(nn.ReLU())
            return layers
        head = [nn.Flatten(), nn.Linear(784, num_classes)]
        if batch_norm:
            head.append(nn.BatchNorm1d(num_classes))
        self.net = nn.Sequential(*conv(in_channels, 8), *conv(8, 8), nn.MaxPool2d(2),
                                 *conv(8, 16), *conv(16, 16), nn.MaxPool2d(2), *head)

    def forward(self, x):
        return self.net(x)

# %% two_strided_and_leaky: Halves the size by stride 2 in the second and fourth convolution instead of pooling, and uses LeakyReLU.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        layers = []
        for cin, cout, stride in [(in_channels, 8, 1), (8, 8, 2), (8, 16, 1), (16, 16, 2)]:
            layers.append(nn.Conv2d(cin, cout, 3, stride=stride, padding=1))
            if batch_norm:
                layers.append(nn.BatchNorm2d(cout))
            layers.append(nn.LeakyReLU(0.01))
        self.net = nn.Sequential(*layers, nn.Flatten(), nn.Linear(784, num_classes))

    def forward(self, x):
        return self.net(x)

# %% classes_before_channels: The parameters are in the order batch_norm, num_classes, in_channels.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, num_classes=10, in_channels=1):
        super().__init__()
        layers = []
        for i, (a, b) in enumerate([(in_channels, 8), (8, 8), (8, 16), (16, 16)]):
            layers += [nn.Conv2d(a, b, 3, padding=1)] + [nn.BatchNorm2d(b)] * batch_norm + [nn.ReLU()]
            if i % 2:
                layers.append(nn.MaxPool2d(2))
        self.net = nn.Sequential(*layers, nn.Flatten(), nn.Linear(784, num_classes))
    def forward(self, x):
        return self.net(x)

# %% channels_and_classes_only_with_batchnorm: Without BatchNorm in_channels and num_classes have no effect.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        if not batch_norm:
            in_channels, num_classes = 1, 10
        layers = []
        for i, (a, b) in enumerate([(in_channels, 8), (8, 8), (8, 16), (16, 16)]):
            layers += [nn.Conv2d(a, b, 3, padding=1)] + [nn.BatchNorm2d(b)] * batch_norm + [nn.ReLU()]
            if i % 2:
                layers.append(nn.MaxPool2d(2))
        self.net = nn.Sequential(*layers, nn.Flatten(), nn.Linear(784, num_classes))
    def forward(self, x):
        return self.net(x)
