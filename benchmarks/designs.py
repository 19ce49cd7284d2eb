"""Sound and broken networks for the training checks: what students might hand in besides the exercise's own design."""

import torch
import torch.nn.functional as F
from torch import nn


def _stage(inputs, outputs, *after, stride=1):
    return [nn.Conv2d(inputs, outputs, 3, padding=1, stride=stride), *after]


def simple(width=16, activation=nn.ReLU, norm=False, dropout=0.0):
    """SimpleCNN with its parts varied."""

    def build():
        layers = []
        for inputs, outputs in (1, width), (width, 2 * width):
            layers += _stage(inputs, outputs, *([nn.BatchNorm2d(outputs)] if norm else []), activation())
            layers += [nn.MaxPool2d(2)]
        drop = [nn.Dropout(dropout)] if dropout else []
        return nn.Sequential(*layers, nn.Flatten(), *drop, nn.Linear(2 * width * 49, 10))

    return build


def global_average_pooling():
    return nn.Sequential(
        *_stage(1, 16, nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2)),
        *_stage(16, 32, nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2)),
        *_stage(32, 64, nn.BatchNorm2d(64), nn.ReLU()),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(64, 10),
    )


def strided():
    return nn.Sequential(
        *_stage(1, 16, nn.ReLU(), stride=2), *_stage(16, 32, nn.ReLU(), stride=2), nn.Flatten(), nn.Linear(1568, 10)
    )


CLASSIFIERS = {
    "SimpleCNN": simple(),
    "global average pooling": global_average_pooling,
    "BatchNorm + dropout": simple(norm=True, dropout=0.5),
    "narrow (4 and 8 channels)": simple(width=4),
    "tanh": simple(activation=nn.Tanh),
    "strided instead of pooled": strided,
}


class UNet(nn.Module):
    """A U-Net of four levels whose normalisation, step up and skips are varied."""

    def __init__(self, in_channels=1, out_channels=1, base_channels=64, norm="batch", up="transposed", skip="cat"):
        super().__init__()
        self.norm, self.skip = norm, skip
        widths = [base_channels * 2**level for level in range(5)]
        self.downs = nn.ModuleList(self._block(a, b) for a, b in zip([in_channels, *widths], widths, strict=False))
        pairs = list(zip(widths[::-1], widths[-2::-1], strict=False))
        self.ups = nn.ModuleList(self._up(a, b, up) for a, b in pairs)
        wider = 1 if skip in ("add", "none") else 2
        self.blocks = nn.ModuleList(self._block(wider * b, b) for _, b in pairs)
        self.head = nn.Conv2d(base_channels, out_channels, 1)

    def _block(self, inputs, outputs):
        norms = {
            "batch": lambda: [nn.BatchNorm2d(outputs)],
            "none": list,
            "group": lambda: [nn.GroupNorm(4, outputs)],
        }
        parts = []
        for size in inputs, outputs:
            parts += [nn.Conv2d(size, outputs, 3, padding=1), *norms[self.norm](), nn.ReLU()]
        return nn.Sequential(*parts)

    def _up(self, above, below, kind):
        if kind == "transposed":
            return nn.ConvTranspose2d(above, below, 2, stride=2)
        return nn.Sequential(
            nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False), nn.Conv2d(above, below, 1)
        )

    def _joined(self, x, features, level):
        skip = features[level]
        if self.skip == "add":
            return x + skip
        if self.skip == "none":
            return x
        if self.skip == "no top" and level == 0:
            skip = torch.zeros_like(skip)
        if self.skip == "wrong level":
            other = F.interpolate(features[min(level + 1, 3)], size=x.shape[2:])
            skip = other[:, : x.shape[1]]
        return torch.cat([x, skip], dim=1)

    def forward(self, x):
        features = []
        for block in self.downs:
            x = block(F.max_pool2d(x, 2) if features else x)
            features.append(x)
        for level, up, block in zip((3, 2, 1, 0), self.ups, self.blocks, strict=True):
            x = block(self._joined(up(x), features, level))
        return self.head(x)


def unet(**parts):
    return lambda **arguments: UNet(**arguments, **parts)


UNETS = {
    "UNet": unet(),
    "without BatchNorm": unet(norm="none"),
    "GroupNorm": unet(norm="group"),
    "bilinear upsampling": unet(up="bilinear"),
}


