# %% dropout_in_eval_too: F.dropout without training=self.training is random in eval mode, too.
class DropoutCNN(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        layers = []
        for a, b in [(3, 32), (32, 64), (64, 128)]:
            layers += [nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2)]
        self.features = nn.Sequential(*layers)
        self.fc1 = nn.Linear(2048, 256)
        self.fc2 = nn.Linear(256, num_classes)

    def forward(self, x):
        x = self.features(x).flatten(1)
        x = F.relu(self.fc1(x))
        x = F.dropout(x, 0.5)
        return self.fc2(x)

# %% dropout_never_used: The dropout layer is made, and forward forgets it.
class DropoutCNN(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        layers = []
        for a, b in [(3, 32), (32, 64), (64, 128)]:
            layers += [nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2)]
        self.features = nn.Sequential(*layers)
        self.fc1 = nn.Linear(2048, 256)
        self.fc2 = nn.Linear(256, num_classes)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        x = self.features(x).flatten(1)
        x = F.relu(self.fc1(x))
        return self.fc2(x)

# %% no_bias: The convolutions have no bias.
class DropoutCNN(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        layers = []
        for a, b in [(3, 32), (32, 64), (64, 128)]:
            layers += [nn.Conv2d(a, b, 3, padding=1, bias=False), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2)]
        self.features = nn.Sequential(*layers)
        self.fc1 = nn.Linear(2048, 256)
        self.fc2 = nn.Linear(256, num_classes)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        x = self.features(x).flatten(1)
        x = F.relu(self.fc1(x))
        x = self.dropout(x)
        return self.fc2(x)

# %% dropout_on_the_logits: Dropout after the last layer.
class DropoutCNN(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        layers = []
        for a, b in [(3, 32), (32, 64), (64, 128)]:
            layers += [nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2)]
        self.features = nn.Sequential(*layers)
        self.fc1 = nn.Linear(2048, 256)
        self.fc2 = nn.Linear(256, num_classes)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        x = self.features(x).flatten(1)
        x = F.relu(self.fc1(x))
        return self.dropout(self.fc2(x))

# %% no_relu_before_dropout: No ReLU between the linear layers.
class DropoutCNN(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        layers = []
        for a, b in [(3, 32), (32, 64), (64, 128)]:
            layers += [nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2)]
        self.features = nn.Sequential(*layers)
        self.fc1 = nn.Linear(2048, 256)
        self.fc2 = nn.Linear(256, num_classes)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        x = self.features(x).flatten(1)
        x = self.fc1(x)
        x = self.dropout(x)
        return self.fc2(x)

# %% rate_zero: The rate of dropout is 0, so nothing is random in training mode.
class DropoutCNN(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        layers = []
        for a, b in [(3, 32), (32, 64), (64, 128)]:
            layers += [nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2)]
        self.features = nn.Sequential(*layers)
        self.fc1 = nn.Linear(2048, 256)
        self.fc2 = nn.Linear(256, num_classes)
        self.dropout = nn.Dropout(0.0)

    def forward(self, x):
        x = self.features(x).flatten(1)
        x = F.relu(self.fc1(x))
        x = self.dropout(x)
        return self.fc2(x)

# %% ten_fixed: num_classes is ignored.
class DropoutCNN(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.model = nn.Sequential(
            nn.Conv2d(3, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(64, 128, 3, padding=1), nn.BatchNorm2d(128), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(2048, 256), nn.ReLU(), nn.Dropout(0.25), nn.Linear(256, 10))

    def forward(self, x):
        return self.model(x)

# %% channel_dropout: Dropout2d on the maps instead of dropout on the hidden numbers.
class DropoutCNN(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.model = nn.Sequential(
            nn.Conv2d(3, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(64, 128, 3, padding=1), nn.BatchNorm2d(128), nn.ReLU(), nn.MaxPool2d(2),
            nn.Dropout2d(0.25), nn.Flatten(), nn.Linear(2048, 256), nn.ReLU(), nn.Linear(256, num_classes))

    def forward(self, x):
        return self.model(x)
