# %% sequential_main_and_shortcut: Main path and shortcut as Sequentials, no biases.
class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.main = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, stride=stride, padding=1, bias=False),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(out_channels),
        )
        if stride == 1 and in_channels == out_channels:
            self.shortcut = nn.Identity()
        else:
            self.shortcut = nn.Sequential(nn.Conv2d(in_channels, out_channels, 1, stride=stride, bias=False), nn.BatchNorm2d(out_channels))

    def forward(self, x):
        return F.relu(self.main(x) + self.shortcut(x))

# %% torchvision_style_downsample: torchvision's BasicBlock with downsample None, in-place ReLU.
class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super(ResidualBlock, self).__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, kernel_size=3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(out_channels, out_channels, kernel_size=3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.downsample = None
        if stride != 1 or in_channels != out_channels:
            self.downsample = nn.Sequential(
                nn.Conv2d(in_channels, out_channels, kernel_size=1, stride=stride, bias=False),
                nn.BatchNorm2d(out_channels))

    def forward(self, x):
        identity = x
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        if self.downsample is not None:
            identity = self.downsample(x)
        out += identity
        return self.relu(out)

# %% with_biases: All convolutions with biases, functional ReLU.
class ResidualBlock(nn.Module):
    def __init__(self, in_channels: int, out_channels: int, stride: int = 1):
        super().__init__()
        self.conv_a = nn.Conv2d(in_channels, out_channels, 3, stride, 1)
        self.norm_a = nn.BatchNorm2d(out_channels)
        self.conv_b = nn.Conv2d(out_channels, out_channels, 3, 1, 1)
        self.norm_b = nn.BatchNorm2d(out_channels)
        self.same = stride == 1 and in_channels == out_channels
        if not self.same:
            self.conv_s = nn.Conv2d(in_channels, out_channels, 1, stride)
            self.norm_s = nn.BatchNorm2d(out_channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        main = self.norm_b(self.conv_b(F.relu(self.norm_a(self.conv_a(x)))))
        shortcut = x if self.same else self.norm_s(self.conv_s(x))
        return F.relu(main + shortcut)

# %% empty_sequential_shortcut: An empty nn.Sequential is the identity.
class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        o = out_channels
        self.main = nn.Sequential(nn.Conv2d(in_channels, o, 3, stride, 1), nn.BatchNorm2d(o), nn.ReLU(), nn.Conv2d(o, o, 3, 1, 1), nn.BatchNorm2d(o))
        self.shortcut = nn.Sequential()
        if (in_channels, 1) != (out_channels, stride):
            self.shortcut.add_module("conv", nn.Conv2d(in_channels, o, 1, stride))
            self.shortcut.add_module("norm", nn.BatchNorm2d(o))

    def forward(self, x):
        return torch.relu(torch.add(self.main(x), self.shortcut(x)))

# %% shortcut_by_slicing: The 1x1 convolution with a stride as slicing and nn.Linear over channels.
class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.stride = stride
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        if stride != 1 or in_channels != out_channels:
            self.project = nn.Linear(in_channels, out_channels, bias=False)
            self.bn3 = nn.BatchNorm2d(out_channels)
        else:
            self.project = None

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.project is not None:
            s = x[:, :, ::self.stride, ::self.stride].movedim(1, 3)
            x = self.bn3(self.project(s).movedim(3, 1))
        return F.relu(x + y)

# %% hook_adds_the_shortcut: A forward hook adds the shortcut and applies ReLU.
def _add_shortcut(module, args, output):
    return torch.relu(output + module.shortcut(args[0]))

class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.main = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False), nn.BatchNorm2d(out_channels), nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, 1, 1, bias=False), nn.BatchNorm2d(out_channels))
        self.shortcut = nn.Identity() if stride == 1 and in_channels == out_channels else nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 1, stride, bias=False), nn.BatchNorm2d(out_channels))
        self.register_forward_hook(_add_shortcut)

    def forward(self, x):
        return self.main(x)

