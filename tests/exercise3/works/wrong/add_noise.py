# %% uniform_noise: Draws uniform noise from [0, 1) instead of Gaussian noise.
def add_noise(images, noise_factor=0.5):
    noisy = images + noise_factor * torch.rand_like(images)
    return torch.clamp(noisy, 0.0, 1.0)

# %% centred_uniform_noise: Draws uniform noise with the right standard deviation instead of Gaussian noise.
def add_noise(images, noise_factor=0.5):
    u = (torch.rand(images.shape) - 0.5) * math.sqrt(12)
    return (images + noise_factor * u).clamp(0, 1)

# %% not_clamped: Does not clamp the noisy images to [0, 1].
def add_noise(images, noise_factor=0.5):
    noise = torch.randn_like(images) * noise_factor
    return images + noise

# %% clamped_from_minus_one: Clamps to [-1, 1] instead of [0, 1].
def add_noise(images, noise_factor=0.5):
    noisy = images + noise_factor * torch.randn(*images.shape)
    return torch.clip(noisy, -1, 1)

# %% clamped_below_only: Cuts off only the negative values and lets values above 1 pass.
def add_noise(images, noise_factor=0.5):
    return F.relu(images + torch.randn_like(images) * noise_factor)

# %% factor_is_variance: Takes noise_factor as the variance of the noise instead of its standard deviation.
def add_noise(images, noise_factor=0.5):
    std = noise_factor ** 0.5
    return (images + torch.randn_like(images) * std).clamp(0, 1)

# %% factor_squared: Scales the noise with the square of noise_factor.
def add_noise(images, noise_factor=0.5):
    noise = torch.normal(torch.zeros(images.shape), noise_factor ** 2)
    return (images + noise).clamp(0.0, 1.0)

# %% in_place_addition: Adds the noise to the images in place.
def add_noise(images, noise_factor=0.5):
    images += noise_factor * torch.randn_like(images)
    return torch.clamp(images, 0, 1)

# %% in_place_through_view: Works in place on a reshaped view, so the caller's images change when they are contiguous.
def add_noise(images, noise_factor=0.5):
    flat = images.reshape(-1)
    flat.add_(torch.randn(flat.numel()), alpha=noise_factor).clamp_(0, 1)
    return flat.reshape(images.shape)

# %% seeded_each_call: Seeds torch's generator in each call, so the noise is always the same and the random state of others is reset.
def add_noise(images, noise_factor=0.5):
    torch.manual_seed(0)
    noise = torch.randn_like(images)
    return torch.clamp(images + noise_factor * noise, min=0, max=1)

# %% own_generator_same_noise: Makes a generator with a fixed seed in each call, so the noise is not fresh.
def add_noise(images, noise_factor=0.5):
    gen = torch.Generator().manual_seed(1234)
    noise = torch.randn(images.shape, generator=gen)
    return (images + noise * noise_factor).clamp(0, 1)

# %% noise_shared_by_batch: Draws one noise picture and adds it to all images of the batch.
def add_noise(images, noise_factor=0.5):
    noise = torch.randn(images.shape[1:])
    return (images + noise_factor * noise).clamp(0, 1)

# %% noise_shared_by_last_axis: Draws one value per row and broadcasts it over the last axis.
def add_noise(images, noise_factor=0.5):
    noise = torch.randn(*images.shape[:-1], 1) * noise_factor
    out = images + noise
    return out.clamp(0, 1)

# %% factor_ignored: Ignores noise_factor and always uses 0.5 unless it is 0.
def add_noise(images, noise_factor=0.5):
    if noise_factor == 0:
        return images.clamp(0, 1)
    return torch.clamp(images + 0.5 * torch.randn_like(images), 0, 1)

# %% zero_becomes_default: Writes noise_factor or 0.5, so a factor of 0 gives noise.
def add_noise(images, noise_factor=None):
    std = noise_factor or 0.5
    return torch.clamp(images + std * torch.randn_like(images), 0, 1)

# %% noise_clamped_instead_of_sum: Clamps the noise to [0, 1] before adding it, and not the sum.
def add_noise(images, noise_factor=0.5):
    noise = (noise_factor * torch.randn_like(images)).clamp(0, 1)
    return images + noise

# %% rescaled_instead_of_clamped: Rescales the noisy images linearly to [0, 1] when they leave it, instead of clamping.
def add_noise(images, noise_factor=0.5):
    noisy = images + noise_factor * torch.randn_like(images)
    lo, hi = noisy.min(), noisy.max()
    if lo < 0 or hi > 1:
        noisy = (noisy - lo) / (hi - lo)
    return noisy

# %% multiplicative_noise: Multiplies the noise with the images, so black pixels stay black.
def add_noise(images, noise_factor=0.5):
    return (images * (1 + noise_factor * torch.randn_like(images))).clamp(0, 1)

# %% two_in_place_and_variance: Takes noise_factor as the variance, and clamps the images in place.
def add_noise(images, noise_factor=0.5):
    noise = torch.randn_like(images) * math.sqrt(noise_factor)
    images.add_(noise)
    return images.clamp_(0, 1)

# %% two_positive_noise_and_default: Uses the absolute value of the noise so it only brightens, and has the default factor 0.2.
def add_noise(images, noise_factor=0.2):
    noise = torch.randn_like(images).abs() * noise_factor
    return torch.clamp(images + noise, 0.0, 1.0)
