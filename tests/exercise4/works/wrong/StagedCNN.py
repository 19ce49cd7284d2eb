# %% all_strides_two: The stem has stride 2, too.
class StagedCNN(nn.Module):
    def __init__(self, in_channels, widths, num_classes):
        super().__init__()
        layers = []
        previous = in_channels
        for i, width in enumerate(widths):
            stride = 2
            layers.append(nn.Conv2d(previous, width, 3, stride=stride, padding=1, bias=False))
            layers.append(nn.BatchNorm2d(width))
            layers.append(nn.ReLU())
            previous = width
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(previous, num_classes)

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))

# %% biases: The convolutions have biases.
class StagedCNN(nn.Module):
    def __init__(self, in_channels, widths, num_classes):
        super().__init__()
        layers = []
        previous = in_channels
        for i, width in enumerate(widths):
            stride = 1 if i == 0 else 2
            layers.append(nn.Conv2d(previous, width, 3, stride=stride, padding=1))
            layers.append(nn.BatchNorm2d(width))
            layers.append(nn.ReLU())
            previous = width
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(previous, num_classes)

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))

# %% plain_list: A Python list of modules that torch does not see.
class StagedCNN(nn.Module):
    def __init__(self, in_channels, widths, num_classes):
        super().__init__()
        layers = []
        previous = in_channels
        for i, width in enumerate(widths):
            stride = 1 if i == 0 else 2
            layers.append(nn.Conv2d(previous, width, 3, stride=stride, padding=1, bias=False))
            layers.append(nn.BatchNorm2d(width))
            layers.append(nn.ReLU())
            previous = width
        self.body = layers
        self.head = nn.Linear(previous, num_classes)

    def forward(self, x):
        for layer in self.body:
            x = layer(x)
        return self.head(x.mean((2, 3)))

# %% last_relu_missing: No ReLU after the last stage.
class StagedCNN(nn.Module):
    def __init__(self, in_channels, widths, num_classes):
        super().__init__()
        layers = []
        previous = in_channels
        for i, width in enumerate(widths):
            stride = 1 if i == 0 else 2
            layers.append(nn.Conv2d(previous, width, 3, stride=stride, padding=1, bias=False))
            layers.append(nn.BatchNorm2d(width))
            layers.append(nn.ReLU())
            previous = width
        self.body = nn.Sequential(*layers[:-1])
        self.head = nn.Linear(previous, num_classes)

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))

# %% pooled_stages: Stages with stride 1 and max pooling instead of stride 2.
class StagedCNN(nn.Module):
    def __init__(self, in_channels, widths, num_classes):
        super().__init__()
        layers = []
        previous = in_channels
        for i, width in enumerate(widths):
            stride = 1 if i == 0 else 2
            layers.append(nn.Conv2d(previous, width, 3, stride=1, padding=1, bias=False))
            layers.append(nn.BatchNorm2d(width))
            layers.append(nn.ReLU())
            if stride == 2:
                layers.append(nn.MaxPool2d(2))
            previous = width
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(previous, num_classes)

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))

# %% head_without_bias: The head has no bias.
class StagedCNN(nn.Module):
    def __init__(self, in_channels, widths, num_classes):
        super().__init__()
        layers = []
        previous = in_channels
        for i, width in enumerate(widths):
            stride = 1 if i == 0 else 2
            layers.append(nn.Conv2d(previous, width, 3, stride=stride, padding=1, bias=False))
            layers.append(nn.BatchNorm2d(width))
            layers.append(nn.ReLU())
            previous = width
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(previous, num_classes, bias=False)

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))

# %% only_last_stage_halves: Only the last stage has stride 2.
class StagedCNN(nn.Module):
    def __init__(self, in_channels, widths, num_classes):
        super().__init__()
        layers = []
        previous = in_channels
        for i, width in enumerate(widths):
            stride = 2 if i == len(widths) - 1 and i > 0 else 1
            layers.append(nn.Conv2d(previous, width, 3, stride=stride, padding=1, bias=False))
            layers.append(nn.BatchNorm2d(width))
            layers.append(nn.ReLU())
            previous = width
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(previous, num_classes)

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))

# %% one_width_fails: Takes the first stage for granted, so that one width fails.
class StagedCNN(nn.Module):
    def __init__(self, in_channels, widths, num_classes):
        super().__init__()
        self.convs, self.norms = nn.ModuleList(), nn.ModuleList()
        channels = [in_channels] + list(widths)
        for i in range(len(widths)):
            self.convs.append(nn.Conv2d(channels[i], channels[i + 1], 3, stride=min(i + 1, 2), padding=1, bias=False))
            self.norms.append(nn.BatchNorm2d(channels[i + 1]))
        self.fc = nn.Linear(channels[-1], num_classes)

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = torch.relu(norm(conv(x)))
        assert len(self.convs) > 1
        x = x.mean(dim=3).mean(dim=2)
        return self.fc(x)