# %% compiled_main_path: The main path is compiled with the eager backend.
class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        main = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, stride=stride, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels))
        self.main = torch.compile(main, backend="eager", dynamic=True)
        needs_projection = stride > 1 or in_channels != out_channels
        self.short = nn.Sequential(nn.Conv2d(in_channels, out_channels, 1, stride=stride), nn.BatchNorm2d(out_channels)) if needs_projection else nn.Identity()

    def forward(self, x):
        return (self.main(x) + self.short(x)).relu()

# %% lazy_until_first_forward: LazyConv2d and LazyBatchNorm2d are left to the first forward.
class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.main = nn.Sequential(
            nn.LazyConv2d(out_channels, 3, stride=stride, padding=1, bias=False), nn.LazyBatchNorm2d(), nn.ReLU(),
            nn.LazyConv2d(out_channels, 3, padding=1, bias=False), nn.LazyBatchNorm2d())
        if stride == 1 and in_channels == out_channels:
            self.side = nn.Identity()
        else:
            self.side = nn.Sequential(nn.LazyConv2d(out_channels, 1, stride=stride, bias=False), nn.LazyBatchNorm2d())

    def forward(self, x):
        return F.relu(self.main(x) + self.side(x))

# %% module_dict_of_paths: A ModuleDict of two paths whose results are summed.
class ResidualBlock(nn.Module):
  def __init__(self, in_channels, out_channels, stride=1):
    super().__init__()
    self.paths = nn.ModuleDict()
    self.paths['main'] = nn.Sequential(
      nn.Conv2d(in_channels, out_channels, 3, padding=1, stride=stride, bias=False), nn.BatchNorm2d(out_channels), nn.ReLU(),
      nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False), nn.BatchNorm2d(out_channels))
    self.paths['shortcut'] = nn.Sequential(
      nn.Conv2d(in_channels, out_channels, 1, stride=stride, bias=False), nn.BatchNorm2d(out_channels)
    ) if stride != 1 or in_channels != out_channels else nn.Identity()

  def forward(self, x):
    return sum(path(x) for path in self.paths.values()).clamp(min=0)

# %% dataclass_block: A dataclass module.
from dataclasses import dataclass

@dataclass(eq=False, repr=False)
class ResidualBlock(nn.Module):
    in_channels: int
    out_channels: int
    stride: int = 1

    def __post_init__(self):
        super().__init__()
        i, o, s = self.in_channels, self.out_channels, self.stride
        self.conv1, self.bn1 = nn.Conv2d(i, o, 3, s, 1, bias=False), nn.BatchNorm2d(o)
        self.conv2, self.bn2 = nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o)
        self.shortcut = nn.Identity() if self.keeps_shape else nn.Sequential(nn.Conv2d(i, o, 1, s, bias=False), nn.BatchNorm2d(o))

    @property
    def keeps_shape(self):
        return self.stride == 1 and self.in_channels == self.out_channels

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + self.shortcut(x))

# %% functional_parameters: Bare convolution weights in a ParameterDict with torch's norms.
class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.stride = stride
        shapes = {"a": (out_channels, in_channels, 3, 3), "b": (out_channels, out_channels, 3, 3)}
        if stride != 1 or in_channels != out_channels:
            shapes["s"] = (out_channels, in_channels, 1, 1)
        self.w = nn.ParameterDict({k: nn.Parameter(nn.init.kaiming_normal_(torch.empty(shape))) for k, shape in shapes.items()})
        self.n = nn.ModuleDict({k: nn.BatchNorm2d(out_channels) for k in shapes})

    def forward(self, x):
        y = self.n["a"](F.conv2d(x, self.w["a"], stride=self.stride, padding=1))
        y = self.n["b"](F.conv2d(y.relu(), self.w["b"], padding=1))
        if "s" in self.w:
            x = self.n["s"](F.conv2d(x, self.w["s"], stride=self.stride))
        return torch.relu(x + y)

