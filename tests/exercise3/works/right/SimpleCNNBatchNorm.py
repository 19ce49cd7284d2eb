# %% sequential_with_own_norm: One nn.Sequential with the own BatchNorm2d.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1568, num_classes))

    def forward(self, x):
        return self.net(x)

# %% attributes_and_torch_norm: Attributes with torch's nn.BatchNorm2d and functional calls.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super(SimpleCNNBatchNorm, self).__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(32)
        self.fc = nn.Linear(32 * 7 * 7, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return self.fc(torch.flatten(x, 1))

# %% stage_helper_method: A static helper builds one stage.
class SimpleCNNBatchNorm(nn.Module):
    @staticmethod
    def stage(i, o):
        return nn.Sequential(nn.Conv2d(i, o, kernel_size=3, padding=1), BatchNorm2d(o), nn.ReLU(), nn.MaxPool2d(kernel_size=2))

    def __init__(self, in_channels: int = 1, num_classes: int = 10):
        super().__init__()
        self.features = nn.Sequential(self.stage(in_channels, 16), self.stage(16, 32))
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(1568, num_classes))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classifier(self.features(x))

# %% ordered_dict_subclass: Subclasses nn.Sequential with an OrderedDict.
from collections import OrderedDict

class SimpleCNNBatchNorm(nn.Sequential):
    def __init__(self, in_channels=1, num_classes=10):
        layers = OrderedDict()
        for n, (i, o) in enumerate([(in_channels, 16), (16, 32)], 1):
            layers[f"conv{n}"] = nn.Conv2d(i, o, 3, padding=1)
            layers[f"norm{n}"] = BatchNorm2d(o)
            layers[f"relu{n}"] = nn.ReLU()
            layers[f"pool{n}"] = nn.MaxPool2d(2)
        layers["flatten"] = nn.Flatten()
        layers["linear"] = nn.Linear(1568, num_classes)
        super().__init__(layers)

# %% norm_and_relu_in_hook: A forward hook on each convolution applies norm, ReLU and pooling that hang on the convolution.
def _finish(conv, args, output):
    return F.max_pool2d(F.relu(conv.norm(output)), 2)

class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.convs = nn.Sequential(nn.Conv2d(in_channels, 16, 3, padding=1), nn.Conv2d(16, 32, 3, padding=1))
        for conv in self.convs:
            conv.norm = nn.BatchNorm2d(conv.out_channels)
            conv.register_forward_hook(_finish)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        return self.fc(self.convs(x).flatten(1))

# %% compiled_with_eager_backend: The Sequential is compiled with the eager backend.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.model = torch.compile(nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1568, num_classes)), backend="eager")

    def forward(self, x):
        return self.model(x)

# %% scripted_stages: Stages are torch.jit.script modules with torch's norm.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.one = torch.jit.script(nn.Sequential(nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2)))
        self.two = torch.jit.script(nn.Sequential(nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2)))
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        return self.fc(self.two(self.one(x)).flatten(1))

# %% fx_traced: The network is traced by torch.fx.
from torch import fx

class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        net = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2))
        self.body = fx.symbolic_trace(net)
        self.head = nn.Linear(1568, num_classes)

    def forward(self, x):
        return self.head(self.body(x).reshape(-1, 1568))

# %% zip_of_module_lists: ModuleLists of convolutions and norms, walked by zip.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        widths = (in_channels, 16, 32)
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in zip(widths, widths[1:]))
        self.norms = nn.ModuleList(BatchNorm2d(b) for b in widths[1:])
        self.output = nn.Linear(in_features=1568, out_features=num_classes)

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = norm(conv(x)).relu()
            x = F.max_pool2d(x, 2)
        return self.output(x.flatten(1))

# %% lazy_layers_materialised: LazyConv2d, LazyBatchNorm2d and LazyLinear, materialised in eval mode by the constructor.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.LazyConv2d(16, 3, padding=1), nn.LazyBatchNorm2d(), nn.ReLU(), nn.MaxPool2d(2),
            nn.LazyConv2d(32, 3, padding=1), nn.LazyBatchNorm2d(), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.LazyLinear(num_classes)).eval()
        with torch.no_grad():
            self.net(torch.zeros(1, in_channels, 28, 28))
        self.net.train()

    def forward(self, x):
        return self.net(x)

# %% parameters_and_f_batch_norm: Bare parameters, buffers, F.conv2d, F.batch_norm and F.linear.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        def new(*shape):
            t = torch.empty(*shape)
            nn.init.kaiming_uniform_(t, a=math.sqrt(5))
            return nn.Parameter(t)
        def small(n, fan_in):
            return nn.Parameter((torch.rand(n) * 2 - 1) / math.sqrt(fan_in))
        self.k1, self.c1 = new(16, in_channels, 3, 3), small(16, 9 * in_channels)
        self.g1, self.h1 = nn.Parameter(torch.ones(16)), nn.Parameter(torch.zeros(16))
        self.k2, self.c2 = new(32, 16, 3, 3), small(32, 144)
        self.g2, self.h2 = nn.Parameter(torch.ones(32)), nn.Parameter(torch.zeros(32))
        self.w, self.b = new(num_classes, 1568), small(num_classes, 1568)
        for n, c in ((1, 16), (2, 32)):
            self.register_buffer(f"mean{n}", torch.zeros(c))
            self.register_buffer(f"var{n}", torch.ones(c))

    def forward(self, x):
        x = F.conv2d(x, self.k1, self.c1, padding=1)
        x = F.batch_norm(x, self.mean1, self.var1, self.g1, self.h1, self.training)
        x = F.max_pool2d(F.relu(x), 2)
        x = F.conv2d(x, self.k2, self.c2, padding=1)
        x = F.batch_norm(x, self.mean2, self.var2, self.g2, self.h2, self.training)
        x = F.max_pool2d(F.relu(x), 2)
        return F.linear(x.flatten(1), self.w, self.b)

