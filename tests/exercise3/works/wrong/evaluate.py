# %% left_in_eval_mode: Leaves the model in eval mode when it was in training mode before.
def evaluate(model, loader, device="cpu"):
    model.eval()
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            pred = model(images).argmax(dim=1)
            correct += (pred == labels).sum().item()
            total += len(labels)
    return correct / total

# %% always_back_to_train: Puts the model into training mode at the end, also when it came in eval mode.
def evaluate(model, loader, device="cpu"):
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for x, y in loader:
            x, y = x.to(device), y.to(device)
            correct += (model(x).argmax(1) == y).sum().item()
            total += y.size(0)
    model.train()
    return correct / total

# %% mode_read_after_eval: Remembers the mode only after model.eval(), so it always restores eval mode.
def evaluate(model, loader, device="cpu"):
    model.eval()
    was_training = model.training
    n_right, n = 0, 0
    with torch.no_grad():
        for x, y in loader:
            out = model(x.to(device))
            n_right += int((out.argmax(1) == y.to(device)).sum())
            n += len(y)
    model.train(was_training)
    return n_right / n

# %% restores_inverted_mode: Restores the mode with a negated condition, so both modes come back wrong.
def evaluate(model, loader, device="cpu"):
    training = model.training
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for x, y in loader:
            x, y = x.to(device), y.to(device)
            correct += (model(x).argmax(1) == y).sum().item()
            total += len(y)
    model.train(not training)
    return correct / total

# %% no_eval_mode: Never switches to eval mode, so BatchNorm and dropout act as in training.
@torch.no_grad()
def evaluate(model, loader, device="cpu"):
    correct, total = 0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        preds = model(images).max(dim=1).indices
        correct += preds.eq(labels).sum().item()
        total += labels.numel()
    return correct / total

# %% gradients_recorded: Runs the model with gradients switched on.
def evaluate(model, loader, device="cpu"):
    mode = model.training
    model.eval()
    correct, total = 0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        _, predicted = torch.max(model(images).data, 1)
        correct += (predicted == labels).sum().item()
        total += labels.size(0)
    model.train(mode)
    return correct / total

# %% grad_switched_off_globally: Turns gradients off with torch.set_grad_enabled(False) and never on again.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    torch.set_grad_enabled(False)
    hits, n = 0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        hits += (model(x).argmax(-1) == y).sum().item()
        n += len(y)
    model.train(was_training)
    return hits / n

# %% parameters_frozen: Avoids gradients by setting requires_grad to False on the parameters, and leaves them so.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    for p in model.parameters():
        p.requires_grad = False
    right, n = 0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        right += (model(x).argmax(dim=1) == y).sum().item()
        n += x.shape[0]
    if was_training:
        model.train()
    return right / n

# %% grad_flags_all_true_after: Freezes the parameters for the evaluation and sets all of them to requires_grad=True afterwards, also those that were frozen before.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    model.requires_grad_(False)
    right, n = 0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        right += (model(x).argmax(dim=1) == y).sum().item()
        n += x.shape[0]
    model.requires_grad_(True)
    model.train(was_training)
    return right / n

# %% mean_of_batch_accuracies: Averages the accuracies of the batches, so a smaller last batch counts too much.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    accs = []
    with torch.no_grad():
        for images, labels in loader:
            pred = model(images.to(device)).argmax(1)
            accs.append((pred == labels.to(device)).float().mean().item())
    model.train(was_training)
    return sum(accs) / len(accs)

# %% percent: Returns percent from 0 to 100 instead of a fraction from 0 to 1.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for x, y in loader:
            x, y = x.to(device), y.to(device)
            correct += (model(x).argmax(1) == y).sum().item()
            total += y.size(0)
    model.train(was_training)
    return 100.0 * correct / total

# %% largest_magnitude_wins: Takes the class whose logit is largest in absolute value.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for x, y in loader:
            scores = model(x.to(device)).abs()
            correct += scores.argmax(dim=1).eq(y.to(device)).sum().item()
            total += len(y)
    model.train(was_training)
    return correct / total

# %% maximum_starts_at_zero: Searches the maximum in a loop that starts at 0, so class 0 is the answer whenever all logits are negative.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            logits = model(images.to(device)).tolist()
            for row, label in zip(logits, labels.tolist()):
                best, best_value = 0, 0.0
                for k, value in enumerate(row):
                    if value > best_value:
                        best, best_value = k, value
                correct += best == label
                total += 1
    model.train(was_training)
    return correct / total

