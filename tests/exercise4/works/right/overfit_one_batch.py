# %% plain: The loop of the lecture.
def overfit_one_batch(model, images, labels, steps):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    criterion = nn.CrossEntropyLoss()
    losses = []
    model.train()
    for _ in range(steps):
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% functional: F.cross_entropy, set_to_none, a list filled in advance.
def overfit_one_batch(model, images, labels, steps):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2, betas=(0.9, 0.999))
    losses = [0.0] * steps
    model.train()
    for i in range(steps):
        model.zero_grad(set_to_none=True)
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        losses[i] = float(loss.detach())
    return losses

# %% log_softmax: nll_loss of log_softmax; zero_grad after the step.
def overfit_one_batch(model, images, labels, steps):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    losses = []
    model.train()
    optimizer.zero_grad()
    for _ in range(steps):
        loss = F.nll_loss(model(images).log_softmax(-1), labels)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return losses
