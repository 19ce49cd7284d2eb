# %% layers_list_in_loop: Builds a list of layers in a loop, with an if for the norm.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        layers = []
        channels = in_channels
        for i, width in enumerate([8, 8, 16, 16]):
            layers.append(nn.Conv2d(channels, width, 3, padding=1))
            if batch_norm:
                layers.append(BatchNorm2d(width))
            layers.append(nn.ReLU())
            if i % 2 == 1:
                layers.append(nn.MaxPool2d(2))
            channels = width
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(784, num_classes)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))

# %% identity_without_norm: nn.Identity in place of the norm.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        Norm = BatchNorm2d if batch_norm else nn.Identity
        self.conv1, self.norm1 = nn.Conv2d(in_channels, 8, 3, padding=1), Norm(8)
        self.conv2, self.norm2 = nn.Conv2d(8, 8, 3, padding=1), Norm(8)
        self.conv3, self.norm3 = nn.Conv2d(8, 16, 3, padding=1), Norm(16)
        self.conv4, self.norm4 = nn.Conv2d(16, 16, 3, padding=1), Norm(16)
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        x = F.relu(self.norm1(self.conv1(x)))
        x = F.relu(self.norm2(self.conv2(x)))
        x = F.max_pool2d(x, 2)
        x = F.relu(self.norm3(self.conv3(x)))
        x = F.relu(self.norm4(self.conv4(x)))
        x = F.max_pool2d(x, 2)
        return self.fc(x.flatten(1))

# %% vgg_configuration_string: A VGG-like configuration with "M" for the pooling.
class DeepCNN(nn.Module):
    CONFIG = (8, 8, "M", 16, 16, "M")

    def __init__(self, batch_norm: bool = False, in_channels: int = 1, num_classes: int = 10):
        super().__init__()
        self.net = nn.Sequential(*self.make_layers(in_channels, batch_norm), nn.Flatten(), nn.Linear(16 * 7 * 7, num_classes))

    @classmethod
    def make_layers(cls, channels, batch_norm):
        for entry in cls.CONFIG:
            match entry:
                case "M":
                    yield nn.MaxPool2d(kernel_size=2, stride=2)
                case int(width):
                    yield nn.Conv2d(channels, width, kernel_size=3, padding=1)
                    if batch_norm:
                        yield nn.BatchNorm2d(width)
                    yield nn.ReLU(inplace=True)
                    channels = width

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.net(x)

# %% optional_module_list: An empty ModuleList of norms where there is no BatchNorm.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        sizes = [in_channels, 8, 8, 16, 16]
        self.batch_norm = batch_norm
        self.convs = nn.ModuleList([nn.Conv2d(sizes[i], sizes[i + 1], 3, padding=1) for i in range(4)])
        self.norms = nn.ModuleList([BatchNorm2d(s) for s in sizes[1:]] if batch_norm else [])
        self.linear = nn.Linear(784, num_classes)

    def forward(self, x):
        for i in range(4):
            x = self.convs[i](x)
            if self.batch_norm:
                x = self.norms[i](x)
            x = torch.relu(x)
            if i in (1, 3):
                x = F.max_pool2d(x, 2)
        return self.linear(x.view(x.shape[0], -1) if x.is_contiguous() else x.reshape(x.shape[0], -1))

