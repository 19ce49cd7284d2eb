import torch
import torch.nn as nn


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.register_parameter("weight", nn.Parameter(torch.ones(num_features)))
        self.register_parameter("bias", nn.Parameter(torch.zeros(num_features)))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))
        self.register_buffer("num_batches_tracked", torch.tensor(0))
        self.eps, self.momentum = eps, momentum

    def forward(self, x):
        if self.training:
            self.num_batches_tracked += 1
            var, mean = torch.var_mean(x, (0, 2, 3), correction=0)
            with torch.no_grad():
                unbiased = torch.var(x, (0, 2, 3), correction=1)
                self.running_mean.mul_(1 - self.momentum).add_(mean, alpha=self.momentum)
                self.running_var.mul_(1 - self.momentum).add_(unbiased, alpha=self.momentum)
        else:
            mean, var = self.running_mean, self.running_var
        x = x.permute(0, 2, 3, 1)
        x = self.bias + self.weight * (x - mean) / (var + self.eps).sqrt()
        return x.permute(0, 3, 1, 2)


class SimpleCNNBatchNorm(nn.Sequential):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        for i, (a, b) in enumerate([(in_channels, 16), (16, 32)]):
            self.add_module(f"conv{i}", nn.Conv2d(a, b, 3, padding="same"))
            self.add_module(f"norm{i}", nn.BatchNorm2d(b))
            self.add_module(f"relu{i}", nn.ReLU())
            self.add_module(f"pool{i}", nn.MaxPool2d(2))
        self.add_module("flat", nn.Flatten())
        self.add_module("fc", nn.Linear(32 * 49, num_classes))


class DeepCNN(nn.Sequential):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        def stage(a, b):
            layers = [nn.Conv2d(a, b, 3, padding=1)] + [nn.BatchNorm2d(b)] * batch_norm + [nn.ReLU()]
            return nn.Sequential(*layers)

        super().__init__(
            nn.Sequential(stage(in_channels, 8), stage(8, 8), nn.MaxPool2d(2)),
            nn.Sequential(stage(8, 16), stage(16, 16), nn.MaxPool2d(2)),
            nn.Sequential(nn.Flatten(), nn.Linear(784, num_classes)),
        )


@torch.enable_grad()
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    result = {}
    for batch_norm, key in enumerate(["plain", "batchnorm"]):
        torch.manual_seed(seed)
        net = DeepCNN(bool(batch_norm))
        sgd = torch.optim.SGD(net.parameters(), lr)
        torch.manual_seed(seed + 1)
        curve = torch.empty(steps)
        for step in range(steps):
            batch = torch.randperm(images.size(0))[:batch_size]
            sgd.zero_grad()
            loss = nn.CrossEntropyLoss()(net(images[batch]), labels[batch])
            loss.backward()
            sgd.step()
            curve[step] = loss.item()
        result[key] = curve.tolist()
    return result
