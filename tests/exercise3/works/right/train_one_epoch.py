# %% standard_loop: The standard training loop with a weighted sum.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total, count = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * images.size(0)
        count += images.size(0)
    return total / count

# %% closure_step: optimizer.step with a closure.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    losses, sizes = [], []
    for x, y in loader:
        x, y = x.to(device), y.to(device)

        def closure():
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            return loss

        losses.append(float(optimizer.step(closure)))
        sizes.append(len(y))
    return sum(l * n for l, n in zip(losses, sizes)) / sum(sizes)

# %% generator_of_losses: A generator trains and yields loss and size of each batch.
def _train(model, loader, optimizer, criterion, device):
    for images, labels in loader:
        optimizer.zero_grad(set_to_none=True)
        logits = model(images.to(device))
        loss = criterion(logits, labels.to(device))
        loss.backward()
        optimizer.step()
        yield loss.item(), labels.shape[0]

def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    pairs = list(_train(model, loader, optimizer, criterion, device))
    return sum(l * n for l, n in pairs) / sum(n for _, n in pairs)

# %% running_mean: Updates a running mean instead of a sum.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train(True)
    mean = 0.0
    seen = 0
    for batch in loader:
        inputs = batch[0].to(device)
        targets = batch[1].to(device)
        outputs = model(inputs)
        loss = criterion(outputs, targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        n = inputs.shape[0]
        seen += n
        mean += (loss.item() - mean) * n / seen
    return mean

# %% tensor_accumulator: Accumulates detached losses in a float64 tensor and converts at the end.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total = torch.zeros((), dtype=torch.float64)
    n = 0
    for images, labels in loader:
        images = images.to(device, non_blocking=True)
        labels = labels.to(device, non_blocking=True)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.detach().cpu() * len(images)
        n += len(images)
    return (total / n).item()

# %% numpy_average: Collects losses and sizes and lets np.average weigh them.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu") -> float:
    model.to(device)
    model.train()
    losses = []
    weights = []
    for X, y in loader:
        X = X.to(device)
        y = y.to(device)
        pred = model(X)
        loss = criterion(pred, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        weights.append(X.shape[0])
    return float(np.average(losses, weights=weights))

# %% inner_step_function: An inner step function and a comprehension over the loader.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    def step(x, y):
        for group in optimizer.param_groups:
            for p in group["params"]:
                p.grad = None
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item() * x.shape[0], x.shape[0]

    model.train()
    sums, counts = zip(*[step(x.to(device), y.to(device)) for x, y in loader])
    return sum(sums) / sum(counts)

# %% average_meter_class: An AverageMeter class as in ImageNet examples.
class AverageMeter:
    def __init__(self):
        self.reset()

    def reset(self):
        self.sum = 0.0
        self.count = 0

    def update(self, value, n=1):
        self.sum += value * n
        self.count += n

    @property
    def avg(self):
        return self.sum / max(self.count, 1)


def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    meter = AverageMeter()
    model.train()
    for i, (data, target) in enumerate(loader):
        data, target = data.to(device), target.to(device)
        output = model(data)
        loss = criterion(output, target)
        meter.update(loss.item(), data.size(0))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        # if i % 10 == 0: print(i, meter.avg)
    return meter.avg

# %% zero_after_step_too: Clears the gradients once before the loop and after each step.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    optimizer.zero_grad()
    running = 0
    samples = 0
    for (images, labels) in loader:
        loss = criterion(model(images.to(device)), labels.to(device))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        running += loss.item() * labels.size(0)
        samples += labels.size(0)
    return running / samples

# %% enable_grad_decorated: The function is decorated by torch.enable_grad.
@torch.enable_grad()
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model = model.train()
    gesamt, anzahl = 0.0, 0
    for bilder, klassen in loader:
        bilder, klassen = bilder.to(device), klassen.to(device)
        optimizer.zero_grad()
        verlust = criterion(model(bilder), klassen)
        verlust.backward()
        optimizer.step()
        gesamt += float(verlust.detach()) * len(klassen)
        anzahl += len(klassen)
    return gesamt / anzahl

# %% while_iterator_java: An explicit iterator with next and StopIteration, in Java style.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train();
    iterator = iter(loader);
    totalLoss = 0.0;
    numberOfSamples = 0;
    while True:
        try:
            images, labels = next(iterator);
        except StopIteration:
            break;
        batchSize = len(images);
        optimizer.zero_grad();
        loss = criterion(model(images.to(device)), labels.to(device));
        loss.backward();
        optimizer.step();
        totalLoss = totalLoss + batchSize * loss.item();
        numberOfSamples = numberOfSamples + batchSize;
    return totalLoss / numberOfSamples;

# %% tensor_as_result: Sums detached losses, and the result is a 0-d tensor without a graph.
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total, n = 0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.detach() * len(images)
        n += len(images)
    return total / n
