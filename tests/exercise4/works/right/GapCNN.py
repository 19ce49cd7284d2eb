# %% loop_and_mean: Layers from a loop, the mean over H and W.
class GapCNN(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        layers, c = [], 3
        for width in (32, 64, 128):
            layers += [nn.Conv2d(c, width, 3, padding=1), nn.ReLU()]
            if width < 128:
                layers.append(nn.MaxPool2d(2))
            c = width
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(128, num_classes)

    def forward(self, x):
        return self.head(self.body(x).mean(dim=(-2, -1)))

# %% adaptive: Functional calls and F.adaptive_avg_pool2d.
class GapCNN(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.one = nn.Conv2d(3, 32, 3, 1, 1)
        self.two = nn.Conv2d(32, 64, 3, 1, 1)
        self.three = nn.Conv2d(64, 128, 3, 1, 1)
        self.fc = nn.Linear(in_features=128, out_features=num_classes, bias=True)

    def forward(self, x):
        x = F.max_pool2d(torch.relu(self.one(x)), 2)
        x = F.max_pool2d(torch.relu(self.two(x)), 2)
        x = torch.relu(self.three(x))
        x = F.adaptive_avg_pool2d(x, 1)
        return self.fc(torch.flatten(x, 1))
