# %% plain: The loop of the lecture.
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
        history.append(total / count)
    return history

# %% randn_and_mse: torch.randn of the shape, F.mse_loss, batch instead of a pair, mean of weighted losses in numpy.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    model.train()
    for epoch in range(epochs):
        losses, sizes = [], []
        for batch in loader:
            images = batch[0]
            noise = torch.randn(images.shape) * noise_factor
            noisy = (images + noise).clip(0.0, 1.0)
            loss = F.mse_loss(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            sizes.append(images.shape[0])
        history.append(float(np.average(losses, weights=sizes)))
    return history

# %% normal_clone: torch.normal and clones; squared error by hand.
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    model.train()
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, _ in loader:
            noisy = images.clone()
            noisy += torch.normal(0.0, noise_factor, size=images.shape)
            noisy.clamp_(min=0, max=1)
            loss = ((model(noisy) - images) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history