# %% inserted_into_plain_layers: Builds the plain list first and inserts the norms into it.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        layers = [nn.Conv2d(in_channels, 16, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1568, num_classes)]
        for index in (3, 0):
            layers.insert(index + 1, BatchNorm2d(layers[index].out_channels))
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)

# %% verbose_beginner: Verbose beginner style, one operation per line, in 2-space indentation.
class SimpleCNNBatchNorm(nn.Module):
  def __init__(self, in_channels = 1, num_classes = 10):
    super(SimpleCNNBatchNorm, self).__init__()
    self.convolution_1 = nn.Conv2d(in_channels, 16, kernel_size = 3, stride = 1, padding = 1)
    self.batch_norm_1 = BatchNorm2d(16)
    self.relu_1 = nn.ReLU()
    self.pool_1 = nn.MaxPool2d(kernel_size = 2, stride = 2)
    self.convolution_2 = nn.Conv2d(16, 32, kernel_size = 3, stride = 1, padding = 1)
    self.batch_norm_2 = BatchNorm2d(32)
    self.relu_2 = nn.ReLU()
    self.pool_2 = nn.MaxPool2d(kernel_size = 2, stride = 2)
    self.linear = nn.Linear(32 * 7 * 7, num_classes)

  def forward(self, x):
    x1 = self.convolution_1(x)
    x2 = self.batch_norm_1(x1)
    x3 = self.relu_1(x2)
    x4 = self.pool_1(x3)
    # print(x4.shape)
    x5 = self.convolution_2(x4)
    x6 = self.batch_norm_2(x5)
    x7 = self.relu_2(x6)
    x8 = self.pool_2(x7)
    # print(x8.shape)
    batch_size = x8.shape[0]
    x9 = x8.reshape(batch_size, 32 * 7 * 7)
    logits = self.linear(x9)
    return logits

# %% module_dict_with_names: A ModuleDict whose names decide what happens.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.m = nn.ModuleDict({
            "conv_a": nn.Conv2d(in_channels, 16, 3, padding=1), "norm_a": nn.BatchNorm2d(16),
            "conv_b": nn.Conv2d(16, 32, 3, padding=1), "norm_b": nn.BatchNorm2d(32),
            "fc": nn.Linear(1568, num_classes)})

    def forward(self, x):
        for stage in "ab":
            x = self.m["conv_" + stage](x)
            x = self.m["norm_" + stage](x)
            x = F.max_pool2d(x.clamp(min=0.0), (2, 2))
        return self.m["fc"](x.flatten(start_dim=1))

# %% linear_with_matmul: The head is a matrix W of shape (in, out) with x @ W + b.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.convs = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2))
        self.W = nn.Parameter(torch.randn(1568, num_classes) / 1568 ** 0.5)
        self.b = nn.Parameter(torch.zeros(num_classes))

    def forward(self, x):
        return self.convs(x).flatten(1) @ self.W + self.b

# %% kaiming_and_channels_last: kaiming initialisation and channels_last inside.
class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.c1, self.n1 = nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16)
        self.c2, self.n2 = nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32)
        self.fc = nn.Linear(1568, num_classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight)

    def forward(self, x):
        x = x.to(memory_format=torch.channels_last)
        for conv, norm in ((self.c1, self.n1), (self.c2, self.n2)):
            x = F.max_pool2d(F.relu(norm(conv(x))), 2)
        return self.fc(x.permute(0, 2, 3, 1).movedim(-1, 1).reshape(x.size(0), -1))

# %% maxpool_then_relu_after_norm: Norm, then pooling, then ReLU, which gives the same as ReLU before pooling.
class SimpleCNNBatchNorm(nn.Module):
	def __init__(self, in_channels=1, num_classes=10):
		super().__init__()
		self.features = nn.Sequential(
			nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.MaxPool2d(2), nn.ReLU(),
			nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.MaxPool2d(2), nn.ReLU())
		self.fc = nn.Linear(1568, num_classes)

	def forward(self, x):
		return self.fc(self.features(x).flatten(1))

# %% functional_call_with_buffers: torch.func.functional_call with the parameters of a template, whose buffers stay its own.
from torch.func import functional_call

class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.template = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1568, num_classes))

    def forward(self, x):
        return functional_call(self.template, dict(self.template.named_parameters()), (x,))
