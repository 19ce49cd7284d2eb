# %% one_sequential: All six layers in one nn.Sequential.
class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.block = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU(inplace=True),
            nn.Conv2d(out_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU(inplace=True))

    def forward(self, x):
        return self.block(x)

# %% attributes_functional_relu: Attributes and F.relu.
class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super(ConvBlock, self).__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, kernel_size=3, padding=1)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, kernel_size=3, padding=1)
        self.bn2 = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.relu(self.bn2(self.conv2(x)))
        return x

# %% sequential_subclass: Subclasses nn.Sequential with a helper for one half.
def _half(i, o):
    return [nn.Conv2d(i, o, 3, 1, 1), nn.BatchNorm2d(o), nn.ReLU()]

class ConvBlock(nn.Sequential):
    def __init__(self, in_channels, out_channels):
        super().__init__(*_half(in_channels, out_channels), *_half(out_channels, out_channels))

# %% module_list_pairs: A ModuleList of (conv, norm) pairs in a loop.
class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.steps = nn.ModuleList()
        for c in (in_channels, out_channels):
            self.steps.append(nn.ModuleList([nn.Conv2d(c, out_channels, 3, padding="same"), nn.BatchNorm2d(out_channels)]))

    def forward(self, x):
        for conv, norm in self.steps:
            x = norm(conv(x)).relu()
        return x

# %% one_shared_relu_module: A single nn.ReLU is used twice.
class ConvBlock(nn.Module):
    def __init__(self, in_channels: int, out_channels: int):
        super().__init__()
        self.conv_a = nn.Conv2d(in_channels=in_channels, out_channels=out_channels, kernel_size=(3, 3), stride=1, padding=(1, 1), bias=True)
        self.norm_a = nn.BatchNorm2d(num_features=out_channels)
        self.conv_b = nn.Conv2d(in_channels=out_channels, out_channels=out_channels, kernel_size=(3, 3), stride=1, padding=(1, 1), bias=True)
        self.norm_b = nn.BatchNorm2d(num_features=out_channels)
        self.act = nn.ReLU()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out = self.act(self.norm_a(self.conv_a(x)))
        return self.act(self.norm_b(self.conv_b(out)))

# %% bare_parameters_and_f_batch_norm: Bare parameters and buffers with F.conv2d and F.batch_norm.
class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        for i, c in enumerate((in_channels, out_channels), 1):
            w = torch.empty(out_channels, c, 3, 3)
            nn.init.kaiming_uniform_(w, a=5 ** 0.5)
            bound = 1 / (9 * c) ** 0.5
            self.register_parameter(f"w{i}", nn.Parameter(w))
            self.register_parameter(f"b{i}", nn.Parameter(torch.empty(out_channels).uniform_(-bound, bound)))
            self.register_parameter(f"g{i}", nn.Parameter(torch.ones(out_channels)))
            self.register_parameter(f"s{i}", nn.Parameter(torch.zeros(out_channels)))
            self.register_buffer(f"m{i}", torch.zeros(out_channels))
            self.register_buffer(f"v{i}", torch.ones(out_channels))

    def forward(self, x):
        for i in "12":
            get = lambda n: getattr(self, n + i)
            x = F.conv2d(x, get("w"), get("b"), padding=1)
            x = F.batch_norm(x, get("m"), get("v"), get("g"), get("s"), training=self.training)
            x = F.relu(x)
        return x

# %% compiled_inside: The Sequential is wrapped by torch.compile with the eager backend.
class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        net = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU())
        self.net = torch.compile(net, backend="eager", dynamic=True)

    def forward(self, x):
        return self.net(x)

# %% hooks_do_the_activation: Forward hooks on the norms apply ReLU.
def _activate(module, args, output):
    return torch.relu(output)

class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels),
            nn.Conv2d(out_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels))
        self.layers[1].register_forward_hook(_activate)
        self.layers[3].register_forward_hook(_activate)

    def forward(self, x):
        return self.layers(x)