class PlainList(nn.Module):
    """Convolutions that a plain list hides from the optimizer."""

    def __init__(self):
        super().__init__()
        self.hidden = [nn.Conv2d(1, 16, 3, padding=1), nn.Conv2d(16, 32, 3, padding=1)]
        self.fc = nn.Linear(1568, 10)

    def forward(self, x):
        for conv in self.hidden:
            x = F.max_pool2d(F.relu(conv(x)), 2)
        return self.fc(x.flatten(1))


class Detached(nn.Module):
    """Convolutions that the loss does not reach."""

    def __init__(self):
        super().__init__()
        self.body, self.fc = simple()()[:-1], nn.Linear(1568, 10)

    def forward(self, x):
        return self.fc(self.body(x).detach())


class DropoutInEval(nn.Module):
    """Dropout that does not follow the mode."""

    def __init__(self):
        super().__init__()
        self.net = simple()()

    def forward(self, x):
        return self.net(F.dropout(x, 0.2))


BROKEN_CLASSIFIERS = {
    "no ReLU": simple(activation=nn.Identity),
    "linear model": lambda: nn.Sequential(nn.Flatten(), nn.Linear(784, 10)),
    "two-layer perceptron": lambda: nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10)),
    "one convolution": lambda: nn.Sequential(
        *_stage(1, 16, nn.ReLU(), nn.MaxPool2d(2)), nn.Flatten(), nn.Linear(16 * 196, 10)
    ),
    "convolutions in a plain list": PlainList,
    "detached convolutions": Detached,
    "dropout active in eval": DropoutInEval,
}
BROKEN_UNETS = {
    "added skips": unet(skip="add"),
    "skips of the wrong level": unet(skip="wrong level"),
    "top skip missing": unet(skip="no top"),
    "no skips": unet(skip="none"),
}


def _each(module, kinds, change):
    for part in module.modules():
        if isinstance(part, kinds):
            change(part)
    return module


LAYERS = nn.Conv2d, nn.ConvTranspose2d, nn.Linear


def initialised(fill, bias=None):
    """Makes a network begin with other weights: `fill` for each weight, `bias` for each bias."""

    def change(layer):
        fill(layer.weight)
        if bias is not None and layer.bias is not None:
            nn.init.constant_(layer.bias, bias)

    return lambda module: _each(module, LAYERS, change)


INITIALISATIONS = {
    "He normal": initialised(nn.init.kaiming_normal_, 0.0),
    "He uniform": initialised(nn.init.kaiming_uniform_, 0.0),
    "Xavier uniform": initialised(nn.init.xavier_uniform_, 0.0),
    "Xavier normal": initialised(nn.init.xavier_normal_),
    "orthogonal": initialised(nn.init.orthogonal_, 0.0),
    "truncated normal": initialised(lambda weight: nn.init.trunc_normal_(weight, std=0.02), 0.0),
    "small normal": initialised(lambda weight: nn.init.normal_(weight, std=0.05)),
    "zero biases": initialised(lambda weight: None, 0.0),
    "small positive biases": initialised(lambda weight: None, 0.1),
    "uniform in [-0.1, 0.1]": initialised(lambda weight: nn.init.uniform_(weight, -0.1, 0.1)),
}
"""How right networks may begin besides torch's way."""


def ending_after(passes):
    """Cuts the gradients off after so many forward passes in training mode."""

    def change(module):
        seen = [0]

        def cut(part, inputs, output):
            seen[0] += part.training
            return output if seen[0] <= passes else output.detach().requires_grad_()

        module.register_forward_hook(cut)
        return module

    return change


def with_gradients(change_of):
    """Changes every gradient on its way."""

    def change(module):
        for parameter in module.parameters():
            parameter.register_hook(change_of)
        return module

    return change


FAULTS = {
    "no learning after 10 steps": ending_after(10),
    "gradients with the wrong sign": with_gradients(lambda gradient: -gradient),
    "gradients 100 times too small": with_gradients(lambda gradient: gradient / 100),
    "gradients of noise": with_gradients(lambda gradient: torch.randn_like(gradient) * gradient.abs().mean()),
    "weights begin 30 times too large": lambda module: _each(
        module, LAYERS, lambda layer: nn.init.normal_(layer.weight, std=30 * layer.weight[0].numel() ** -0.5)
    ),
    "biases begin at -5": initialised(lambda weight: None, -5.0),
}
"""What can be wrong with a network of the right layers: only a training shows it."""
