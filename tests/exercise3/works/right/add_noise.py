# %% randn_like_clamp: randn_like and clamp.
def add_noise(images, noise_factor=0.5):
    noisy = images + noise_factor * torch.randn_like(images)
    return torch.clamp(noisy, 0.0, 1.0)

# %% torch_normal_mean: torch.normal with the images as means.
def add_noise(images, noise_factor=0.5):
    return torch.normal(mean=images, std=noise_factor).clamp(min=0, max=1)

# %% randn_of_shape: torch.randn of the shape, in keyword style.
def add_noise(images: torch.Tensor, noise_factor: float = 0.5) -> torch.Tensor:
    noise = torch.randn(size=images.shape, dtype=images.dtype, device=images.device)
    noisy_images = images.add(noise, alpha=noise_factor)
    return noisy_images.clip(0, 1)

# %% clone_and_inplace: Clones the images and works in place on the clone.
def add_noise(images, noise_factor=0.5):
    result = images.clone()
    result += torch.empty_like(result).normal_() * noise_factor
    result.clamp_(0, 1)
    return result

# %% numpy_generator: A fresh numpy generator draws the noise.
def add_noise(images, noise_factor=0.5):
    rng = np.random.default_rng()
    noise = rng.normal(0.0, noise_factor, size=tuple(images.shape)).astype(np.float32)
    return (images + torch.from_numpy(noise)).clamp(0, 1)

# %% normal_distribution_object: torch.distributions.Normal(0, 1).sample.
from torch.distributions import Normal

def add_noise(images, noise_factor=0.5):
    standard = Normal(torch.zeros_like(images), torch.ones_like(images))
    return torch.clamp(images + noise_factor * standard.sample(), min=0.0, max=1.0)

# %% own_generator_seeded_by_system: An own torch.Generator, seeded by the system at each call.
def add_noise(images, noise_factor=0.5):
    generator = torch.Generator()
    generator.seed()
    noise = torch.randn(images.shape, generator=generator) * noise_factor
    return (images + noise).clamp(0, 1)

# %% box_muller: Box-Muller from uniform numbers, where the logarithm of zero cannot occur.
def add_noise(images, noise_factor=0.5):
    u = 1 - torch.rand(images.shape, dtype=torch.float64)
    v = torch.rand(images.shape, dtype=torch.float64)
    gauss = torch.sqrt(-2 * torch.log(u)) * torch.cos(2 * math.pi * v)
    return (images + noise_factor * gauss.to(images.dtype)).clamp(0.0, 1.0)

# %% minimum_maximum: torch.minimum and torch.maximum instead of clamp.
def add_noise(images, noise_factor=0.5):
    zero, one = torch.zeros_like(images), torch.ones_like(images)
    noisy = images + torch.randn_like(images) * noise_factor
    return torch.maximum(zero, torch.minimum(one, noisy))

# %% where_masks_no_grad: Masks by torch.where under no_grad, in verbose style.
@torch.no_grad()
def add_noise(images, noise_factor = 0.5):
    mean = 0.0
    noise = torch.randn(images.size())
    noise = noise * noise_factor + mean
    noisy = images + noise
    noisy = torch.where(noisy < 0, torch.zeros_like(noisy), noisy)
    noisy = torch.where(noisy > 1, torch.ones_like(noisy), noisy)
    # plt.imshow(noisy[0, 0])
    return noisy

# %% callable_object_hardtanh: A callable object, clamped by F.hardtanh.
class _Noise:
    def __call__(self, images, noise_factor=0.5):
        return F.hardtanh(torch.add(images, torch.randn_like(images), alpha=noise_factor), min_val=0.0, max_val=1.0)

add_noise = _Noise()

# %% noise_in_double_precision: Draws the noise with numpy in float64, and the result is float64.
def add_noise(images, noise_factor=0.5):
    noise = np.random.normal(0.0, noise_factor, size=tuple(images.shape))
    return torch.clamp(images + torch.from_numpy(np.asarray(noise)), 0.0, 1.0)
