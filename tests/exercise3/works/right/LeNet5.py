# %% one_sequential: One nn.Sequential.
class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
            nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, num_classes))

    def forward(self, x):
        return self.net(x)

# %% classic_attributes: C1, C3, C5, F6 as in the paper, functional tanh and pooling.
class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super(LeNet5, self).__init__()
        self.c1 = nn.Conv2d(1, 6, kernel_size=5)
        self.c3 = nn.Conv2d(6, 16, kernel_size=5)
        self.c5 = nn.Linear(16 * 5 * 5, 120)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, num_classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.c3(x)), 2)
        x = torch.flatten(x, 1)
        x = torch.tanh(self.c5(x))
        x = torch.tanh(self.f6(x))
        return self.output(x)

# %% c5_as_convolution: C5 is a 5x5 convolution to 120 channels, as in the paper; the number of parameters is the same.
class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
            nn.Conv2d(16, 120, 5), nn.Tanh())
        self.head = nn.Sequential(nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, num_classes))

    def forward(self, x):
        return self.head(self.features(x)[:, :, 0, 0])

# %% traced_by_jit: torch.jit.trace of the whole network with an example.
class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        net = nn.Sequential(
            nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
            nn.Flatten(1), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, num_classes))
        self.net = torch.jit.trace(net, torch.zeros(2, 1, 32, 32), check_trace=False)

    def forward(self, x):
        return self.net(x)

# %% scripted: torch.jit.script of the convolutional part.
class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv = torch.jit.script(nn.Sequential(nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2)))
        self.dense = nn.Sequential(nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, num_classes))

    def forward(self, x):
        return self.dense(self.conv(x).flatten(1))

# %% checkpoint_stages: torch.utils.checkpoint around three parts.
from torch.utils.checkpoint import checkpoint_sequential

class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.stages = nn.Sequential(
            nn.Sequential(nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2)),
            nn.Sequential(nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten()),
            nn.Sequential(nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh()))
        self.last = nn.Linear(84, num_classes)

    def forward(self, x):
        return self.last(checkpoint_sequential(self.stages, 3, x, use_reentrant=False))

# %% compiled_forward: torch.compile with the eager backend on forward.
class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, num_classes)

    @torch.compile(backend="eager", dynamic=True)
    def forward(self, x):
        for conv in (self.conv1, self.conv2):
            x = F.avg_pool2d(conv(x).tanh(), 2)
        x = x.flatten(1)
        for fc in (self.fc1, self.fc2):
            x = fc(x).tanh()
        return self.fc3(x)

# %% dataclass_module: A dataclass module.
from dataclasses import dataclass

@dataclass(eq=False, repr=False)
class LeNet5(nn.Module):
    num_classes: int = 10

    def __post_init__(self):
        super().__init__()
        self.maps = nn.ModuleList([nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)])
        self.units = nn.ModuleList([nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, self.num_classes)])

    def forward(self, x):
        for conv in self.maps:
            x = F.avg_pool2d(torch.tanh(conv(x)), 2)
        x = x.flatten(1)
        *hidden, last = self.units
        for unit in hidden:
            x = torch.tanh(unit(x))
        return last(x)

# %% ordered_dict_subclass: Subclasses nn.Sequential with an OrderedDict.
from collections import OrderedDict

class LeNet5(nn.Sequential):
    def __init__(self, num_classes: int = 10):
        super().__init__(OrderedDict(
            c1=nn.Conv2d(1, 6, 5), t1=nn.Tanh(), s2=nn.AvgPool2d(2),
            c3=nn.Conv2d(6, 16, 5), t3=nn.Tanh(), s4=nn.AvgPool2d(2), flat=nn.Flatten(),
            c5=nn.Linear(400, 120), t5=nn.Tanh(), f6=nn.Linear(120, 84), t6=nn.Tanh(), out=nn.Linear(84, num_classes)))

# %% tanh_by_hooks: Forward hooks apply tanh after each layer but the last.
def _tanh(module, args, output):
    return output.tanh()

class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 6, 5), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.AvgPool2d(2), nn.Flatten(),
            nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, num_classes))
        for index in (0, 2, 5, 6):
            self.layers[index].register_forward_hook(_tanh)

    def forward(self, x):
        return self.layers(x)

# %% bare_matrices: Bare parameters; x @ W + b with W of shape (in, out) and xavier initialisation.
class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        def weight(*shape):
            return nn.Parameter(nn.init.xavier_uniform_(torch.empty(*shape)))
        def bias(n):
            return nn.Parameter(torch.zeros(n))
        self.k1, self.b1 = weight(6, 1, 5, 5), bias(6)
        self.k2, self.b2 = weight(16, 6, 5, 5), bias(16)
        self.w3, self.b3 = weight(400, 120), bias(120)
        self.w4, self.b4 = weight(120, 84), bias(84)
        self.w5, self.b5 = weight(84, num_classes), bias(num_classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(F.conv2d(x, self.k1, self.b1)), 2)
        x = F.avg_pool2d(torch.tanh(F.conv2d(x, self.k2, self.b2)), 2)
        x = x.flatten(1)
        x = torch.tanh(x @ self.w3 + self.b3)
        x = torch.tanh(x @ self.w4 + self.b4)
        return x @ self.w5 + self.b5