# %% lazy_materialised_at_once: LazyConv2d and LazyBatchNorm2d, materialised in eval mode in the constructor.
class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.layers = nn.Sequential(
            nn.LazyConv2d(out_channels, 3, padding=1), nn.LazyBatchNorm2d(), nn.ReLU(),
            nn.LazyConv2d(out_channels, 3, padding=1), nn.LazyBatchNorm2d(), nn.ReLU())
        self.layers.eval()
        with torch.no_grad():
            self.layers(torch.zeros(1, in_channels, 4, 4))
        self.layers.train()

    def forward(self, x):
        return self.layers(x)

# %% dataclass_with_new: A dataclass module whose __new__ prepares nn.Module.
from dataclasses import dataclass

@dataclass(eq=False, repr=False)
class ConvBlock(nn.Module):
    in_channels: int
    out_channels: int

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        nn.Module.__init__(self)
        return self

    def __post_init__(self):
        o = self.out_channels
        self.first = nn.Sequential(nn.Conv2d(self.in_channels, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU())
        self.second = nn.Sequential(nn.Conv2d(o, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU())

    def forward(self, x):
        return self.second(self.first(x))

# %% fx_traced: torch.fx traces the block that a factory builds.
from torch.fx import symbolic_trace

def _make(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU(), nn.Conv2d(o, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU())

class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.traced = symbolic_trace(_make(in_channels, out_channels))

    def forward(self, x):
        return self.traced(x)

# %% nested_class_unit: A nested class for conv-norm-relu, used twice.
class ConvBlock(nn.Module):
    class Unit(nn.Module):
        def __init__(self, a, b):
            super().__init__()
            self.conv = nn.Conv2d(a, b, 3, padding=1)
            self.norm = nn.BatchNorm2d(b)

        def forward(self, x):
            return self.norm(self.conv(x)).clamp_min(0)

    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.unit1 = self.Unit(in_channels, out_channels)
        self.unit2 = self.Unit(out_channels, out_channels)

    def forward(self, x):
        return self.unit2(self.unit1(x))

# %% explicit_zero_padding_layer: nn.ZeroPad2d before convolutions without padding.
class ConvBlock(nn.Module):
	def __init__(self, in_channels, out_channels):
		super().__init__()
		self.pad = nn.ZeroPad2d(1)
		self.c1 = nn.Conv2d(in_channels, out_channels, 3)
		self.n1 = nn.BatchNorm2d(out_channels)
		self.c2 = nn.Conv2d(out_channels, out_channels, 3)
		self.n2 = nn.BatchNorm2d(out_channels)

	def forward(self, x):
		x = torch.relu(self.n1(self.c1(self.pad(x))))
		return torch.relu(self.n2(self.c2(self.pad(x))))

# %% module_dict_order: A ModuleDict whose order is the order of the layers.
class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.schicht = nn.ModuleDict()
        for nr, breite in ((1, in_channels), (2, out_channels)):
            self.schicht[f"faltung{nr}"] = nn.Conv2d(breite, out_channels, 3, padding=1)
            self.schicht[f"norm{nr}"] = nn.BatchNorm2d(out_channels)
            self.schicht[f"relu{nr}"] = nn.ReLU()

    def forward(self, x):
        for schicht in self.schicht.values():
            x = schicht(x)
        return x

# %% kaiming_initialised: Own initialisation, kaiming for weights and zero for biases, by apply().
class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.double_conv = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
        )
        self.apply(self._init)

    @staticmethod
    def _init(m):
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
            nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.double_conv(x)

# %% norm_registered_first: The norms are registered before the convolutions, in a functools.reduce forward.
from functools import reduce

class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.norms = nn.ModuleList([nn.BatchNorm2d(out_channels) for _ in range(2)])
        self.convs = nn.ModuleList([nn.Conv2d(c, out_channels, 3, padding=1) for c in (in_channels, out_channels)])

    def forward(self, x):
        return reduce(lambda t, pair: F.relu(pair[1](pair[0](t))), zip(self.convs, self.norms), x)

# %% scripted_subblocks: Two torch.jit.script modules, one after the other.
class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.a = torch.jit.script(nn.Sequential(nn.Conv2d(in_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU()))
        self.b = torch.jit.script(nn.Sequential(nn.Conv2d(out_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU()))

    def forward(self, x):
        return self.b(self.a(x))
