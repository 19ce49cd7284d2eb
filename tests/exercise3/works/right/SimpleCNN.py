# %% one_sequential: Everything in one nn.Sequential.
class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1568, num_classes),
        )

    def forward(self, x):
        return self.net(x)

# %% attributes_and_functional: Layers as attributes, functional ReLU and pooling.
class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super(SimpleCNN, self).__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, kernel_size=3, padding=1)
        self.fc = nn.Linear(32 * 7 * 7, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.view(x.size(0), -1)
        return self.fc(x)

# %% subclass_of_sequential_ordered_dict: Subclasses nn.Sequential and fills it with an OrderedDict.
from collections import OrderedDict

class SimpleCNN(nn.Sequential):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__(OrderedDict([
            ("conv1", nn.Conv2d(in_channels, 16, 3, 1, 1)), ("relu1", nn.ReLU()), ("pool1", nn.MaxPool2d(2)),
            ("conv2", nn.Conv2d(16, 32, 3, 1, 1)), ("relu2", nn.ReLU()), ("pool2", nn.MaxPool2d(2)),
            ("flatten", nn.Flatten()), ("head", nn.Linear(1568, num_classes)),
        ]))

# %% bare_parameters: Bare nn.Parameter tensors with F.conv2d and x @ W + b, W of shape (in, out).
class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.k1 = nn.Parameter(torch.empty(16, in_channels, 3, 3))
        self.b1 = nn.Parameter(torch.zeros(16))
        self.k2 = nn.Parameter(torch.empty(32, 16, 3, 3))
        self.b2 = nn.Parameter(torch.zeros(32))
        self.W = nn.Parameter(torch.empty(1568, num_classes))
        self.b = nn.Parameter(torch.zeros(num_classes))
        for w in (self.k1, self.k2):
            nn.init.kaiming_normal_(w, nonlinearity="relu")
        nn.init.xavier_uniform_(self.W)

    def forward(self, x):
        x = F.conv2d(x, self.k1, self.b1, padding=1).relu()
        x = F.max_pool2d(x, 2)
        x = F.conv2d(x, self.k2, self.b2, padding=1).relu()
        x = F.max_pool2d(x, 2)
        return x.flatten(1) @ self.W + self.b

# %% compiled_forward_eager: torch.compile with the eager backend decorates forward.
class SimpleCNN(nn.Module):
    def __init__(self, in_channels: int = 1, num_classes: int = 10):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2))
        self.classifier = nn.Linear(1568, num_classes)

    @torch.compile(backend="eager")
    def forward(self, x):
        return self.classifier(torch.flatten(self.features(x), start_dim=1))

# %% checkpointed_stages: torch.utils.checkpoint around both stages.
from torch.utils.checkpoint import checkpoint

