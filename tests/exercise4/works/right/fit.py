# %% plain: The loop of the lecture.
def fit(model, train_loader, test_loader, epochs, optimizer, criterion, scheduler=None):
    history = {"train_loss": [], "test_loss": [], "test_accuracy": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, labels in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            count += len(labels)
        history["train_loss"].append(total / count)
        model.eval()
        total, correct, seen = 0.0, 0, 0
        with torch.no_grad():
            for images, labels in test_loader:
                logits = model(images)
                total += criterion(logits, labels).item() * len(labels)
                correct += (logits.argmax(1) == labels).sum().item()
                seen += len(labels)
        history["test_loss"].append(total / seen)
        history["test_accuracy"].append(correct / seen)
        if scheduler is not None:
            scheduler.step()
    return history

# %% set_grad_enabled: One loop over both phases with set_grad_enabled.
def fit(model, train_loader, test_loader, epochs, optimizer, criterion, scheduler=None):
    history = dict(train_loss=[], test_loss=[], test_accuracy=[])
    for _ in range(epochs):
        for phase, loader in (("train", train_loader), ("test", test_loader)):
            training = phase == "train"
            model.train(training)
            losses, sizes, hits = [], [], 0
            for x, y in loader:
                with torch.set_grad_enabled(training):
                    out = model(x)
                    loss = criterion(out, y)
                if training:
                    optimizer.zero_grad(set_to_none=True)
                    loss.backward()
                    optimizer.step()
                losses.append(loss.item())
                sizes.append(y.size(0))
                hits += int((out.max(dim=1).indices == y).sum())
            history[f"{phase}_loss"].append(float(np.average(losses, weights=sizes)))
        history["test_accuracy"].append(hits / sum(sizes))
        if scheduler:
            scheduler.step()
    return history

# %% helpers: Helper functions and a decorated test.
def one_epoch(model, loader, optimizer, criterion):
    model.train()
    total = n = 0
    for batch in loader:
        images, labels = batch
        loss = criterion(model(images), labels)
        model.zero_grad()
        loss.backward()
        optimizer.step()
        total += float(loss) * images.shape[0]
        n += images.shape[0]
    return total / n


@torch.no_grad()
def score(model, loader, criterion):
    model.eval()
    total, right, n = 0.0, 0, 0
    for images, labels in loader:
        out = model(images)
        total += criterion(out, labels).item() * labels.numel()
        right += torch.eq(out.argmax(dim=-1), labels).sum().item()
        n += labels.numel()
    return total / n, right / n


def fit(model, train_loader, test_loader, epochs, optimizer, criterion, scheduler=None):
    rows = []
    for _ in range(epochs):
        train_loss = one_epoch(model, train_loader, optimizer, criterion)
        rows.append((train_loss, *score(model, test_loader, criterion)))
        if scheduler is not None:
            scheduler.step()
    return {key: [row[i] for row in rows] for i, key in enumerate(["train_loss", "test_loss", "test_accuracy"])}

# %% training_mode_again: Puts the model back into training mode after each test, which nobody forbids.
def fit(model, train_loader, test_loader, epochs, optimizer, criterion, scheduler=None):
    history = {"train_loss": [], "test_loss": [], "test_accuracy": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, labels in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            count += len(labels)
        history["train_loss"].append(total / count)
        model.eval()
        total, correct, seen = 0.0, 0, 0
        with torch.no_grad():
            for images, labels in test_loader:
                logits = model(images)
                total += criterion(logits, labels).item() * len(labels)
                correct += (logits.argmax(1) == labels).sum().item()
                seen += len(labels)
        history["test_loss"].append(total / seen)
        history["test_accuracy"].append(correct / seen)
        model.train()
        if scheduler is not None:
            scheduler.step()
    return history

# %% tests_by_mask: All logits of the test are collected; zip of the mean losses.
def fit(model, train_loader, test_loader, epochs, optimizer, criterion, scheduler=None):
    history = {"train_loss": [], "test_loss": [], "test_accuracy": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, labels in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            count += len(labels)
        history["train_loss"].append(total / count)
        model.eval()
        total, correct, seen = 0.0, 0, 0
        with torch.no_grad():
            for images, labels in test_loader:
                logits = model(images)
                total += criterion(logits, labels).item() * len(labels)
                correct += int(np.count_nonzero(logits.argmax(dim=1).numpy() == labels.numpy()))
                seen += len(labels)
        history["test_loss"].append(total / seen)
        history["test_accuracy"].append(correct / seen)
        if scheduler is not None:
            scheduler.step()
    return history
