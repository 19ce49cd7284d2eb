# %% mean_and_var_textbook: mean and var over (0, 2, 3) with views of shape (1, C, 1, 1).
class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        if self.training:
            mean = x.mean(dim=(0, 2, 3))
            var = x.var(dim=(0, 2, 3), unbiased=False)
            n = x.numel() / x.shape[1]
            with torch.no_grad():
                self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
                self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var * n / (n - 1)
        else:
            mean, var = self.running_mean, self.running_var
        x_hat = (x - mean[None, :, None, None]) / torch.sqrt(var[None, :, None, None] + self.eps)
        return self.weight[None, :, None, None] * x_hat + self.bias[None, :, None, None]

# %% var_mean_and_lerp: torch.var_mean and lerp_ for the running statistics.
class BatchNorm2d(nn.Module):
    def __init__(self, num_features: int, eps: float = 1e-5, momentum: float = 0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))
        self.register_buffer("num_batches_tracked", torch.tensor(0, dtype=torch.long))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.training:
            var, mean = torch.var_mean(x, dim=(0, 2, 3), correction=0)
            with torch.no_grad():
                n = x.numel() // x.size(1)
                self.running_mean.lerp_(mean, self.momentum)
                self.running_var.lerp_(var * (n / (n - 1)), self.momentum)
                self.num_batches_tracked += 1
        else:
            mean, var = self.running_mean, self.running_var
        scale = self.weight * torch.rsqrt(var + self.eps)
        shift = self.bias - mean * scale
        return x * scale.view(-1, 1, 1) + shift.view(-1, 1, 1)

# %% channels_flattened: Moves channels first and flattens everything else.
class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        n, c, h, w = x.shape
        flat = x.transpose(0, 1).reshape(c, -1)
        if self.training:
            mean = flat.mean(1, keepdim=True)
            centered = flat - mean
            var = (centered ** 2).mean(1, keepdim=True)
            m = flat.shape[1]
            self.running_mean.mul_(1 - self.momentum).add_(self.momentum * mean.detach().flatten())
            self.running_var.mul_(1 - self.momentum).add_(self.momentum * var.detach().flatten() * m / (m - 1))
        else:
            centered = flat - self.running_mean[:, None]
            var = self.running_var[:, None]
        y = centered / (var + self.eps).sqrt() * self.weight[:, None] + self.bias[:, None]
        return y.reshape(c, n, h, w).transpose(0, 1)

# %% einsum_statistics: Means by einsum, the variance of the centred maps by einsum.
class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super(BatchNorm2d, self).__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.full((num_features,), 1.0))
        self.bias = nn.Parameter(torch.full((num_features,), 0.0))
        self.register_buffer('running_mean', torch.zeros(num_features))
        self.register_buffer('running_var', torch.ones(num_features))

    def forward(self, x):
        col = lambda v: v.reshape(1, self.num_features, 1, 1)
        if self.training:
            count = x.shape[0] * x.shape[2] * x.shape[3]
            mu = torch.einsum("nchw->c", x) / count
            d = x - col(mu)
            sigma2 = torch.einsum("nchw,nchw->c", d, d) / count
            with torch.no_grad():
                self.running_mean.copy_(self.running_mean * (1 - self.momentum) + mu * self.momentum)
                self.running_var.copy_(self.running_var * (1 - self.momentum) + sigma2 * count / (count - 1) * self.momentum)
        else:
            d = x - col(self.running_mean)
            sigma2 = self.running_var
        return torch.einsum("nchw,c->nchw", d, self.weight / torch.sqrt(sigma2 + self.eps)) + col(self.bias)

# %% two_variances_by_torch: torch.var with correction 0 to normalise and with correction 1 for the running variance.
class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        axes = (0, 2, 3)
        if self.training:
            mean = x.mean(axes, keepdim=True)
            biased = x.var(axes, correction=0, keepdim=True)
            unbiased = x.var(axes, correction=1)
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach().squeeze(3).squeeze(2).squeeze(0)
            self.running_var = (1 - m) * self.running_var + m * unbiased.detach()
        else:
            mean = self.running_mean.view(1, -1, 1, 1)
            biased = self.running_var.view(1, -1, 1, 1)
        y = (x - mean) / torch.sqrt(biased + self.eps)
        return y * self.weight.view(1, -1, 1, 1) + self.bias.view(1, -1, 1, 1)