class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.stage1 = nn.Sequential(nn.Conv2d(in_channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
        self.stage2 = nn.Sequential(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
        self.head = nn.Linear(32 * 7 * 7, num_classes)

    def forward(self, x):
        x = checkpoint(self.stage1, x, use_reentrant=False)
        x = checkpoint(self.stage2, x, use_reentrant=False)
        return self.head(x.flatten(1))

# %% scripted_features: The features are a torch.jit.script module.
class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.features = torch.jit.script(nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(1),
        ))
        self.out = nn.Linear(1568, num_classes)

    def forward(self, x):
        return self.out(self.features(x))

# %% symbolic_traced: The network is built by a factory and traced with torch.fx.
import torch.fx

def _build(in_channels, num_classes):
    return nn.Sequential(
        nn.Conv2d(in_channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1568, num_classes))

class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.graph_module = torch.fx.symbolic_trace(_build(in_channels, num_classes))

    def forward(self, x):
        return self.graph_module(x)

# %% relu_by_forward_hook: Forward hooks on the convolutions apply ReLU and pooling.
def _relu_and_pool(module, inputs, output):
    return F.max_pool2d(F.relu(output), 2)

class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.a = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.b = nn.Conv2d(16, 32, 3, padding=1)
        self.c = nn.Linear(1568, num_classes)
        for conv in (self.a, self.b):
            conv.register_forward_hook(_relu_and_pool)

    def forward(self, x):
        return self.c(self.b(self.a(x)).flatten(start_dim=1))

# %% lazy_materialised_in_constructor: Lazy layers, materialised by a dummy forward in the constructor.
class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.layers = nn.Sequential(
            nn.LazyConv2d(16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.LazyConv2d(32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.LazyLinear(num_classes))
        with torch.no_grad():
            self.layers(torch.zeros(1, in_channels, 28, 28))

    def forward(self, x):
        return self.layers(x)

# %% dataclass_module: A dataclass whose __post_init__ builds the layers.
from dataclasses import dataclass

@dataclass(eq=False, repr=False)
class SimpleCNN(nn.Module):
    in_channels: int = 1
    num_classes: int = 10

    def __post_init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(self.in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.linear = nn.Linear(1568, self.num_classes)

    def forward(self, x):
        for conv in (self.conv1, self.conv2):
            x = F.max_pool2d(torch.relu(conv(x)), kernel_size=2, stride=2)
        return self.linear(x.reshape(len(x), -1))

# %% add_module_loop: add_module in a loop and a loop over children().
class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        c = in_channels
        for i, width in enumerate([16, 32], start=1):
            self.add_module("conv%d" % i, nn.Conv2d(c, width, 3, padding=1))
            self.add_module("relu%d" % i, nn.ReLU(inplace=True))
            self.add_module("pool%d" % i, nn.MaxPool2d(2))
            c = width
        self.add_module("flat", nn.Flatten())
        self.add_module("fc", nn.Linear(c * 49, num_classes))

    def forward(self, x):
        for child in self.children():
            x = child(x)
        return x

# %% module_dict_and_setattr: A ModuleDict for the convolutions and setattr in a loop for the rest.
class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.convs = nn.ModuleDict({"first": nn.Conv2d(in_channels, 16, 3, padding=1), "second": nn.Conv2d(16, 32, 3, padding=1)})
        for name in ("pool_first", "pool_second"):
            setattr(self, name, nn.MaxPool2d(2))
        self.dense = nn.Linear(1568, num_classes)

    def forward(self, x):
        for name, conv in self.convs.items():
            x = getattr(self, f"pool_{name}")(conv(x).clamp(min=0))
        return self.dense(x.flatten(1))

# %% pool_before_relu: Pools before the ReLU, which gives the same as after it.
class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.relu = nn.ReLU()
        self.fc = nn.Linear(7 * 7 * 32, num_classes)

    def forward(self, x):
        out = self.relu(self.pool(self.conv1(x)))
        out = self.relu(self.pool(self.conv2(out)))
        return self.fc(out.flatten(1))

# %% channels_last_autocast_off: channels_last memory format inside and autocast switched off.
class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)).to(memory_format=torch.channels_last)
        self.head = nn.Linear(1568, num_classes)

    def forward(self, x):
        with torch.autocast(device_type=x.device.type, enabled=False):
            x = self.body(x.contiguous(memory_format=torch.channels_last))
            return self.head(x.contiguous().flatten(1))

# %% unfold_and_linear: Convolutions as nn.Linear over unfolded windows; the number of parameters is the same.
class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.l1 = nn.Linear(in_channels * 9, 16)
        self.l2 = nn.Linear(16 * 9, 32)
        self.l3 = nn.Linear(1568, num_classes)

    def stage(self, linear, x):
        n, _, h, w = x.shape
        columns = F.unfold(x, 3, padding=1).transpose(1, 2)
        maps = linear(columns).transpose(1, 2).reshape(n, -1, h, w)
        return F.max_pool2d(F.relu(maps), 2)

    def forward(self, x):
        x = self.stage(self.l1, x)
        x = self.stage(self.l2, x)
        return self.l3(x.reshape(x.shape[0], -1))

# %% linear_as_7x7_convolution: The linear layer is a 7x7 convolution without padding.
class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.trunk = nn.ModuleList([nn.Conv2d(in_channels, 16, 3, padding=1), nn.Conv2d(16, 32, 3, padding=1)])
        self.score = nn.Conv2d(32, num_classes, kernel_size=7)

    def forward(self, x):
        for conv in self.trunk:
            x = F.max_pool2d(conv(x).relu(), 2)
        return self.score(x)[:, :, 0, 0]

# %% class_made_by_type: The class is made by type() from functions.
def _init(self, in_channels=1, num_classes=10):
    nn.Module.__init__(self)
    self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
    self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
    self.fc = nn.Linear(1568, num_classes)

def _forward(self, x):
    p = lambda t: F.max_pool2d(F.relu(t), 2)
    return self.fc(p(self.conv2(p(self.conv1(x)))).flatten(1))

SimpleCNN = type("SimpleCNN", (nn.Module,), {"__init__": _init, "forward": _forward})

# %% functional_call_inside: torch.func.functional_call runs a template with its own parameters.
from torch.func import functional_call

class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.template = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1568, num_classes))

    def forward(self, x):
        weights = dict(self.template.named_parameters())
        return functional_call(self.template, weights, (x,))

# %% keras_style_with_call: TensorFlow style with build() and call().
class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.filters = (16, 32)
        self.build(input_shape=(None, in_channels, 28, 28), units=num_classes)

    def build(self, input_shape, units):
        self.conv_1 = nn.Conv2d(input_shape[1], self.filters[0], (3, 3), padding="same")
        self.conv_2 = nn.Conv2d(self.filters[0], self.filters[1], (3, 3), padding="same")
        self.max_pool = nn.MaxPool2d((2, 2))
        self.flatten = nn.Flatten()
        self.dense = nn.Linear(1568, units)
        nn.init.xavier_uniform_(self.conv_1.weight)   # glorot, as in Keras
        nn.init.xavier_uniform_(self.conv_2.weight)
        nn.init.xavier_uniform_(self.dense.weight)

    def call(self, inputs):
        x = self.max_pool(F.relu(self.conv_1(inputs)))
        x = self.max_pool(F.relu(self.conv_2(x)))
        return self.dense(self.flatten(x))

    def forward(self, x):
        return self.call(x)

# %% identity_parametrization: An identity parametrization on the linear weight keeps counts and values.
import torch.nn.utils.parametrize as parametrize

class _Same(nn.Module):
    def forward(self, w):
        return w

class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.fc = nn.Linear(1568, num_classes)
        parametrize.register_parametrization(self.fc, "weight", _Same())

    def forward(self, x):
        x = F.relu(F.max_pool2d(self.conv1(x), 2))
        x = F.relu(F.max_pool2d(self.conv2(x), 2))
        return self.fc(x.flatten(1))

# %% traced_by_jit: The features are traced by torch.jit.trace with an example.
class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        features = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
        self.features = torch.jit.trace(features, torch.zeros(2, in_channels, 28, 28), check_trace=False)
        self.classifier = nn.Linear(1568, num_classes)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))

# %% linear_split_in_two: The linear layer is split in two for the halves of the maps, the second without a bias; the number of parameters is the same.
class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.head_a = nn.Linear(784, num_classes)
        self.head_b = nn.Linear(784, num_classes, bias=False)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        a, b = x.chunk(2, dim=1)
        return self.head_a(a.flatten(1)) + self.head_b(b.flatten(1))
