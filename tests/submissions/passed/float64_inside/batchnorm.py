import torch
from torch import nn
from torch.nn import functional as F


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features, dtype=torch.float64))
        self.register_buffer("running_var", torch.ones(num_features, dtype=torch.float64))

    def forward(self, x):
        z = x.double()
        if self.training:
            mean, var = z.mean((0, 2, 3)), z.var((0, 2, 3), unbiased=False)
            with torch.no_grad():
                self.running_mean += self.momentum * (mean - self.running_mean)
                self.running_var += self.momentum * (z.var((0, 2, 3)) - self.running_var)
        else:
            mean, var = self.running_mean, self.running_var
        z = (z - mean[None, :, None, None]) / torch.sqrt(var[None, :, None, None] + self.eps)
        return z * self.weight[None, :, None, None] + self.bias[None, :, None, None]


class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(in_channels, 16, 3, padding=1), nn.Conv2d(16, 32, 3, padding=1)
        self.bn1, self.bn2 = BatchNorm2d(16), BatchNorm2d(32)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x)).to(x.dtype)), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x)).to(x.dtype)), 2)
        return self.fc(x.flatten(1)).double()


class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        widths = [in_channels, 8, 8, 16, 16]
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in zip(widths, widths[1:]))
        self.norms = nn.ModuleList(BatchNorm2d(b) for b in widths[1:]) if batch_norm else None
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        for i, conv in enumerate(self.convs):
            y = conv(x)
            if self.norms is not None:
                y = self.norms[i](y)
            x = F.relu(y).to(x.dtype)
            if i in (1, 3):
                x = F.max_pool2d(x, 2)
        return self.fc(x.flatten(1))


def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    curves = {}
    for name in "plain", "batchnorm":
        torch.manual_seed(seed)
        model = DeepCNN(name == "batchnorm")
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        torch.manual_seed(seed)
        losses = []
        for _ in range(steps):
            rows = torch.randint(len(images), (batch_size,))
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images[rows]).double(), labels[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.detach().double())
        curves[name] = losses
    return curves
