# %% norm_after_relu: Puts each BatchNorm after the ReLU instead of before it.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.ReLU(), nn.BatchNorm2d(16), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.BatchNorm2d(32), nn.MaxPool2d(2),
        )
        self.fc = nn.Linear(32 * 7 * 7, num_classes)

    def forward(self, x):
        return self.fc(self.features(x).flatten(1))

# %% second_norm_after_relu: Puts the second BatchNorm after its ReLU, the first one before.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(32)
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        x = self.pool(F.relu(self.bn1(self.conv1(x))))
        x = self.pool(self.bn2(F.relu(self.conv2(x))))
        return self.fc(x.flatten(1))

# %% norm_after_pooling: Normalises after the pooling, so the statistics are those of the maxima.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(32)
        self.fc = nn.Linear(32 * 7 * 7, num_classes)

    def forward(self, x):
        x = torch.relu(self.bn1(F.max_pool2d(self.conv1(x), 2)))
        x = torch.relu(self.bn2(F.max_pool2d(self.conv2(x), 2)))
        return self.fc(torch.flatten(x, 1))

# %% norm_before_convolution: Normalises the input of each convolution instead of its output.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.BatchNorm2d(in_channels), nn.Conv2d(in_channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.BatchNorm2d(16), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1568, num_classes),
        )

    def forward(self, x):
        return self.net(x)

# %% only_first_norm: Has BatchNorm only after the first convolution.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.bn = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc(x.view(x.size(0), -1))

# %% second_norm_unused: Creates both BatchNorm layers but forgets to call the second one.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.bn1 = BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.bn2 = BatchNorm2d(32)
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        x = self.pool(F.relu(self.bn1(self.conv1(x))))
        x = self.pool(F.relu(self.conv2(x)))
        return self.fc(x.flatten(1))

# %% norm_results_thrown_away: Calls the BatchNorm layers as if they worked in place and ignores what they return.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.norm1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.norm2 = nn.BatchNorm2d(32)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        x = self.conv1(x)
        self.norm1(x)
        x = F.max_pool2d(F.relu(x), 2)
        x = self.conv2(x)
        self.norm2(x)
        x = F.max_pool2d(F.relu(x), 2)
        return self.fc(x.flatten(1))

# %% norm_on_linear_too: Adds a BatchNorm1d on the logits.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1568, num_classes), nn.BatchNorm1d(num_classes),
        )

    def forward(self, x):
        return self.net(x)

# %% without_affine: Builds BatchNorm with affine=False, so 96 parameters are missing.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(16, affine=False)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(32, affine=False)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return self.fc(x.flatten(1))

# %% no_running_statistics: Builds BatchNorm with track_running_stats=False, so a prediction in eval mode depends on the batch.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        def stage(i, o):
            return nn.Sequential(nn.Conv2d(i, o, 3, padding=1),
                                 nn.BatchNorm2d(o, track_running_stats=False),
                                 nn.ReLU(), nn.MaxPool2d(2))
        self.stage1 = stage(in_channels, 16)
        self.stage2 = stage(16, 32)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        return self.fc(self.stage2(self.stage1(x)).flatten(1))

# %% functional_norm_always_training: Calls F.batch_norm with training=True also in eval mode.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(32)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        for conv, bn in [(self.conv1, self.bn1), (self.conv2, self.bn2)]:
            x = F.batch_norm(conv(x), bn.running_mean, bn.running_var, bn.weight, bn.bias, training=True)
            x = F.max_pool2d(F.relu(x), 2)
        return self.fc(x.flatten(1))

# %% instance_norm: Uses InstanceNorm2d with weights instead of BatchNorm.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.InstanceNorm2d(16, affine=True), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.InstanceNorm2d(32, affine=True), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1568, num_classes))

    def forward(self, x):
        return self.net(x)

