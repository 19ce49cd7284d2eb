# %% mean_of_batch_means: Averages the batch losses over the number of batches, so a smaller last batch counts too much.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total = 0.0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)

# %% sum_per_sample_not_divided: Returns the sum of the losses over all samples instead of the mean.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    epoch_loss = 0.0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        epoch_loss += loss.item() * x.size(0)
    return epoch_loss

# %% batch_means_over_samples: Adds up the batch means without weighting but divides by the number of samples.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu") -> float:
    model.train()
    running_loss, n = 0.0, 0
    for data, target in loader:
        data, target = data.to(device), target.to(device)
        optimizer.zero_grad()
        output = model(data)
        loss = criterion(output, target)
        loss.backward()
        optimizer.step()
        running_loss += loss.item()
        n += len(data)
    return running_loss / n

# %% gradients_never_zeroed: Never calls zero_grad, so gradients pile up over the batches.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total_loss = 0.0
    count = 0
    for images, labels in loader:
        images = images.to(device)
        labels = labels.to(device)
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total_loss += loss.item() * len(images)
        count += len(images)
    return total_loss / count

# %% zero_grad_once_before_loop: Zeroes the gradients only once before the loop instead of for each batch.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    optimizer.zero_grad()
    losses, sizes = [], []
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        sizes.append(images.shape[0])
    return sum(l * s for l, s in zip(losses, sizes)) / sum(sizes)

# %% zero_grad_between_backward_and_step: Zeroes the gradients after backward and before step, so nothing is learned.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        out = model(images)
        loss = criterion(out, labels)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        total += loss.item() * labels.size(0)
        n += labels.size(0)
    return total / n

# %% step_only_after_last_batch: Calls optimizer.step once after the loop, so the epoch is one big update instead of one per batch.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    optimizer.zero_grad()
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        loss = criterion(model(images), labels)
        loss.backward()
        total += loss.item() * len(labels)
        n += len(labels)
    optimizer.step()
    return total / n

# %% training_mode_not_set: Does not call model.train(), so a model that arrives in eval mode is trained in eval mode.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    total, n = 0.0, 0
    for xb, yb in loader:
        xb, yb = xb.to(device), yb.to(device)
        optimizer.zero_grad()
        loss = criterion(model(xb), yb)
        loss.backward()
        optimizer.step()
        total += float(loss) * len(xb)
        n += len(xb)
    return total / n

# %% train_mode_after_first_batch: Sets training mode at the end of the loop body, so the first batch still runs in the old mode.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        model.train()
        total += loss.item() * images.size(0)
        n += images.size(0)
    return total / n

# %% returns_last_batch_loss: Returns the loss of the last batch instead of the mean over the epoch.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
    return loss.item()

# %% first_batch_size_for_all: Takes the size of the first batch as the weight of every batch.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    batch_size = None
    total, seen = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        if batch_size is None:
            batch_size = images.shape[0]
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * batch_size
        seen += batch_size
    return total / seen

# %% divides_by_dataset_length: Divides by len(loader.dataset), which is too many with drop_last or a sampler and fails for a list of batches.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    running = 0.0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        running += loss.item() * images.size(0)
    return running / len(loader.dataset)

# %% weights_by_len_of_pair: Weighs each batch by len(batch), which is the length 2 of the pair and not the batch size.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total_loss = 0.0
    total = 0
    for batch in loader:
        inputs, targets = batch[0].to(device), batch[1].to(device)
        optimizer.zero_grad()
        loss = criterion(model(inputs), targets)
        loss.backward()
        optimizer.step()
        total_loss += loss.item() * len(batch)
        total += len(batch)
    return total_loss / total

# %% loss_measured_after_step: Computes the reported loss with a second forward after the update of each batch.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        criterion(model(images), labels).backward()
        optimizer.step()
        with torch.no_grad():
            loss = criterion(model(images), labels)
        total += loss.item() * len(images)
        n += len(images)
    return total / n