# %% stage_function_two_branches: Two branches of plain Sequentials, written out for both cases.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super(DeepCNN, self).__init__()
        if batch_norm:
            self.model = nn.Sequential(
                nn.Conv2d(in_channels, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(),
                nn.Conv2d(8, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(),
                nn.MaxPool2d(2),
                nn.Conv2d(8, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(),
                nn.Conv2d(16, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(),
                nn.MaxPool2d(2),
                nn.Flatten(),
                nn.Linear(784, num_classes),
            )
        else:
            self.model = nn.Sequential(
                nn.Conv2d(in_channels, 8, 3, padding=1), nn.ReLU(),
                nn.Conv2d(8, 8, 3, padding=1), nn.ReLU(),
                nn.MaxPool2d(2),
                nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(),
                nn.Conv2d(16, 16, 3, padding=1), nn.ReLU(),
                nn.MaxPool2d(2),
                nn.Flatten(),
                nn.Linear(784, num_classes),
            )

    def forward(self, x):
        return self.model(x)

# %% setattr_and_none: setattr in a loop; without BatchNorm the norm is None.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        before = in_channels
        for i, after in enumerate((8, 8, 16, 16)):
            setattr(self, f"conv{i}", nn.Conv2d(before, after, 3, padding="same"))
            setattr(self, f"norm{i}", BatchNorm2d(after) if batch_norm else None)
            before = after
        self.head = nn.Linear(784, num_classes)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        for i in range(4):
            x = getattr(self, f"conv{i}")(x)
            if (norm := getattr(self, f"norm{i}")) is not None:
                x = norm(x)
            x = x.relu()
            x = self.pool(x) if i % 2 else x
        return self.head(torch.flatten(x, 1))

# %% block_subclass_of_sequential: Blocks subclass nn.Sequential.
class Block(nn.Sequential):
    def __init__(self, i, o, norm):
        super().__init__(nn.Conv2d(i, o, 3, padding=1), *([nn.BatchNorm2d(o)] if norm else []), nn.ReLU())

class DeepCNN(nn.Sequential):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__(
            Block(in_channels, 8, batch_norm), Block(8, 8, batch_norm), nn.MaxPool2d(2),
            Block(8, 16, batch_norm), Block(16, 16, batch_norm), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(784, num_classes))

# %% checkpoint_without_norm_only: Checkpoints the stages where there is no BatchNorm, else runs them plainly.
from torch.utils.checkpoint import checkpoint

class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        def unit(i, o):
            return [nn.Conv2d(i, o, 3, padding=1)] + [nn.BatchNorm2d(o)] * batch_norm + [nn.ReLU()]
        self.batch_norm = batch_norm
        self.low = nn.Sequential(*unit(in_channels, 8), *unit(8, 8), nn.MaxPool2d(2))
        self.high = nn.Sequential(*unit(8, 16), *unit(16, 16), nn.MaxPool2d(2))
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        for stage in (self.low, self.high):
            x = stage(x) if self.batch_norm else checkpoint(stage, x, use_reentrant=False)
        return self.fc(x.flatten(1))

# %% compiled_eager: torch.compile with the eager backend around the features.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        layers, last = [], in_channels
        for width, pool in ((8, False), (8, True), (16, False), (16, True)):
            layers += [nn.Conv2d(last, width, 3, padding=1)]
            layers += [nn.BatchNorm2d(width)] if batch_norm else []
            layers += [nn.ReLU()]
            layers += [nn.MaxPool2d(2)] if pool else []
            last = width
        self.features = torch.compile(nn.Sequential(*layers), backend="eager", dynamic=True)
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        return self.fc(torch.flatten(self.features(x), 1))

# %% hook_inserts_norm: Forward pre-hooks on the ReLU modules apply the norm where there is one.
def _normalise_first(relu, args):
    return (relu.norm(args[0]),)

class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        c = [in_channels, 8, 8, 16, 16]
        self.net = nn.Sequential()
        for i in range(4):
            relu = nn.ReLU()
            if batch_norm:
                relu.norm = nn.BatchNorm2d(c[i + 1])
                relu.register_forward_pre_hook(_normalise_first)
            self.net.append(nn.Conv2d(c[i], c[i + 1], 3, padding=1)).append(relu)
            if i % 2:
                self.net.append(nn.MaxPool2d(2))
        self.net.append(nn.Flatten()).append(nn.Linear(784, num_classes))

    def forward(self, x):
        return self.net(x)

# %% dataclass_settings: A dataclass module with the settings as fields.
from dataclasses import dataclass

@dataclass(eq=False, repr=False)
class DeepCNN(nn.Module):
    batch_norm: bool = False
    in_channels: int = 1
    num_classes: int = 10

    def __post_init__(self):
        super().__init__()
        self.stage1 = self._stage(self.in_channels, 8)
        self.stage2 = self._stage(8, 16)
        self.out = nn.Linear(784, self.num_classes)

    def _stage(self, i, o):
        norm = (lambda: nn.BatchNorm2d(o)) if self.batch_norm else nn.Identity
        return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), norm(), nn.ReLU(), nn.Conv2d(o, o, 3, padding=1), norm(), nn.ReLU(), nn.MaxPool2d(2))

    def forward(self, x):
        return self.out(self.stage2(self.stage1(x)).flatten(1))

# %% functional_batch_norm: Norm parameters live in ParameterLists, and F.batch_norm uses buffers.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        self.batch_norm = batch_norm
        self.convs = nn.ModuleList()
        self.gammas, self.betas = nn.ParameterList(), nn.ParameterList()
        c = in_channels
        for i, w in enumerate((8, 8, 16, 16)):
            self.convs.append(nn.Conv2d(c, w, 3, padding=1))
            if batch_norm:
                self.gammas.append(nn.Parameter(torch.ones(w)))
                self.betas.append(nn.Parameter(torch.zeros(w)))
                self.register_buffer(f"mean{i}", torch.zeros(w))
                self.register_buffer(f"var{i}", torch.ones(w))
            c = w
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        for i, conv in enumerate(self.convs):
            x = conv(x)
            if self.batch_norm:
                x = F.batch_norm(x, getattr(self, f"mean{i}"), getattr(self, f"var{i}"), self.gammas[i], self.betas[i], training=self.training, momentum=0.1)
            x = F.relu(x)
            if i in {1, 3}:
                x = F.max_pool2d(x, 2)
        return self.fc(x.flatten(start_dim=1))

# %% add_module_names_tabs: add_module with counted names, tab indentation, 784 computed by hand.
class DeepCNN(nn.Module):
	def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
		super().__init__()
		seq = nn.Sequential()
		prev = in_channels
		side = 28
		for stage, width in enumerate([8, 16]):
			for k in range(2):
				seq.add_module('conv%d_%d' % (stage, k), nn.Conv2d(prev, width, 3, padding=1))
				if batch_norm:
					seq.add_module('bn%d_%d' % (stage, k), BatchNorm2d(width))
				seq.add_module('relu%d_%d' % (stage, k), nn.ReLU())
				prev = width
			seq.add_module('pool%d' % stage, nn.MaxPool2d(2))
			side //= 2
		self.seq = seq
		self.fc = nn.Linear(prev * side * side, num_classes)

	def forward(self, x):
		return self.fc(self.seq(x).flatten(1))

# %% star_args_and_partial: *args and **kwargs with a table of defaults, and functools.partial for the convolution.
from functools import partial

conv3x3 = partial(nn.Conv2d, kernel_size=3, padding=1)

class DeepCNN(nn.Module):
    def __init__(self, *args, **kwargs):
        super().__init__()
        options = {"batch_norm": False, "in_channels": 1, "num_classes": 10}
        options.update(zip(options, args))
        options.update(kwargs)
        norm = nn.BatchNorm2d if options["batch_norm"] else (lambda width: nn.Sequential())
        self.body = nn.Sequential(
            conv3x3(options["in_channels"], 8), norm(8), nn.ReLU(), conv3x3(8, 8), norm(8), nn.ReLU(), nn.MaxPool2d(2),
            conv3x3(8, 16), norm(16), nn.ReLU(), conv3x3(16, 16), norm(16), nn.ReLU(), nn.MaxPool2d(2))
        self.logits = nn.Linear(784, options["num_classes"])

    def forward(self, x):
        return self.logits(self.body(x).flatten(1))

# %% recursive_stages: Recursion over the widths in forward, Russian identifiers.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        ширины = [in_channels, 8, 8, 16, 16]
        self.свёртки = nn.ModuleList()
        for было, стало in zip(ширины, ширины[1:]):
            слой = [nn.Conv2d(было, стало, 3, padding=1)]
            if batch_norm:
                слой += [nn.BatchNorm2d(стало)]
            self.свёртки.append(nn.Sequential(*слой, nn.ReLU()))
        self.выход = nn.Linear(784, num_classes)

    def дальше(self, x, i=0):
        if i == len(self.свёртки):
            return self.выход(x.flatten(1))
        x = self.свёртки[i](x)
        return self.дальше(F.max_pool2d(x, 2) if i % 2 else x, i + 1)

    def forward(self, x):
        return self.дальше(x)

# %% autocast_off_with_named_stages: autocast switched off and named stages in a ModuleDict.
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        def conv_unit(i, o):
            unit = [("conv", nn.Conv2d(i, o, 3, padding=1))]
            if batch_norm:
                unit.append(("norm", BatchNorm2d(o)))
            return nn.ModuleDict(unit)
        self.units = nn.ModuleDict({"a": conv_unit(in_channels, 8), "b": conv_unit(8, 8), "c": conv_unit(8, 16), "d": conv_unit(16, 16)})
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        with torch.autocast("cpu", enabled=False):
            for name, unit in self.units.items():
                for layer in unit.values():
                    x = layer(x)
                x = F.relu(x)
                if name in "bd":
                    x = F.max_pool2d(x, 2)
            return self.fc(x.flatten(1))
