# %% generator_permutation_fork: Batches from a permutation by an own generator, the random state kept by fork_rng.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    n = len(images)
    g = torch.Generator().manual_seed(seed)
    batches, order = [], torch.empty(0, dtype=torch.long)
    while len(batches) < steps:
        if len(order) < 1:
            order = torch.randperm(n, generator=g)
        batches.append(order[:batch_size])
        order = order[batch_size:]
    result = {}
    for name, flag in (("plain", False), ("batchnorm", True)):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            model = DeepCNN(batch_norm=flag)
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        losses = []
        for index in batches:
            loss = F.cross_entropy(model(images[index]), labels[index].long())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        result[name] = losses
    return result

# %% plain_manual_seed_as_docstring: torch.manual_seed as the docstring says, without keeping the random state; random indices.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    results = {}
    for key, batch_norm in {"plain": False, "batchnorm": True}.items():
        torch.manual_seed(seed)
        net = DeepCNN(batch_norm)
        opt = torch.optim.SGD(net.parameters(), lr)
        gen = torch.Generator()
        gen.manual_seed(seed)
        losses = []
        for step in range(steps):
            idx = torch.randint(0, images.size(0), (batch_size,), generator=gen)
            opt.zero_grad()
            loss = F.cross_entropy(net(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            losses.append(loss.item())
        results[key] = losses
    return results

# %% loader_with_generator_cycle: A shuffling DataLoader with an own generator, restarted when it ends.
from torch.utils.data import DataLoader, TensorDataset

def _endless(images, labels, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    loader = DataLoader(TensorDataset(images, labels), batch_size=batch_size, shuffle=True, generator=g)
    while True:
        yield from loader

def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    def train(batch_norm):
        state = torch.get_rng_state()
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=batch_norm)
        torch.set_rng_state(state)
        sgd = torch.optim.SGD(model.parameters(), lr=lr)
        criterion = nn.CrossEntropyLoss()
        history = []
        for _, (x, y) in zip(range(steps), _endless(images, labels, batch_size, seed)):
            sgd.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            sgd.step()
            history.append(float(loss))
        return history
    return {"plain": train(False), "batchnorm": train(True)}

# %% cyclic_slices_no_shuffle: Cyclic batches in the order of the data, indices modulo N.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    losses = {"plain": [], "batchnorm": []}
    for name in losses:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            model = DeepCNN(batch_norm=(name == "batchnorm"))
        model.train()
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        for step in range(steps):
            index = (torch.arange(batch_size) + step * batch_size) % len(images)
            loss = nn.functional.cross_entropy(model(images[index]), labels[index].to(torch.int64))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses[name].append(loss.item())
    return losses

# %% both_networks_side_by_side: Both networks see the same batch in the same loop.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    def fresh(flag):
        torch.manual_seed(seed)
        return DeepCNN(flag)

    with torch.random.fork_rng(devices=[]):
        nets = {"plain": fresh(False), "batchnorm": fresh(True)}
        torch.manual_seed(seed)
        picks = [torch.randperm(len(images))[:batch_size] for _ in range(steps)]
    optimizers = {k: torch.optim.SGD(net.parameters(), lr=lr) for k, net in nets.items()}
    curves = {k: [] for k in nets}
    for pick in picks:
        x, y = images[pick], labels[pick]
        for k, net in nets.items():
            loss = F.cross_entropy(net(x), y)
            optimizers[k].zero_grad()
            loss.backward()
            optimizers[k].step()
            curves[k].append(loss.detach().item())
    return curves

# %% numpy_random_state: A numpy Generator chooses the batches, dictionary comprehension over a nested function.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    rng = np.random.default_rng(seed)
    size = min(batch_size, len(images))
    batches = [torch.from_numpy(rng.choice(len(images), size, replace=False)) for _ in range(steps)]

    def run(norm):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            model = DeepCNN(batch_norm=norm)
        opt = torch.optim.SGD(model.parameters(), lr=lr)

        def one(batch):
            opt.zero_grad()
            loss = F.cross_entropy(model(images[batch]), labels[batch])
            loss.backward()
            opt.step()
            return loss.item()

        return [one(b) for b in batches]

    return {"plain": run(False), "batchnorm": run(True)}

# %% trainer_class_java: A Trainer class in Java style.
class Trainer:
    def __init__(self, model, learningRate):
        self.model = model
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=learningRate)
        self.lossFunction = nn.CrossEntropyLoss()
        self.lossHistory = []

    def doStep(self, batchImages, batchLabels):
        self.optimizer.zero_grad()
        loss = self.lossFunction(self.model.forward(batchImages), batchLabels)
        loss.backward()
        self.optimizer.step()
        self.lossHistory.append(loss.item())

    def getLossHistory(self):
        return self.lossHistory


def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    histories = []
    for useBatchNorm in [False, True]:
        oldState = torch.random.get_rng_state()
        torch.manual_seed(seed)
        trainer = Trainer(DeepCNN(useBatchNorm), lr)
        torch.random.set_rng_state(oldState)
        generator = torch.Generator()
        generator.manual_seed(seed)
        permutation = torch.randperm(len(images), generator=generator)
        position = 0
        for i in range(steps):
            if position >= len(images):
                permutation = torch.randperm(len(images), generator=generator)
                position = 0
            indices = permutation[position:position + batch_size]
            trainer.doStep(images[indices], labels[indices])
            position += batch_size
        histories.append(trainer.getLossHistory())
    return {"plain": histories[0], "batchnorm": histories[1]}

# %% seed_then_shuffle_beginner: Beginner style; seeds before each network and draws the batches from the same seed again.
def compare_batchnorm(images, labels, lr = 0.1, steps = 60, batch_size = 64, seed = 0):
    # 1) network without batch norm
    torch.manual_seed(seed)
    model1 = DeepCNN(batch_norm = False)
    optimizer1 = torch.optim.SGD(model1.parameters(), lr = lr)
    torch.manual_seed(seed)
    losses1 = []
    for step in range(steps):
        indices = torch.randint(len(images), (batch_size,))
        x = images[indices]
        y = labels[indices]
        optimizer1.zero_grad()
        loss = F.cross_entropy(model1(x), y)
        loss.backward()
        optimizer1.step()
        losses1.append(loss.item())
    # 2) the same with batch norm
    torch.manual_seed(seed)
    model2 = DeepCNN(batch_norm = True)
    optimizer2 = torch.optim.SGD(model2.parameters(), lr = lr)
    torch.manual_seed(seed)
    losses2 = []
    for step in range(steps):
        indices = torch.randint(len(images), (batch_size,))
        x = images[indices]
        y = labels[indices]
        optimizer2.zero_grad()
        loss = F.cross_entropy(model2(x), y)
        loss.backward()
        optimizer2.step()
        losses2.append(loss.item())
    # plt.plot(losses1); plt.plot(losses2)
    result = {}
    result["plain"] = losses1
    result["batchnorm"] = losses2
    return result

# %% random_module_indices: Python's random.Random chooses the batches without replacement.
import random

def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    würfel = random.Random(seed)
    anzahl = len(images)
    stapel = [würfel.sample(range(anzahl), min(batch_size, anzahl)) for _ in range(steps)]
    kurven = {}
    for name, mit_norm in [("plain", False), ("batchnorm", True)]:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            netz = DeepCNN(batch_norm=mit_norm)
        verfahren = torch.optim.SGD(netz.parameters(), lr=lr)
        kurve = []
        for auswahl in stapel:
            verlust = F.cross_entropy(netz(images[auswahl]), labels[auswahl].long())
            verfahren.zero_grad(set_to_none=True)
            verlust.backward()
            verfahren.step()
            kurve += [verlust.item()]
        kurven[name] = kurve
    return kurven

# %% islice_of_split_permutations: itertools.islice over an endless generator of split permutations.
from itertools import islice

def _indices(n, size, seed):
    generator = torch.Generator().manual_seed(seed)
    while True:
        yield from torch.randperm(n, generator=generator).split(size)

def compare_batchnorm(images: torch.Tensor, labels: torch.Tensor, lr=0.1, steps=60, batch_size=64, seed=0) -> dict[str, list[float]]:
    def losses(batch_norm):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            model = DeepCNN(batch_norm=batch_norm)
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        for i in islice(_indices(len(images), batch_size, seed), steps):
            loss = F.cross_entropy(model(images[i]), labels[i])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            yield loss.item()

    return dict(plain=list(losses(False)), batchnorm=list(losses(True)))

# %% losses_in_tensor_tolist: Losses are written into a float64 tensor and returned by tolist.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    table = torch.zeros(2, steps, dtype=torch.float64)
    generator = torch.Generator().manual_seed(seed)
    picks = torch.randint(len(images), (steps, batch_size), generator=generator)
    for row, norm in enumerate((False, True)):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            model = DeepCNN(batch_norm=norm).train()
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        for column, pick in enumerate(picks):
            loss = F.cross_entropy(model(images[pick]), labels[pick])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            table[row, column] = loss.detach()
    return dict(zip(("plain", "batchnorm"), table.tolist()))


# %% tensors_without_their_graphs: The losses are detached tensors.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    result = {"plain": [], "batchnorm": []}
    for name in result:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        for i in range(steps):
            idx = torch.randint(len(images), (batch_size,))
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            result[name].append(loss.detach())
    return result