# %% softmax_before_criterion: Applies softmax to the logits before the criterion.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        probs = torch.softmax(model(images), dim=1)
        loss = criterion(probs, labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
        n += len(images)
    return total / n

# %% own_cross_entropy: Ignores the criterion and always uses cross-entropy.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        logits = model(images)
        loss = F.cross_entropy(logits, labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
        n += len(images)
    return total / n

# %% skips_smaller_last_batch: Leaves out batches that are smaller than the first one.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    full = 0
    total, n = 0.0, 0
    for images, labels in loader:
        full = max(full, len(images))
        if len(images) < full:
            continue  # incomplete batch
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
        n += len(images)
    return total / n

# %% clips_gradients: Clips the gradient norm to 1 before each step, which changes the training nobody asked to change.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad(set_to_none=True)
        loss = criterion(model(images), labels)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        total += loss.item() * images.size(0)
        n += images.size(0)
    return total / n

# %% criterion_arguments_swapped: Calls criterion(labels, logits), which only symmetric losses forgive.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        pred = model(images)
        loss = criterion(labels, pred)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
        n += len(images)
    return total / n

# %% loader_walked_twice: Trains in one pass over the loader and measures the loss in a second pass with the final weights.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    for images, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(images.to(device)), labels.to(device))
        loss.backward()
        optimizer.step()
    total, n = 0.0, 0
    with torch.no_grad():
        for images, labels in loader:
            total += criterion(model(images.to(device)), labels.to(device)).item() * len(images)
            n += len(images)
    return total / n

# %% moving_average_of_losses: Returns an exponential moving average of the batch losses instead of the mean.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    avg = None
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        avg = loss.item() if avg is None else 0.9 * avg + 0.1 * loss.item()
    return avg

# %% images_normalised_in_place: Centres the images in place before the model sees them, which changes the loader's data.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        images -= images.mean()
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
        n += len(images)
    return total / n

# %% to_device_not_assigned: Calls .to(device) without keeping the result, so the batch stays where it was.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total, n = 0.0, 0
    for images, labels in loader:
        images.to(device)
        labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
        n += len(images)
    return total / n

# %% eval_mode_instead_of_train: Puts the model into eval mode before training.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.eval()
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(images)
        n += len(images)
    return total / n

# %% two_sum_over_batches_and_no_train_mode: Divides the summed batch means by the number of batches, and never sets training mode.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    history = []
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return sum(history) / len(history)

# %% two_first_batch_skipped_and_tensor: Leaves out the first batch, and returns a tensor instead of a float.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total, n = torch.zeros(()), 0
    for i, (images, labels) in enumerate(loader):
        if i == 0:
            continue  # warm-up batch
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.detach().cpu() * len(images)
        n += len(images)
    return total / max(n, 1)

# %% two_step_missing_and_divided_by_batches: Never calls optimizer.step, and weighs by batch but divides by the number of batches.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    running = 0.0
    batches = 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        running += loss.item() * len(images)
        batches += 1
    return running / batches

# %% two_accumulates_over_two_batches_and_unweighted: Updates only after every second batch so that an odd last batch is lost, and weighs all batches alike.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    optimizer.zero_grad()
    losses = []
    for i, (images, labels) in enumerate(loader, start=1):
        images, labels = images.to(device), labels.to(device)
        loss = criterion(model(images), labels)
        loss.backward()
        if i % 2 == 0:
            optimizer.step()
            optimizer.zero_grad()
        losses.append(loss.item())
    return float(sum(losses) / len(losses))

# %% loss_with_its_graph: Adds up the losses as tensors, which keep the graph of each batch.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total, count = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total = total + loss * len(images)
        count += len(images)
    return total / count

# %% device_ignored: The batches are moved to the CPU, whatever device is.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total = n = 0
    for images, labels in loader:
        images, labels = images.cpu(), labels.cpu()
        loss = criterion(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n
