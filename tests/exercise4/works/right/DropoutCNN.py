# %% built_from_blocks: Three ConvPoolBlock-like parts in a loop and F.dropout with self.training.
class DropoutCNN(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.stages = nn.ModuleList()
        for a, b in [(3, 32), (32, 64), (64, 128)]:
            self.stages.append(nn.Sequential(nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2)))
        self.fc1 = nn.Linear(128 * 4 * 4, 256)
        self.fc2 = nn.Linear(256, num_classes)

    def forward(self, x):
        for stage in self.stages:
            x = stage(x)
        x = F.relu(self.fc1(x.flatten(start_dim=1)))
        x = F.dropout(x, p=0.3, training=self.training)
        return self.fc2(x)

# %% one_sequential: All in one nn.Sequential with nn.Dropout.
class DropoutCNN(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.model = nn.Sequential(
            nn.Conv2d(3, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(64, 128, 3, padding=1), nn.BatchNorm2d(128), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(2048, 256), nn.ReLU(), nn.Dropout(0.25), nn.Linear(256, num_classes))

    def forward(self, x):
        return self.model(x)
