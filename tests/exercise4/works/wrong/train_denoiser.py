# %% noise_not_limited: The noisy images are not limited to [0, 1].
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = images + noise_factor * torch.randn_like(images)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% uniform_noise: Uniform noise.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * (torch.rand_like(images) - 0.5) * 12**0.5, 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% positive_noise: Noise of mean noise_factor / 2, from rand.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.rand_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% noise_is_the_target: The target is the noisy image.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), noisy)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% clean_input: The model gets the clean images.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(images), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% mean_per_batch: The mean over batches.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
            count += 1
        history.append(total / count)
    return history

# %% gradients_pile_up: Gradients are never zeroed.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% l1: The mean absolute error.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.L1Loss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% factor_half_fixed: The noise is 0.5 whatever noise_factor is.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + 0.5 * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% variance: noise_factor is the variance.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor**0.5 * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% in_place_noise: Adds the noise to the images of the caller in place.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            clean = images.clone()
            noisy = images.add_(noise_factor * torch.randn_like(images)).clamp_(0, 1)
            loss = criterion(model(noisy), clean)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% same_noise: The same seed before each batch, so that the noise is not drawn anew.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            torch.manual_seed(0)
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% no_train: Never puts the model into training mode.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% last_batch_loss: The loss of the last batch of each epoch.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(loss.item())
    return history

# %% total_grows: The sum is never reset, so the mean is one over all epochs.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    total, count = 0.0, 0
    for epoch in range(epochs):
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% sgd: SGD in place of Adam.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% lr_fixed: The learning rate is always 0.001.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% noise_for_one_image: One noise image for the whole batch.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images[:1]), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% clamp_only_noise: Limits the noise, not the sum.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = images + torch.clamp(noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% adamw: AdamW in place of Adam.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% losses_with_graph: Tensors with their graph in the result.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% default_factor: The default of noise_factor is 0.3.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.3):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = torch.clamp(images + noise_factor * torch.randn_like(images), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history

# %% noise_once_per_epoch_images: One noise for each batch index, kept for all epochs.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    history = []
    kept = {}
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for number, (images, _) in enumerate(loader):
            noisy = torch.clamp(images + noise_factor * kept.setdefault(number, torch.randn_like(images)), 0, 1)
            loss = criterion(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history