# %% scripted_main: The main path is a torch.jit.script module.
class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.main = torch.jit.script(nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False), nn.BatchNorm2d(out_channels), nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, 1, 1, bias=False), nn.BatchNorm2d(out_channels)))
        self.proj = None if stride == 1 and in_channels == out_channels else nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 1, stride, bias=False), nn.BatchNorm2d(out_channels))

    def forward(self, x):
        y = self.main(x)
        return F.relu(y + (x if self.proj is None else self.proj(x)))

# %% generic_residual_wrapper: A generic wrapper module adds what any module puts out.
class Residual(nn.Module):
    def __init__(self, inner, skip):
        super().__init__()
        self.inner, self.skip = inner, skip

    def forward(self, x):
        return self.inner(x) + self.skip(x)

def conv_bn(i, o, k, s=1):
    return nn.Conv2d(i, o, k, stride=s, padding=k // 2, bias=False), nn.BatchNorm2d(o)

class ResidualBlock(nn.Sequential):
    def __init__(self, in_channels, out_channels, stride=1):
        skip = nn.Sequential(*conv_bn(in_channels, out_channels, 1, stride)) if stride != 1 or in_channels != out_channels else nn.Identity()
        main = nn.Sequential(*conv_bn(in_channels, out_channels, 3, stride), nn.ReLU(), *conv_bn(out_channels, out_channels, 3))
        super().__init__(Residual(main, skip), nn.ReLU())

# %% beginner_print_comments: Verbose beginner style with an if in forward.
class ResidualBlock(nn.Module):
	def __init__(self, in_channels, out_channels, stride = 1):
		super(ResidualBlock, self).__init__()
		self.in_channels = in_channels
		self.out_channels = out_channels
		self.stride = stride
		self.first_conv = nn.Conv2d(in_channels, out_channels, kernel_size = 3, stride = stride, padding = 1)
		self.first_bn = nn.BatchNorm2d(out_channels)
		self.relu = nn.ReLU()
		self.second_conv = nn.Conv2d(out_channels, out_channels, kernel_size = 3, stride = 1, padding = 1)
		self.second_bn = nn.BatchNorm2d(out_channels)
		if self.in_channels != self.out_channels or self.stride != 1:
			self.shortcut_conv = nn.Conv2d(in_channels, out_channels, kernel_size = 1, stride = stride, padding = 0)
			self.shortcut_bn = nn.BatchNorm2d(out_channels)

	def forward(self, x):
		out = self.first_conv(x)
		out = self.first_bn(out)
		out = self.relu(out)
		out = self.second_conv(out)
		out = self.second_bn(out)
		# print("main", out.shape)
		if self.in_channels != self.out_channels or self.stride != 1:
			shortcut = self.shortcut_conv(x)
			shortcut = self.shortcut_bn(shortcut)
		else:
			shortcut = x
		# print("shortcut", shortcut.shape)
		out = out + shortcut
		out = self.relu(out)
		return out

# %% fx_traced_block: torch.fx traces the two paths.
import torch.fx

class _Paths(nn.Module):
    def __init__(self, main, short):
        super().__init__()
        self.main, self.short = main, short

    def forward(self, x):
        return torch.relu(self.main(x) + self.short(x))

class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        o = out_channels
        main = nn.Sequential(nn.Conv2d(in_channels, o, 3, stride, 1), nn.BatchNorm2d(o), nn.ReLU(), nn.Conv2d(o, o, 3, 1, 1), nn.BatchNorm2d(o))
        short = nn.Identity() if stride == 1 and in_channels == o else nn.Sequential(nn.Conv2d(in_channels, o, 1, stride), nn.BatchNorm2d(o))
        self.traced = torch.fx.symbolic_trace(_Paths(main, short))

    def forward(self, x):
        return self.traced(x)
