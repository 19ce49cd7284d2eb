# %% train_once: Training mode is set once, before the epochs.
def fit(model, train_loader, test_loader, epochs, optimizer, criterion, scheduler=None):
    history = {"train_loss": [], "test_loss": [], "test_accuracy": []}
    model.train()
    for epoch in range(epochs):
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

# %% gradients_pile_up: Gradients are never zeroed.
def fit(model, train_loader, test_loader, epochs, optimizer, criterion, scheduler=None):
    history = {"train_loss": [], "test_loss": [], "test_accuracy": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, labels in train_loader:
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

# %% no_eval: Tests in training mode.
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

# %% no_no_grad: Tests with gradients.
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
        if True:
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

# %% train_mean_per_batch: The training loss is the mean over batches.
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
            total += loss.item()
            count += 1
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

# %% test_mean_per_batch: The test loss is the mean over batches.
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
                total += criterion(logits, labels).item()
                correct += (logits.argmax(1) == labels).sum().item()
                seen += len(labels)
        history["test_loss"].append(total / len(test_loader))
        history["test_accuracy"].append(correct / seen)
        if scheduler is not None:
            scheduler.step()
    return history

# %% scheduler_per_batch: The scheduler is stepped after each batch.
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
            if scheduler is not None:
                scheduler.step()
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
    return history

# %% scheduler_ignored: The scheduler is never stepped.
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
    return history

# %% scheduler_before_training: The scheduler is stepped at the start of the epoch.
def fit(model, train_loader, test_loader, epochs, optimizer, criterion, scheduler=None):
    history = {"train_loss": [], "test_loss": [], "test_accuracy": []}
    for epoch in range(epochs):
        model.train()
        if scheduler is not None:
            scheduler.step()
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
    return history

# %% accuracy_per_batch: The accuracy is the mean of those of the batches.
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
                correct += (logits.argmax(1) == labels).float().mean().item()
                seen += len(labels)
        history["test_loss"].append(total / seen)
        history["test_accuracy"].append(correct / len(test_loader))
        if scheduler is not None:
            scheduler.step()
    return history

# %% accuracy_percent: The accuracy in percent.
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
        history["test_accuracy"].append(100 * correct / seen)
        if scheduler is not None:
            scheduler.step()
    return history

# %% tests_once: Tests only after the last epoch.
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
        if epoch < epochs - 1:
            if scheduler is not None:
                scheduler.step()
            continue
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

# %% own_criterion: Cross-entropy whatever the criterion is.
def fit(model, train_loader, test_loader, epochs, optimizer, criterion, scheduler=None):
    history = {"train_loss": [], "test_loss": [], "test_accuracy": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, labels in train_loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
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
                total += F.cross_entropy(logits, labels).item() * len(labels)
                correct += (logits.argmax(1) == labels).sum().item()
                seen += len(labels)
        history["test_loss"].append(total / seen)
        history["test_accuracy"].append(correct / seen)
        if scheduler is not None:
            scheduler.step()
    return history

# %% train_loss_after: The training loss is computed anew after the step.
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
            total += criterion(model(images), labels).item() * len(labels)
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

# %% test_on_train: Tests with the training loader.
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
            for images, labels in train_loader:
                logits = model(images)
                total += criterion(logits, labels).item() * len(labels)
                correct += (logits.argmax(1) == labels).sum().item()
                seen += len(labels)
        history["test_loss"].append(total / seen)
        history["test_accuracy"].append(correct / seen)
        if scheduler is not None:
            scheduler.step()
    return history

# %% one_step_per_epoch: One step for each epoch, after all batches.
def fit(model, train_loader, test_loader, epochs, optimizer, criterion, scheduler=None):
    history = {"train_loss": [], "test_loss": [], "test_accuracy": []}
    for epoch in range(epochs):
        model.train()
        optimizer.zero_grad()
        total, count = 0.0, 0
        for images, labels in train_loader:
            loss = criterion(model(images), labels)
            loss.backward()
            total += loss.item() * len(labels)
            count += len(labels)
        optimizer.step()
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

# %% images_scaled_in_place: Shifts the test images in place.
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
                images += 0.1
                logits = model(images)
                total += criterion(logits, labels).item() * len(labels)
                correct += (logits.argmax(1) == labels).sum().item()
                seen += len(labels)
        history["test_loss"].append(total / seen)
        history["test_accuracy"].append(correct / seen)
        if scheduler is not None:
            scheduler.step()
    return history

# %% plateau_step: Hands the test loss to scheduler.step.
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
            scheduler.step(history["test_loss"][-1])
    return history

# %% clears_first_epoch_only: Zeroes the gradients once per epoch.
def fit(model, train_loader, test_loader, epochs, optimizer, criterion, scheduler=None):
    history = {"train_loss": [], "test_loss": [], "test_accuracy": []}
    for epoch in range(epochs):
        model.train()
        optimizer.zero_grad()
        total, count = 0.0, 0
        for images, labels in train_loader:
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

# %% losses_with_graph: The training losses are tensors with their graph.
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
            total = total + loss * len(labels)
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

# %% mode_by_first_epoch: model.eval() only in the first epoch.
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
        if epoch == 0:
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

# %% last_test_batch: The accuracy is that of the last batch.
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
                correct = (logits.argmax(1) == labels).sum().item()
                seen += len(labels)
        history["test_loss"].append(total / seen)
        history["test_accuracy"].append(correct / len(labels))
        if scheduler is not None:
            scheduler.step()
    return history

# %% gradients_off_for_good: torch.set_grad_enabled(False) without a way back for the caller.
def fit(model, train_loader, test_loader, epochs, optimizer, criterion, scheduler=None):
    history = {"train_loss": [], "test_loss": [], "test_accuracy": []}
    for epoch in range(epochs):
        model.train()
        torch.set_grad_enabled(True)
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
        torch.set_grad_enabled(False)
        if True:
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