# %% lazy_materialised: Lazy layers, materialised by a dummy picture in the constructor.
class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.model = nn.Sequential(
            nn.LazyConv2d(6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.LazyConv2d(16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(),
            nn.LazyLinear(120), nn.Tanh(), nn.LazyLinear(84), nn.Tanh(), nn.LazyLinear(num_classes))
        with torch.no_grad():
            self.model(torch.zeros(1, 1, 32, 32))

    def forward(self, x):
        return self.model(x)

# %% tanh_as_sigmoid: Builds tanh from the sigmoid and the average pooling from a reshape.
class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc = nn.ModuleList([nn.Linear(400, 120), nn.Linear(120, 84)])
        self.last = nn.Linear(84, num_classes)

    @staticmethod
    def squash(x):
        return 2 * torch.sigmoid(2 * x) - 1

    @staticmethod
    def halve(x):
        n, c, h, w = x.shape
        return x.reshape(n, c, h // 2, 2, w // 2, 2).mean((3, 5))

    def forward(self, x):
        x = self.halve(self.squash(self.conv1(x)))
        x = self.halve(self.squash(self.conv2(x)))
        x = x.flatten(1)
        for fc in self.fc:
            x = self.squash(fc(x))
        return self.last(x)

# %% orthogonal_initialisation: Orthogonal initialisation, add_module in a loop, reduce in forward.
from functools import reduce

class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        parts = [nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2, 2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2, 2),
                 nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, num_classes)]
        for i, part in enumerate(parts):
            if hasattr(part, "weight"):
                nn.init.orthogonal_(part.weight) if not part.weight.is_meta else None
            self.add_module(f"layer{i:02d}", part)

    def forward(self, x):
        return reduce(lambda y, layer: layer(y), self.children(), x)

# %% fx_traced: torch.fx traces the network.
from torch.fx import symbolic_trace

class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        conv = [nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2)]
        dense = [nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, num_classes)]
        self.graph = symbolic_trace(nn.Sequential(*conv, *dense))

    def forward(self, x):
        return self.graph(x)

# %% tensor_subclass_inside: A Tensor subclass counts the layers inside, the result is a plain tensor.
class Annotated(torch.Tensor):
    pass

class LeNet5(nn.Module):
	def __init__(self, num_classes=10):
		super().__init__()
		self.c1 = nn.Conv2d(1, 6, 5)
		self.c2 = nn.Conv2d(6, 16, 5)
		self.l1 = nn.Linear(400, 120)
		self.l2 = nn.Linear(120, 84)
		self.l3 = nn.Linear(84, num_classes)

	def forward(self, x):
		x = x.as_subclass(Annotated)
		x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
		x = F.avg_pool2d(torch.tanh(self.c2(x)), 2)
		x = x.flatten(1)
		x = torch.tanh(self.l1(x))
		x = torch.tanh(self.l2(x))
		return self.l3(x).as_subclass(torch.Tensor)

# %% average_pool_fused_in_convolution: The second pooling is a depthwise convolution with a fixed kernel in a buffer.
class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.register_buffer("quarter", torch.full((16, 1, 2, 2), 0.25), persistent=False)
        self.fc = nn.Sequential(nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, num_classes))

    def forward(self, x):
        x = nn.functional.avg_pool2d(self.conv1(x).tanh(), kernel_size=2)
        x = F.conv2d(self.conv2(x).tanh(), self.quarter, stride=2, groups=16)
        return self.fc(x.flatten(1))

# %% identity_parametrization_everywhere: An identity parametrization on every weight keeps counts and values.
from torch.nn.utils.parametrize import register_parametrization

class Unchanged(nn.Module):
    def forward(self, w):
        return w

class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(),
            nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, num_classes))
        for layer in list(self.net):
            if isinstance(layer, (nn.Conv2d, nn.Linear)):
                register_parametrization(layer, "weight", Unchanged())

    def forward(self, x):
        return self.net(x)

# %% functional_call_of_template: torch.func.functional_call runs a template with its own parameters.
from torch.func import functional_call

class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.skeleton = nn.Sequential(
            nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(),
            nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, num_classes))

    def forward(self, x):
        return functional_call(self.skeleton, {name: p for name, p in self.skeleton.named_parameters()}, args=(x,))

# %% second_convolution_in_two_halves: The second convolution is split in two of eight output channels each; the number of parameters is the same.
class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2a = nn.Conv2d(6, 8, 5)
        self.conv2b = nn.Conv2d(6, 8, 5)
        self.pool = nn.AvgPool2d(2)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, num_classes)

    def forward(self, x):
        x = self.pool(torch.tanh(self.conv1(x)))
        x = torch.cat([self.conv2a(x), self.conv2b(x)], dim=1)
        x = self.pool(torch.tanh(x)).flatten(1)
        x = torch.tanh(self.fc1(x))
        x = torch.tanh(self.fc2(x))
        return self.fc3(x)