# %% two_paths_methods: Separate methods for training and eval and one for normalising.
class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        return self._forward_train(x) if self.training else self._forward_eval(x)

    def _forward_train(self, x):
        mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
        self._track(mean.detach(), x.detach().var((0, 2, 3), unbiased=True))
        return self._normalise(x, mean, var)

    def _forward_eval(self, x):
        return self._normalise(x, self.running_mean, self.running_var)

    @torch.no_grad()
    def _track(self, mean, var):
        for buffer, value in ((self.running_mean, mean), (self.running_var, var)):
            buffer += self.momentum * (value - buffer)

    def _normalise(self, x, mean, var):
        shape = (1, x.size(1), 1, 1)
        std = (var + self.eps).pow(0.5)
        return (x - mean.view(shape)) / std.view(shape) * self.weight.view(shape) + self.bias.view(shape)

# %% loop_over_channels: A loop over the channels, each normalised on its own, then stacked.
class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        outputs = []
        for c in range(x.shape[1]):
            channel = x[:, c, :, :]
            if self.training:
                number_of_values = channel.numel()
                mean = channel.sum() / number_of_values
                variance = ((channel - mean) ** 2).sum() / number_of_values
                unbiased_variance = variance * number_of_values / (number_of_values - 1)
                with torch.no_grad():
                    self.running_mean[c] = (1 - self.momentum) * self.running_mean[c] + self.momentum * mean
                    self.running_var[c] = (1 - self.momentum) * self.running_var[c] + self.momentum * unbiased_variance
            else:
                # clone: the buffers may change before backward
                mean = self.running_mean[c].clone()
                variance = self.running_var[c].clone()
            normalised = (channel - mean) / torch.sqrt(variance + self.eps)
            outputs.append(self.weight[c] * normalised + self.bias[c])
        return torch.stack(outputs, dim=1)

# %% autograd_function_by_hand: A torch.autograd.Function with the backward pass by hand.
class _Normalise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, eps):
        var, mean = torch.var_mean(x, (0, 2, 3), correction=0, keepdim=True)
        inv = (var + eps).rsqrt()
        xhat = (x - mean) * inv
        ctx.save_for_backward(xhat, inv)
        ctx.mark_non_differentiable(mean, var)
        return xhat, mean, var

    @staticmethod
    def backward(ctx, g, _m, _v):
        xhat, inv = ctx.saved_tensors
        axes = (0, 2, 3)
        return inv * (g - g.mean(axes, keepdim=True) - xhat * (g * xhat).mean(axes, keepdim=True)), None

class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        if self.training:
            xhat, mean, var = _Normalise.apply(x, self.eps)
            n = x.numel() // x.shape[1]
            self.running_mean += self.momentum * (mean.flatten() - self.running_mean)
            self.running_var += self.momentum * (var.flatten() * n / (n - 1) - self.running_var)
        else:
            xhat = (x - self.running_mean[:, None, None]) * (self.running_var + self.eps).rsqrt()[:, None, None]
        return xhat * self.weight[:, None, None] + self.bias[:, None, None]

# %% double_precision_statistics: Statistics in float64, the result in the type of x.
class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps = float(eps)
        self.momentum = float(momentum)
        self.register_parameter("weight", nn.Parameter(torch.ones(num_features)))
        self.register_parameter("bias", nn.Parameter(torch.zeros(num_features)))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        z = x.double()
        if self.training:
            var, mean = torch.var_mean(z, (0, 2, 3), correction=0)
            n = z.numel() // z.shape[1]
            with torch.no_grad():
                self.running_mean.mul_(1 - self.momentum).add_(mean.to(self.running_mean.dtype), alpha=self.momentum)
                self.running_var.mul_(1 - self.momentum).add_((var * n / (n - 1)).to(self.running_var.dtype), alpha=self.momentum)
        else:
            mean, var = self.running_mean.double(), self.running_var.double()
        z = (z - mean.reshape(1, -1, 1, 1)) / torch.sqrt(var + self.eps).reshape(1, -1, 1, 1)
        z = z * self.weight.reshape(1, -1, 1, 1) + self.bias.reshape(1, -1, 1, 1)
        return z.to(x.dtype)