# %% group_norm: Uses GroupNorm with one group instead of BatchNorm, which has the same number of parameters.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.n1 = nn.GroupNorm(1, 16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.n2 = nn.GroupNorm(1, 32)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.n1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.n2(self.conv2(x))), 2)
        return self.fc(x.flatten(1))

# %% convolutions_without_bias: Drops the biases of the convolutions, so there are 20,538 parameters.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(32)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return self.fc(x.flatten(1))

# %% relu_missing_after_second_norm: Has no ReLU after the second BatchNorm.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.layers = nn.ModuleList([
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1568, num_classes),
        ])

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

# %% norms_in_plain_list: Keeps the BatchNorm layers in a plain list, so they are not registered and never go to eval mode.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(in_channels, 16, 3, padding=1), nn.Conv2d(16, 32, 3, padding=1)])
        self.norms = [nn.BatchNorm2d(16), nn.BatchNorm2d(32)]
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = F.max_pool2d(F.relu(norm(conv(x))), 2)
        return self.fc(x.flatten(1))

# %% norm_created_in_forward: Creates the BatchNorm layers in forward, so they have no memory and no learned weights.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(nn.BatchNorm2d(16)(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(nn.BatchNorm2d(32)(self.conv2(x))), 2)
        return self.fc(x.flatten(1))

# %% in_channels_ignored: Builds the first convolution for one channel whatever in_channels says.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1568, num_classes),
        )

    def forward(self, x):
        return self.net(x)

# %% num_classes_ignored: Always gives ten logits.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(32)
        self.fc = nn.Linear(32 * 7 * 7, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return self.fc(x.flatten(1))

# %% softmax_on_output: Returns probabilities instead of logits.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1568, num_classes), nn.Softmax(dim=1),
        )

    def forward(self, x):
        return self.net(x)

# %% norm_skipped_in_eval: Applies BatchNorm only while training.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(32)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        x = self.conv1(x)
        if self.training:
            x = self.bn1(x)
        x = F.max_pool2d(F.relu(x), 2)
        x = self.conv2(x)
        if self.training:
            x = self.bn2(x)
        x = F.max_pool2d(F.relu(x), 2)
        return self.fc(x.flatten(1))

# %% average_pooling: Uses average pooling in both stages.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(32)
        self.pool = nn.AvgPool2d(2)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        x = self.pool(F.relu(self.bn1(self.conv1(x))))
        x = self.pool(F.relu(self.bn2(self.conv2(x))))
        return self.fc(x.flatten(1))

# %% extra_dropout: Adds dropout before the linear layer.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Dropout(0.25), nn.Linear(1568, num_classes),
        )

    def forward(self, x):
        return self.net(x)

# %% two_norm_after_relu_and_no_bias: Puts BatchNorm after the ReLU, and drops the biases of the convolutions.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.net = nn.Sequential()
        for i, (a, b) in enumerate([(in_channels, 16), (16, 32)]):
            self.net.add_module(f"conv{i}", nn.Conv2d(a, b, 3, padding=1, bias=False))
            self.net.add_module(f"relu{i}", nn.ReLU())
            self.net.add_module(f"bn{i}", nn.BatchNorm2d(b))
            self.net.add_module(f"pool{i}", nn.MaxPool2d(2))
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        return self.fc(self.net(x).flatten(1))

# %% two_frozen_norm_and_log_softmax: Switches the first BatchNorm to eval mode in every forward, and returns log-probabilities.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(32)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        self.bn1.eval()
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return F.log_softmax(self.fc(x.flatten(1)), dim=1)

# %% two_only_second_norm_and_squeeze: Has BatchNorm only after the second convolution, and squeezes the result so that a single image loses the batch axis.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.bn = nn.BatchNorm2d(32)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.bn(self.conv2(x))), 2)
        return self.fc(x.flatten(1)).squeeze()

# %% classes_before_channels: The parameters are in the order num_classes, in_channels.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, num_classes=10, in_channels=1):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1568, num_classes))
    def forward(self, x):
        return self.net(x)