# %% broadcast_comparison: Compares predictions of shape (N, 1) with labels of shape (N,), which broadcasts to all pairs.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            pred = model(images).argmax(dim=1, keepdim=True)
            correct += (pred == labels).sum().item()
            total += labels.size(0)
    model.train(was_training)
    return correct / total

# %% squeezes_the_logits: Squeezes the logits before taking the maximum over axis 1, which fails when a batch has a single sample.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            logits = model(images).squeeze()
            correct += (logits.max(1)[1] == labels).sum().item()
            total += labels.size(0)
    model.train(was_training)
    return correct / total

# %% mode_restored_inside_loop: Restores the mode at the end of each batch, so all batches but the first run in training mode.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    correct, total = 0, 0
    for images, labels in loader:
        with torch.no_grad():
            logits = model(images.to(device))
        correct += (logits.argmax(1) == labels.to(device)).sum().item()
        total += labels.size(0)
        model.train(was_training)
    return correct / total

# %% divides_by_dataset_length: Divides by len(loader.dataset), which is too many with a sampler or drop_last and fails for a list of batches.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    correct = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            correct += model(images).argmax(1).eq(labels).sum().item()
    model.train(was_training)
    return correct / len(loader.dataset)

# %% nominal_batch_size: Counts all answers as number of batches times the size of the first batch.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    correct, n_batches, bs = 0, 0, 0
    with torch.no_grad():
        for images, labels in loader:
            bs = bs or len(labels)
            correct += (model(images.to(device)).argmax(1) == labels.to(device)).sum().item()
            n_batches += 1
    model.train(was_training)
    return correct / (n_batches * bs)

# %% rounded_accuracy: Rounds the accuracy to two decimals.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for x, y in loader:
            correct += (model(x.to(device)).argmax(1) == y.to(device)).sum().item()
            total += len(y)
    model.train(was_training)
    return round(correct / total, 2)

# %% mean_of_class_accuracies: Returns the mean of the accuracies per class instead of right answers over all answers.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    hits, counts = {}, {}
    with torch.no_grad():
        for x, y in loader:
            pred = model(x.to(device)).argmax(1).cpu()
            for p, t in zip(pred.tolist(), y.tolist()):
                counts[t] = counts.get(t, 0) + 1
                hits[t] = hits.get(t, 0) + (p == t)
    model.train(was_training)
    return sum(hits[c] / counts[c] for c in counts) / len(counts)

# %% confident_answers_only: Counts an answer as right only if its softmax probability is above one half.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for x, y in loader:
            x, y = x.to(device), y.to(device)
            conf, pred = torch.softmax(model(x), dim=1).max(dim=1)
            correct += ((pred == y) & (conf > 0.5)).sum().item()
            total += len(y)
    model.train(was_training)
    return correct / total

# %% two_percent_and_left_in_eval: Returns percent, and leaves the model in eval mode.
@torch.no_grad()
def evaluate(model, loader, device="cpu"):
    model.eval()
    correct = 0
    total = 0
    for data in loader:
        images, labels = data
        outputs = model(images.to(device))
        _, predicted = torch.max(outputs, 1)
        total += labels.size(0)
        correct += (predicted == labels.to(device)).sum().item()
    return 100 * correct / total

# %% two_eval_after_first_batch_and_batch_mean: Switches to eval mode only after the first batch, and averages the batch accuracies.
@torch.no_grad()
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    acc = 0.0
    batches = 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        acc += (model(x).argmax(1) == y).float().mean().item()
        batches += 1
        model.eval()
    model.train(was_training)
    return acc / batches

# %% two_last_batch_only_and_gradients: Resets the counts for each batch so that only the last one counts, and runs with gradients.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    for x, y in loader:
        correct, total = 0, 0
        logits = model(x.to(device))
        correct += (logits.argmax(1) == y.to(device)).sum().item()
        total += len(y)
    model.train(was_training)
    return correct / total

# %% device_ignored: The batches are moved to the CPU, whatever device is.
def evaluate(model, loader, device="cpu"):
    training = model.training
    model.eval()
    right = n = 0
    with torch.no_grad():
        for images, labels in loader:
            right += (model(images.cpu()).argmax(1) == labels.cpu()).sum().item()
            n += len(labels)
    model.train(training)
    return right / n