# %% buffers_by_loop: Buffers and parameters are registered in a loop over a dictionary.
class BatchNorm2d(nn.Module):
  def __init__(self, num_features, eps=1e-5, momentum=0.1):
    super().__init__()
    self.eps, self.momentum = eps, momentum
    for name, make in {'weight': torch.ones, 'bias': torch.zeros}.items():
      setattr(self, name, nn.Parameter(make(num_features)))
    for name, make in {'running_mean': torch.zeros, 'running_var': torch.ones}.items():
      self.register_buffer(name, make(num_features))

  def forward(self, x):
    mean, var = self.running_mean, self.running_var
    if self.training:
      mean = x.mean(dim=[0, 2, 3])
      var = ((x - mean.reshape(1, -1, 1, 1)) ** 2).mean(dim=[0, 2, 3])
      n = x[:, 0].numel()
      for name, value in (('running_mean', mean), ('running_var', var * n / (n - 1))):
        old = getattr(self, name)
        setattr(self, name, (1 - self.momentum) * old + self.momentum * value.detach())
    mean, std = mean.reshape(1, -1, 1, 1), (var + self.eps).sqrt().reshape(1, -1, 1, 1)
    return (x - mean) / std * self.weight.reshape(1, -1, 1, 1) + self.bias.reshape(1, -1, 1, 1)

# %% channels_last_by_permute: Permutes to channels last, where broadcasting needs no views.
class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        x = x.permute(0, 2, 3, 1)
        if self.training:
            flat = x.reshape(-1, x.shape[-1])
            mean, var = flat.mean(0), flat.var(0, unbiased=False)
            with torch.no_grad():
                self.running_mean += self.momentum * (flat.mean(0) - self.running_mean)
                self.running_var += self.momentum * (flat.var(0) - self.running_var)
        else:
            mean, var = self.running_mean, self.running_var
        y = (x - mean) / (var + self.eps) ** 0.5 * self.weight + self.bias
        return y.permute(0, 3, 1, 2).contiguous()

# %% dataclass_module: A dataclass module with fields for its settings.
from dataclasses import dataclass

@dataclass(eq=False)
class BatchNorm2d(nn.Module):
    num_features: int
    eps: float = 1e-5
    momentum: float = 0.1

    def __post_init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(self.num_features))
        self.bias = nn.Parameter(torch.zeros(self.num_features))
        self.register_buffer("running_mean", torch.zeros(self.num_features))
        self.register_buffer("running_var", torch.ones(self.num_features))

    def statistics(self, x):
        if not self.training:
            return self.running_mean, self.running_var
        mean = x.mean((0, 2, 3))
        var = x.var((0, 2, 3), correction=0)
        n = x.numel() // self.num_features
        self.running_mean = torch.lerp(self.running_mean, mean.detach(), self.momentum)
        self.running_var = torch.lerp(self.running_var, var.detach() * (n / (n - 1)), self.momentum)
        return mean, var

    def forward(self, x):
        mean, var = (s.view(1, -1, 1, 1) for s in self.statistics(x))
        return torch.addcmul(self.bias.view(-1, 1, 1), (x - mean) * torch.rsqrt(var + self.eps), self.weight.view(-1, 1, 1))

# %% vmap_over_channels: torch.vmap normalises one channel and maps over axis 1.
class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        if self.training:
            mean, var = torch.vmap(lambda c: (c.mean(), c.var(correction=0)), in_dims=1)(x)
            n = x.numel() // x.shape[1]
            with torch.no_grad():
                self.running_mean.add_((mean - self.running_mean) * self.momentum)
                self.running_var.add_((var * (n / (n - 1)) - self.running_var) * self.momentum)
        else:
            mean, var = self.running_mean, self.running_var
        one = lambda c, m, v, w, b: (c - m) / torch.sqrt(v + self.eps) * w + b
        return torch.vmap(one, in_dims=(1, 0, 0, 0, 0), out_dims=1)(x, mean, var, self.weight, self.bias)

# %% compiled_forward: torch.compile with the eager backend decorates forward.
class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    @torch.compile(backend="eager", dynamic=True)
    def forward(self, x):
        if self.training:
            mean = x.mean((0, 2, 3))
            var = x.var((0, 2, 3), correction=0)
            n = x.shape[0] * x.shape[2] * x.shape[3]
            with torch.no_grad():
                self.running_mean.mul_(1 - self.momentum).add_(mean, alpha=self.momentum)
                self.running_var.mul_(1 - self.momentum).add_(var * n / (n - 1), alpha=self.momentum)
        else:
            mean, var = self.running_mean, self.running_var
        w, b = self.weight[:, None, None], self.bias[:, None, None]
        return (x - mean[:, None, None]) / torch.sqrt(var[:, None, None] + self.eps) * w + b

# %% std_with_correction: torch.std for normalising, with eps added to its square.
class BatchNorm2d(nn.Module):
	def __init__(self, num_features, eps=1e-5, momentum=0.1):
		super().__init__()
		self.eps = eps
		self.momentum = momentum
		self.weight = nn.Parameter(torch.ones(num_features))
		self.bias = nn.Parameter(torch.zeros(num_features))
		self.register_buffer("running_mean", torch.zeros(num_features))
		self.register_buffer("running_var", torch.ones(num_features))

	def forward(self, x):
		if self.training:
			mean = x.mean((0, 2, 3), keepdim=True)
			var = torch.square(x - mean).mean((0, 2, 3), keepdim=True)
			with torch.no_grad():
				std = x.transpose(0, 1).flatten(1).std(1)
				self.running_mean = self.running_mean * (1 - self.momentum) + mean.flatten() * self.momentum
				self.running_var = self.running_var * (1 - self.momentum) + std ** 2 * self.momentum
		else:
			mean = self.running_mean.reshape(1, -1, 1, 1)
			var = self.running_var.reshape(1, -1, 1, 1)
		return (x - mean) / torch.sqrt(var + self.eps) * self.weight.reshape(1, -1, 1, 1) + self.bias.reshape(1, -1, 1, 1)

# %% training_true_default_with_guard: A guard keeps the running variance finite for a single value per channel, as well as type checks.
class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        if not isinstance(num_features, int) or num_features < 1:
            raise ValueError("num_features must be a positive int")
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def extra_repr(self):
        return f"{self.num_features}, eps={self.eps}, momentum={self.momentum}"

    def forward(self, x):
        if x.dim() != 4:
            raise ValueError(f"expected 4 axes, got {x.dim()}")
        if x.size(1) != self.num_features:
            raise ValueError(f"expected {self.num_features} channels, got {x.size(1)}")
        if self.training:
            mean = x.mean(dim=(0, 2, 3))
            var = x.var(dim=(0, 2, 3), unbiased=False)
            n = x.size(0) * x.size(2) * x.size(3)
            with torch.no_grad():
                self.running_mean.mul_(1 - self.momentum).add_(mean, alpha=self.momentum)
                self.running_var.mul_(1 - self.momentum).add_(var, alpha=self.momentum * n / max(n - 1, 1))
        else:
            mean, var = self.running_mean, self.running_var
        inv_std = torch.rsqrt(var + self.eps)
        return (x - mean.view(1, -1, 1, 1)) * (inv_std * self.weight).view(1, -1, 1, 1) + self.bias.view(1, -1, 1, 1)

# %% hook_updates_running_statistics: A forward pre-hook computes the statistics and updates the running ones.
def _statistics(module, args):
    (x,) = args
    if module.training:
        var, mean = torch.var_mean(x, (0, 2, 3), correction=0, keepdim=True)
        n = x.numel() // x.shape[1]
        with torch.no_grad():
            module.running_mean.lerp_(mean.flatten(), module.momentum)
            module.running_var.lerp_(var.flatten() * n / (n - 1), module.momentum)
    else:
        mean, var = module.running_mean.view(1, -1, 1, 1), module.running_var.view(1, -1, 1, 1)
    return x, mean, var

class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))
        self.register_forward_pre_hook(_statistics)

    def forward(self, x, mean, var):
        return (x - mean) * (var + self.eps).rsqrt() * self.weight.view(1, -1, 1, 1) + self.bias.view(1, -1, 1, 1)
